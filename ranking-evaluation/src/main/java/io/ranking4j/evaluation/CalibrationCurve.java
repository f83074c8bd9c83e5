package io.ranking4j.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Predicted probability against observed rate in bins of the prediction: a reliability diagram.
 * Bins without weight are left out. Immutable and safe to share.
 *
 * @param bins the bins that have weight, by ascending prediction
 */
public record CalibrationCurve(List<Bin> bins) {

  /** The number of bins where none is given. */
  public static final int DEFAULT_BINS = 10;

  /** The closed side of equal-width bins where none is given, that of Guo et al., 2017. */
  public static final ClosedSide DEFAULT_CLOSED_SIDE = ClosedSide.RIGHT;

  /** Copies the bins. */
  public CalibrationCurve {
    bins = List.copyOf(bins);
  }

  /**
   * One bin of a curve.
   *
   * @param lower its lower edge (equal width), or the least prediction in it (equal mass)
   * @param upper its upper edge (equal width), or the greatest prediction in it (equal mass)
   * @param count the number of rows in it
   * @param weight the sum of their weights, above 0
   * @param meanPredicted the weighted mean of their predictions
   * @param observedRate the weighted share of positives
   * @param effectiveRows how many rows of equal weight say as much: Kish's effective sample size,
   *     (sum of w)<sup>2</sup> / sum of w<sup>2</sup>
   * @param observedInterval the Wilson 95 % interval of the observed rate from the effective rows
   */
  public record Bin(
      double lower,
      double upper,
      int count,
      double weight,
      double meanPredicted,
      double observedRate,
      double effectiveRows,
      Interval observedInterval) {}

  /**
   * Cuts [0, 1] into bins of equal width, closed on the {@link #DEFAULT_CLOSED_SIDE}.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1] or there is not at least one bin
   */
  public static CalibrationCurve equalWidth(Predictions predictions, int bins) {
    return equalWidth(predictions, bins, DEFAULT_CLOSED_SIDE);
  }

  /**
   * Cuts [0, 1] into bins of equal width.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1] or there is not at least one bin
   */
  public static CalibrationCurve equalWidth(
      Predictions predictions, int bins, ClosedSide closedSide) {
    predictions.requireProbabilities();
    Sums sums = new Sums(Checks.atLeastOne("bins", bins));
    for (int row = 0; row < predictions.rows(); row++) {
      sums.add(bin(predictions.score(row), bins, closedSide), predictions, row);
    }
    List<Bin> filled = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      if (sums.weight[bin] > 0) {
        filled.add(sums.bin(bin, edge(bin, bins), edge(bin + 1, bins)));
      }
    }
    return new CalibrationCurve(filled);
  }

  /**
   * Cuts the sorted predictions into bins of equal weight. Rows of equal prediction stay together,
   * in the bin where the middle of their weight falls, so the curve does not depend on the order of
   * the rows; many equal predictions make the bins uneven or fewer.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1] or there is not at least one bin
   */
  public static CalibrationCurve equalMass(Predictions predictions, int bins) {
    predictions.requireProbabilities();
    Sums sums = new Sums(Checks.atLeastOne("bins", bins));
    double total = predictions.totalWeight();
    if (total == 0) {
      return new CalibrationCurve(List.of());
    }
    double[] least = new double[bins];
    double[] greatest = new double[bins];
    int[] order = predictions.ascendingOrder();
    double below = 0;
    int from = 0;
    while (from < order.length) {
      double score = predictions.score(order[from]);
      double tied = 0;
      int to = from;
      for (; to < order.length && predictions.score(order[to]) == score; to++) {
        tied += predictions.weight(order[to]);
      }
      int bin = (int) Math.min(bins - 1, (below + tied / 2) * bins / total);
      if (sums.count[bin] == 0) {
        least[bin] = score;
      }
      greatest[bin] = score;
      for (; from < to; from++) {
        sums.add(bin, predictions, order[from]);
      }
      below += tied;
    }
    List<Bin> filled = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      if (sums.weight[bin] > 0) {
        filled.add(sums.bin(bin, least[bin], greatest[bin]));
      }
    }
    return new CalibrationCurve(filled);
  }

  private static double edge(int index, int bins) {
    return (double) index / bins;
  }

  /** Compares with the edges, since the product alone puts 0.29 of 100 bins on the wrong side. */
  private static int bin(double p, int bins, ClosedSide closedSide) {
    int bin = Math.min(bins - 1, (int) (p * bins));
    if (closedSide == ClosedSide.LEFT) {
      if (p < edge(bin, bins)) {
        return bin - 1;
      }
      return bin + 1 < bins && p >= edge(bin + 1, bins) ? bin + 1 : bin;
    }
    if (bin > 0 && p <= edge(bin, bins)) {
      return bin - 1;
    }
    return p > edge(bin + 1, bins) ? bin + 1 : bin;
  }

  /** Running sums of every bin. */
  private static final class Sums {
    final int[] count;
    final double[] weight;
    final double[] squaredWeight;
    final double[] predicted;
    final double[] observed;

    Sums(int bins) {
      count = new int[bins];
      weight = new double[bins];
      squaredWeight = new double[bins];
      predicted = new double[bins];
      observed = new double[bins];
    }

    void add(int bin, Predictions predictions, int row) {
      double w = predictions.weight(row);
      count[bin]++;
      weight[bin] += w;
      squaredWeight[bin] += w * w;
      predicted[bin] += w * predictions.score(row);
      observed[bin] += w * predictions.label(row);
    }

    Bin bin(int bin, double lower, double upper) {
      double rate = Math.min(1, observed[bin] / weight[bin]);
      // Never more than the rows there are, which also holds where the squares underflow.
      double effectiveRows = Math.min(count[bin], weight[bin] / squaredWeight[bin] * weight[bin]);
      return new Bin(
          lower,
          upper,
          count[bin],
          weight[bin],
          predicted[bin] / weight[bin],
          rate,
          effectiveRows,
          WilsonInterval.of(Math.min(effectiveRows, rate * effectiveRows), effectiveRows));
    }
  }
}
