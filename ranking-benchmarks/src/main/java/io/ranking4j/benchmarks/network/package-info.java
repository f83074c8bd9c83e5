/** The networks that are measured: always the same ones, with random numbers. */
@NullMarked
package io.ranking4j.benchmarks.network;

import org.jspecify.annotations.NullMarked;
