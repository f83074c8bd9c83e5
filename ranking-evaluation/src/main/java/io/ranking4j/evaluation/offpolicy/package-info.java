/**
 * Counterfactual evaluation: what a policy that never ran would have earned, estimated from the log
 * of another whose probabilities of acting are known.
 *
 * <p>{@link io.ranking4j.evaluation.offpolicy.LoggedFeedback} is the log; {@link
 * io.ranking4j.evaluation.offpolicy.InversePropensity}, {@link
 * io.ranking4j.evaluation.offpolicy.DirectMethod} and {@link
 * io.ranking4j.evaluation.offpolicy.DoublyRobust} estimate from it, with intervals clustered by
 * user; {@link io.ranking4j.evaluation.offpolicy.WeightDiagnostics} says whether to believe them.
 * {@link io.ranking4j.evaluation.offpolicy.SlateFeedback} does the same for lists, position by
 * position.
 */
@NullMarked
package io.ranking4j.evaluation.offpolicy;

import org.jspecify.annotations.NullMarked;
