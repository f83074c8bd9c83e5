/**
 * Exports trained models to ONNX, for hosts that run ONNX Runtime instead of the library.
 *
 * <p>{@link io.ranking4j.onnx.OnnxExport} writes the file and says what its inputs and outputs are;
 * {@link io.ranking4j.onnx.OnnxInputs} makes the arrays that go in.
 */
@NullMarked
package io.ranking4j.onnx;

import org.jspecify.annotations.NullMarked;
