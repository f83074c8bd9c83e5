package io.ranking4j.evaluation.offpolicy;

/** Checks of a policy's probabilities and means under them. */
final class Policies {

  private static final double TOLERANCE = 1e-6;

  private Policies() {}

  /** The mean of values by action under probabilities that are checked. */
  static double expectation(double[] probabilities, double[] values, int row) {
    if (probabilities.length != values.length) {
      throw new IllegalArgumentException(
          "the policy must have a probability for each of %d actions, but row %d had %d"
              .formatted(values.length, row, probabilities.length));
    }
    double total = 0;
    double sum = 0;
    for (int action = 0; action < values.length; action++) {
      double p = probabilities[action];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "the policy's probabilities must be in [0, 1], but action %d of row %d was %s"
                .formatted(action, row, p));
      }
      total += p;
      sum += p == 0 ? 0 : p * values[action];
    }
    if (!(Math.abs(total - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "the policy's probabilities must sum to 1, but those of row %d sum to %s"
              .formatted(row, total));
    }
    return sum;
  }

  static int action(int action, int actions, int row) {
    if (action < 0 || action >= actions) {
      throw new IllegalArgumentException(
          "actions must be in [0, %d), but row %d was %d".formatted(actions, row, action));
    }
    return action;
  }
}
