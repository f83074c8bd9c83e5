package io.ranking4j.evaluation;

import java.util.Random;

/**
 * Rows to test with: small ones whose metrics are known from scikit-learn, and random ones with
 * many ties.
 */
final class Rows {

  static final double[] Y6 = {0, 0, 1, 1, 0, 1};
  static final double[] S6 = {.1, .4, .35, .8, .4, .4};
  static final double[] W6 = {1, 2, 1, 1, 3, 2};
  static final double[] P8 = {.05, .22, .31, .58, .71, .9, .83, .95};
  static final double[] Y8 = {0, 0, 1, 0, 1, 1, 0, 1};

  final double[] labels;
  final double[] scores;
  final double[] weights;
  final int[] groups;

  private Rows(int n) {
    labels = new double[n];
    scores = new double[n];
    weights = new double[n];
    groups = new int[n];
  }

  /** Scores on a grid of 21 probabilities and weights 0 to 3, in about n / 8 groups. */
  static Rows random(long seed, int n) {
    Random random = new Random(seed);
    Rows rows = new Rows(n);
    for (int i = 0; i < n; i++) {
      rows.scores[i] = random.nextInt(21) / 20.0;
      rows.labels[i] = random.nextDouble() < 0.1 + 0.6 * rows.scores[i] ? 1 : 0;
      rows.weights[i] = random.nextInt(4);
      rows.groups[i] = random.nextInt(1 + n / 8) - 5;
    }
    return rows;
  }

  Predictions weighted() {
    return Predictions.of(labels, scores, weights);
  }

  Predictions unweighted() {
    return Predictions.of(labels, scores);
  }

  /** Every row as many times as its weight says, in reverse order. */
  Rows repeated() {
    int n = 0;
    for (double weight : weights) {
      n += (int) weight;
    }
    Rows out = new Rows(n);
    int to = 0;
    for (int i = labels.length - 1; i >= 0; i--) {
      for (int copy = 0; copy < weights[i]; copy++, to++) {
        out.labels[to] = labels[i];
        out.scores[to] = scores[i];
        out.weights[to] = 1;
        out.groups[to] = groups[i];
      }
    }
    return out;
  }
}
