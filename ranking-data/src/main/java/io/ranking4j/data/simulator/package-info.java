/** Impression logs made up with known true probabilities, to hold models against. */
@NullMarked
package io.ranking4j.data.simulator;

import org.jspecify.annotations.NullMarked;
