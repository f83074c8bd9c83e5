package io.ranking4j.fusion.personal;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.offpolicy.InversePropensity;
import io.ranking4j.evaluation.offpolicy.LoggedFeedback;

/**
 * Whether personal weights pay, by requests that were kept out of learning. Gains are over the best
 * single weights; both policies are judged on the same requests, so that what these have in common
 * does not blur the difference.
 *
 * @param personal what the learned policy earns a request, self-normalised (SNIPS)
 * @param fixed what the best single weights earn a request, self-normalised
 * @param gain the self-normalised gain
 * @param robustGain the doubly robust gain, with a linear model of every arm's reward
 */
public record Gate(Estimate personal, Estimate fixed, Estimate gain, Estimate robustGain) {

  /** Returns whether both gains are above 0 with confidence. */
  public boolean isPassed() {
    return gain.interval().lower() > 0 && robustGain.interval().lower() > 0;
  }

  /** Returns the verdict with its figures, in a line. */
  public String reason() {
    return "%s: gain %s by SNIPS, %s by DR, over %.6g of the best single weights"
        .formatted(
            isPassed() ? "personal weights are used" : "the best single weights are used",
            text(gain),
            text(robustGain),
            fixed.value());
  }

  private static String text(Estimate estimate) {
    return estimate.metric().isDefined()
        ? "%.4g [%.4g, %.4g]"
            .formatted(estimate.value(), estimate.interval().lower(), estimate.interval().upper())
        : "undefined (" + estimate.metric().undefinedBecause() + ")";
  }

  static Gate judge(
      PolicyNetwork network,
      int best,
      LoggedChoices learned,
      LoggedChoices kept,
      double confidence) {
    int rows = kept.rows();
    int[] chosen = new int[rows];
    double[] byPolicy = new double[rows];
    double[] byBest = new double[rows];
    for (int row = 0; row < rows; row++) {
      chosen[row] = PersonalWeights.greatest(network.forward(kept.features()[row]));
      byPolicy[row] = chosen[row] == kept.arms()[row] ? 1 : 0;
      byBest[row] = best == kept.arms()[row] ? 1 : 0;
    }
    LoggedFeedback policy =
        LoggedFeedback.of(kept.rewards(), kept.propensities(), byPolicy, kept.users());
    LoggedFeedback fixed =
        LoggedFeedback.of(kept.rewards(), kept.propensities(), byBest, kept.users());
    Estimate personal = InversePropensity.selfNormalized(policy);
    Estimate single = InversePropensity.selfNormalized(fixed);
    return new Gate(
        personal,
        single,
        gain(policy, fixed, personal, single, confidence),
        robustGain(
            policy,
            fixed,
            chosen,
            best,
            RewardModel.fit(learned, network.arms()),
            kept,
            confidence));
  }

  private static Estimate gain(
      LoggedFeedback policy,
      LoggedFeedback fixed,
      Estimate personal,
      Estimate single,
      double confidence) {
    if (!personal.metric().isDefined() || !single.metric().isDefined()) {
      return Estimate.undefined("a policy takes no logged arm");
    }
    double policySum = 0;
    double fixedSum = 0;
    for (int row = 0; row < policy.rows(); row++) {
      policySum += policy.weight(row);
      fixedSum += fixed.weight(row);
    }
    double[] influences = new double[policy.rows()];
    for (int row = 0; row < influences.length; row++) {
      double reward = policy.reward(row);
      influences[row] =
          policy.weight(row) * (reward - personal.value()) / policySum
              - fixed.weight(row) * (reward - single.value()) / fixedSum;
    }
    return Estimate.ofInfluences(
        personal.value() - single.value(), influences, policy.clusters(), confidence);
  }

  private static Estimate robustGain(
      LoggedFeedback policy,
      LoggedFeedback fixed,
      int[] chosen,
      int best,
      RewardModel model,
      LoggedChoices kept,
      double confidence) {
    int rows = kept.rows();
    double[] gains = new double[rows];
    double mean = 0;
    for (int row = 0; row < rows; row++) {
      double[] features = kept.features()[row];
      double residual = policy.reward(row) - model.reward(features, kept.arms()[row]);
      gains[row] =
          model.reward(features, chosen[row])
              - model.reward(features, best)
              + (policy.weight(row) - fixed.weight(row)) * residual;
      mean += gains[row] / rows;
    }
    double[] influences = new double[rows];
    for (int row = 0; row < rows; row++) {
      influences[row] = (gains[row] - mean) / rows;
    }
    return Estimate.ofInfluences(mean, influences, kept.users(), confidence);
  }
}
