package io.ranking4j.evaluation.offpolicy;

/**
 * What a reward model says of each row of a log: the reward it expects of the logged action, and
 * that of the judged policy, the mean over its actions. The model must not have been fitted to the
 * row's own reward ({@link CrossFitting} sees to that). Immutable and safe to share.
 */
public final class RewardEstimates {

  private final double[] ofLoggedAction;
  private final double[] ofPolicy;

  private RewardEstimates(double[] ofLoggedAction, double[] ofPolicy) {
    this.ofLoggedAction = ofLoggedAction;
    this.ofPolicy = ofPolicy;
  }

  /**
   * Takes estimates made elsewhere; copied.
   *
   * @param ofLoggedAction by row, the expected reward of the logged action, finite
   * @param ofPolicy by row, the expected reward of the judged policy, finite
   * @throws IllegalArgumentException if the lengths differ or a value is not finite
   */
  public static RewardEstimates of(double[] ofLoggedAction, double[] ofPolicy) {
    if (ofPolicy.length != ofLoggedAction.length) {
      throw new IllegalArgumentException(
          "ofPolicy must have as many rows as ofLoggedAction, %d, but had %d"
              .formatted(ofLoggedAction.length, ofPolicy.length));
    }
    for (int row = 0; row < ofPolicy.length; row++) {
      if (!Double.isFinite(ofLoggedAction[row]) || !Double.isFinite(ofPolicy[row])) {
        throw new IllegalArgumentException(
            "expected rewards must be finite, but row %d was %s of the logged action and %s of the"
                    .formatted(row, ofLoggedAction[row], ofPolicy[row])
                + " policy");
      }
    }
    return new RewardEstimates(ofLoggedAction.clone(), ofPolicy.clone());
  }

  /**
   * Makes the estimates from a model's table of rewards and the judged policy's probabilities.
   *
   * @param rewards rows x actions, the expected reward of every action, finite
   * @param policy rows x actions, the judged policy's probability of every action, in [0, 1],
   *     summing to 1 in each row
   * @param actions by row, the logged action
   * @throws IllegalArgumentException if shapes differ, a value is out of its range, or a row of
   *     probabilities does not sum to 1 within 1e-6
   */
  public static RewardEstimates of(double[][] rewards, double[][] policy, int[] actions) {
    if (rewards.length != actions.length || policy.length != actions.length) {
      throw new IllegalArgumentException(
          "rewards and policy must have as many rows as actions, %d, but had %d and %d"
              .formatted(actions.length, rewards.length, policy.length));
    }
    double[] logged = new double[actions.length];
    double[] expected = new double[actions.length];
    for (int row = 0; row < actions.length; row++) {
      expected[row] = Policies.expectation(policy[row], rewards[row], row);
      logged[row] = rewards[row][Policies.action(actions[row], rewards[row].length, row)];
    }
    return of(logged, expected);
  }

  /** Returns the number of rows. */
  public int rows() {
    return ofPolicy.length;
  }

  /** Returns the expected reward of a row's logged action. */
  public double ofLoggedAction(int row) {
    return ofLoggedAction[row];
  }

  /** Returns the expected reward of the judged policy in a row. */
  public double ofPolicy(int row) {
    return ofPolicy[row];
  }
}
