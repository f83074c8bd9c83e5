/** Turns scores into true probabilities: undoes sampling and weights, and fits calibrators. */
@NullMarked
package io.ranking4j.calibration;

import org.jspecify.annotations.NullMarked;
