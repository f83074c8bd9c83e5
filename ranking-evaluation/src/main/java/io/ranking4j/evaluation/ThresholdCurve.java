package io.ranking4j.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a threshold on the score lets through, for every threshold or for a few well spread ones:
 * the points of the ROC and of the precision-recall curve. Rows of one score pass together.
 * Immutable and safe to share.
 *
 * @param points by descending threshold, from nothing passing to everything passing; empty unless
 *     both classes have weight
 */
public record ThresholdCurve(List<Point> points) {

  /** As many points as a screen can show apart. */
  public static final int DEFAULT_POINTS = 200;

  /** Copies the points. */
  public ThresholdCurve {
    points = List.copyOf(points);
  }

  /**
   * One threshold.
   *
   * @param threshold rows of this score or a higher one pass; infinite where none passes
   * @param falsePositiveRate the weighted share of the negatives that pass
   * @param truePositiveRate the weighted share of the positives that pass: recall
   * @param precision the weighted share of positives among what passes; NaN where nothing passes
   */
  public record Point(
      double threshold, double falsePositiveRate, double truePositiveRate, double precision) {}

  /**
   * Returns the curve at {@link #DEFAULT_POINTS} thresholds at most.
   *
   * @see #of(Predictions, int)
   */
  public static ThresholdCurve of(Predictions predictions) {
    return of(predictions, DEFAULT_POINTS);
  }

  /**
   * Returns the curve, every point of which is a point of the whole curve. Where there are more
   * thresholds than asked for, those are chosen at which one of the two rates passes another of
   * about {@code maxPoints / 2} evenly spaced marks, so that neither rate ever jumps further than
   * rows of one score make it.
   *
   * @param maxPoints the most points, at least 4
   * @throws IllegalArgumentException if fewer than 4 points are asked for
   */
  public static ThresholdCurve of(Predictions predictions, int maxPoints) {
    if (maxPoints < 4) {
      throw new IllegalArgumentException("maxPoints must be at least 4, but was " + maxPoints);
    }
    if (predictions.whyNotBothClasses() != null) {
      return new ThresholdCurve(List.of());
    }
    int[] order = predictions.ascendingOrder();
    boolean all = thresholds(predictions, order) + 1 <= maxPoints;
    // The first and the last point stand at no mark.
    int marks = maxPoints / 2 - 1;
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0, Double.NaN));
    double positives = 0;
    double negatives = 0;
    int lastTrue = 0;
    int lastFalse = 0;
    Point passedOver = null;
    int i = order.length - 1;
    while (i >= 0) {
      double score = predictions.score(order[i]);
      double before = positives + negatives;
      for (; i >= 0 && predictions.score(order[i]) == score; i--) {
        if (predictions.label(order[i]) == 1) {
          positives += predictions.weight(order[i]);
        } else {
          negatives += predictions.weight(order[i]);
        }
      }
      if (positives + negatives == before) {
        continue; // rows without weight move no rate
      }
      double truePositiveRate = Math.min(1, positives / predictions.positiveWeight());
      double falsePositiveRate = Math.min(1, negatives / predictions.negativeWeight());
      int trueMark = (int) (truePositiveRate * marks);
      int falseMark = (int) (falsePositiveRate * marks);
      double precision = positives / (positives + negatives);
      Point point = new Point(score, falsePositiveRate, truePositiveRate, precision);
      if (all || trueMark > lastTrue || falseMark > lastFalse) {
        points.add(point);
        passedOver = null;
        lastTrue = trueMark;
        lastFalse = falseMark;
      } else {
        passedOver = point;
      }
    }
    if (passedOver != null) {
      // Rounding alone can keep the rates of the last threshold below their last mark.
      points.set(points.size() - 1, passedOver);
    }
    return new ThresholdCurve(points);
  }

  private static int thresholds(Predictions predictions, int[] order) {
    int distinct = 0;
    for (int i = 0; i < order.length; i++) {
      if (i == 0 || predictions.score(order[i]) != predictions.score(order[i - 1])) {
        distinct++;
      }
    }
    return distinct;
  }
}
