/**
 * JSON as a small tree, for the manifests of model files: strict, within limits, quick to start.
 */
@NullMarked
package io.ranking4j.runtime.json;

import org.jspecify.annotations.NullMarked;
