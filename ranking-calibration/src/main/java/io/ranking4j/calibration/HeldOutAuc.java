package io.ranking4j.calibration;

/** Area under the ROC curve of a few thousand held-out rows, ties counting one half. */
final class HeldOutAuc {
  private HeldOutAuc() {}

  /** The area; both classes must have weight. */
  static double of(double[] scores, double[] labels, double[] weights) {
    double negativesBelow = 0;
    double wins = 0;
    double positiveWeight = 0;
    int[] order = PooledBlocks.sorted(scores);
    int at = 0;
    while (at < order.length) {
      double score = scores[order[at]];
      double positives = 0;
      double negatives = 0;
      for (; at < order.length && scores[order[at]] == score; at++) {
        int row = order[at];
        if (labels[row] == 1) {
          positives += weights[row];
        } else {
          negatives += weights[row];
        }
      }
      wins += positives * (negativesBelow + negatives / 2);
      positiveWeight += positives;
      negativesBelow += negatives;
    }
    return wins / positiveWeight / negativesBelow;
  }
}
