/**
 * The arithmetic of training: the gradients of what {@code io.ranking4j.runtime.kernel} computes.
 */
@NullMarked
package io.ranking4j.nn.kernel;

import org.jspecify.annotations.NullMarked;
