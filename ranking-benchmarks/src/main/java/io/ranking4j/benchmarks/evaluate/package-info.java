/** Measures how long metrics take on many rows. */
@NullMarked
package io.ranking4j.benchmarks.evaluate;

import org.jspecify.annotations.NullMarked;
