/** Tunes the weights of a utility on the rows of a log, and measures the search itself. */
@NullMarked
package io.ranking4j.examples.tuning;

import org.jspecify.annotations.NullMarked;
