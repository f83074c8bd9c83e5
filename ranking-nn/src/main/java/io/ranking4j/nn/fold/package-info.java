/** The first layer in training, taken apart by where the columns of its input come from. */
@NullMarked
package io.ranking4j.nn.fold;

import org.jspecify.annotations.NullMarked;
