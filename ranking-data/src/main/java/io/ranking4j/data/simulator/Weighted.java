package io.ranking4j.data.simulator;

import java.util.Arrays;

/** Draws indices in proportion to weights. */
final class Weighted {
  private final double[] cumulative;

  Weighted(double[] weights) {
    cumulative = weights.clone();
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
  }

  int draw(RandomStream random) {
    return at(random.uniform());
  }

  /** The index at a share in [0, 1) of the total weight. */
  int at(double share) {
    int found = Arrays.binarySearch(cumulative, share * cumulative[cumulative.length - 1]);
    return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
  }
}
