/** A plan forward and backward, for training. */
@NullMarked
package io.ranking4j.nn.gradient;

import org.jspecify.annotations.NullMarked;
