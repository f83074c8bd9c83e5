package io.ranking4j.fusion.personal;

import java.util.Map;

/**
 * What was learned from a log of choices. Immutable.
 *
 * @param policy what to use: personal where the gate was passed, else the best single weights
 * @param best the best single weights
 * @param gate how the learned policy did on requests that were kept out of learning
 */
public record PersonalResult(PersonalWeights policy, Map<String, Double> best, Gate gate) {
  /** Copies the weights. */
  public PersonalResult {
    best = Map.copyOf(best);
  }
}
