package io.ranking4j.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Binary labels, the scores predicted for them and a weight for each row: the input of every metric
 * of classification and calibration. The rows are checked and, on first need, sorted once, however
 * many metrics are then computed.
 *
 * <p>Arrays are copied; the object is immutable and safe to share between threads.
 */
public final class Predictions {

  private final double[] labels;
  private final double[] scores;
  private final double @Nullable [] weights;
  private final int positives;
  private final double positiveWeight;
  private final double negativeWeight;
  private final int firstNonProbability;

  /** Two threads may both sort, with the same result; sorting is not worth a lock. */
  private volatile int @Nullable [] ascendingOrder;

  private Predictions(double[] labels, double[] scores, double @Nullable [] weights) {
    this.labels = labels;
    this.scores = scores;
    this.weights = weights;
    int ones = 0;
    double oneWeight = 0;
    double zeroWeight = 0;
    int outside = -1;
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] == 1) {
        ones++;
        oneWeight += weight(row);
      } else {
        zeroWeight += weight(row);
      }
      if (outside < 0 && !(scores[row] >= 0 && scores[row] <= 1)) {
        outside = row;
      }
    }
    if (Double.isInfinite(oneWeight + zeroWeight)) {
      throw new IllegalArgumentException("weights must have a finite sum, but it was Infinity");
    }
    this.positives = ones;
    this.positiveWeight = oneWeight;
    this.negativeWeight = zeroWeight;
    this.firstNonProbability = outside;
  }

  /**
   * Takes rows of weight 1.
   *
   * @param labels one label per row, 0 or 1
   * @param scores one finite score per row, higher for a likelier 1; metrics of calibration and log
   *     loss want probabilities
   * @throws IllegalArgumentException if the lengths differ, a label is not 0 or 1 or a score is not
   *     finite
   */
  public static Predictions of(double[] labels, double[] scores) {
    return of(labels, scores, null);
  }

  /**
   * Takes weighted rows. A row of weight w counts like w equal rows.
   *
   * @param labels one label per row, 0 or 1
   * @param scores one finite score per row, higher for a likelier 1; metrics of calibration and log
   *     loss want probabilities
   * @param weights one finite weight of at least 0 per row, or null for 1 everywhere
   * @throws IllegalArgumentException if the lengths differ, a label is not 0 or 1, a score is not
   *     finite, a weight is negative or not finite, or the sum of the weights is not finite
   */
  public static Predictions of(double[] labels, double[] scores, double @Nullable [] weights) {
    Checks.sameLength("labels", labels.length, "scores", scores.length);
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] != 0 && labels[row] != 1) {
        throw new IllegalArgumentException(
            "labels must be 0 or 1, but row %d was %s".formatted(row, labels[row]));
      }
    }
    Checks.finite("scores", scores);
    if (weights != null) {
      Checks.sameLength("labels", labels.length, "weights", weights.length);
      Checks.finiteAndNotNegative("weights", weights);
    }
    return new Predictions(
        labels.clone(), scores.clone(), weights == null ? null : weights.clone());
  }

  /**
   * Returns the same rows with other weights. Cheap: labels, scores and their order are shared, so
   * that resampling rows by weights does not sort again.
   *
   * @param weights one finite weight of at least 0 per row; copied
   * @throws IllegalArgumentException if the lengths differ, a weight is negative or not finite, or
   *     the sum of the weights is not finite
   */
  public Predictions withWeights(double[] weights) {
    Checks.sameLength("labels", labels.length, "weights", weights.length);
    Checks.finiteAndNotNegative("weights", weights);
    Predictions reweighted = new Predictions(labels, scores, weights.clone());
    reweighted.ascendingOrder = ascendingOrder();
    return reweighted;
  }

  /** Returns some of the rows, in the order given. */
  Predictions subset(int[] order, int from, int to) {
    double[] someLabels = new double[to - from];
    double[] someScores = new double[to - from];
    double[] someWeights = weights == null ? null : new double[to - from];
    for (int i = from; i < to; i++) {
      someLabels[i - from] = labels[order[i]];
      someScores[i - from] = scores[order[i]];
      if (someWeights != null) {
        someWeights[i - from] = weight(order[i]);
      }
    }
    return new Predictions(someLabels, someScores, someWeights);
  }

  /** Returns the number of rows. */
  public int rows() {
    return labels.length;
  }

  /** Returns the number of rows with label 1, whatever their weight. */
  public int positives() {
    return positives;
  }

  /** Returns the sum of the weights of the rows with label 1. */
  public double positiveWeight() {
    return positiveWeight;
  }

  /** Returns the sum of the weights of the rows with label 0. */
  public double negativeWeight() {
    return negativeWeight;
  }

  /** Returns the sum of all weights. */
  public double totalWeight() {
    return positiveWeight + negativeWeight;
  }

  /** Returns the label of a row, 0 or 1. */
  public double label(int row) {
    return labels[row];
  }

  /** Returns the score of a row. */
  public double score(int row) {
    return scores[row];
  }

  /** Returns the weight of a row, 1 where none were given. */
  public double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** Returns the rows from the lowest score to the highest. Shared: callers do not change it. */
  int[] ascendingOrder() {
    int[] order = ascendingOrder;
    if (order == null) {
      order = IndexSort.ascending(scores);
      ascendingOrder = order;
    }
    return order;
  }

  /** Refuses scores that are not probabilities. */
  void requireProbabilities() {
    if (firstNonProbability >= 0) {
      throw new IllegalArgumentException(
          "probabilities must be in [0, 1], but row %d was %s"
              .formatted(firstNonProbability, scores[firstNonProbability]));
    }
  }

  /** Returns why a mean over the rows is undefined, or null when it is defined. */
  @Nullable String whyEmpty() {
    if (labels.length == 0) {
      return "there are no rows";
    }
    return totalWeight() == 0 ? "every weight is 0" : null;
  }

  /** Returns why what compares the classes is undefined, or null when both have weight. */
  @Nullable String whyNotBothClasses() {
    String empty = whyEmpty();
    if (empty != null) {
      return empty;
    }
    if (positiveWeight == 0) {
      return "every row that has a weight has label 0";
    }
    return negativeWeight == 0 ? "every row that has a weight has label 1" : null;
  }
}
