/** Gaussian processes: what is known of an expensive function after a few noisy evaluations. */
@NullMarked
package io.ranking4j.fusion.gp;

import org.jspecify.annotations.NullMarked;
