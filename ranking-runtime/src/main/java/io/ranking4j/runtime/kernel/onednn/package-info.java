/** Kernels on oneDNN's primitives, and the parts that further operations on them are built from. */
@NullMarked
package io.ranking4j.runtime.kernel.onednn;

import org.jspecify.annotations.NullMarked;
