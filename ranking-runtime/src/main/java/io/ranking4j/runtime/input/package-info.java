/** From raw values to what a network reads: the same code for training data and for requests. */
@NullMarked
package io.ranking4j.runtime.input;

import org.jspecify.annotations.NullMarked;
