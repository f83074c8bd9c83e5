/** The joint loss of all heads, on their outputs. */
@NullMarked
package io.ranking4j.nn.loss;

import org.jspecify.annotations.NullMarked;
