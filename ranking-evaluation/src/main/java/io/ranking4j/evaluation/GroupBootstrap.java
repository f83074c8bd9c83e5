package io.ranking4j.evaluation;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/**
 * Percentile intervals of any metric by resampling whole groups (users, usually) with replacement.
 * The rows of a user are alike; resampling rows instead would count them as independent and make
 * every interval too narrow. It takes some dozens of groups to be honest.
 *
 * <p>To compare two models, let the metric be the difference of both on the same multiplicities:
 * what both share then cancels.
 *
 * @see <a href="https://doi.org/10.1017/CBO9780511802843">Davison and Hinkley, 1997</a>, section
 *     3.8
 */
public final class GroupBootstrap {

  /** The share of resamples that may leave the metric undefined before the interval is. */
  public static final double MAX_UNDEFINED = 0.05;

  private GroupBootstrap() {}

  /**
   * How to resample.
   *
   * @param resamples how often, at least 100
   * @param confidence of the interval, in (0, 1)
   * @param seed of the draws: the same seed and groups give the same interval
   */
  public record Options(int resamples, double confidence, long seed) {

    /** Enough for the ends of a 95 % interval to be steady to a few percent of its width. */
    public static final int DEFAULT_RESAMPLES = 1000;

    /** Checks the ranges. */
    public Options {
      if (resamples < 100) {
        throw new IllegalArgumentException("resamples must be at least 100, but was " + resamples);
      }
      Checks.twoSidedNormalQuantile(confidence);
    }

    /** The defaults with a seed. */
    public static Options ofSeed(long seed) {
      return new Options(DEFAULT_RESAMPLES, Interval.DEFAULT_CONFIDENCE, seed);
    }
  }

  /**
   * Resamples a metric of weighted predictions; a group drawn m times has its weights multiplied by
   * m. This fits metrics in which rows count by their weight. For means over groups or lists use
   * {@link GroupedValue#estimate()} or the other method.
   *
   * @param groups the group of every row
   * @param metric such as {@code RocAuc::compute}; it is given the rows in the order of their
   *     scores
   * @throws IllegalArgumentException if the groups have another number of rows
   */
  public static Estimate compute(
      Predictions predictions,
      Groups groups,
      Function<Predictions, MetricValue> metric,
      Options options) {
    Checks.sameLength("predictions", predictions.rows(), "groups", groups.rows());
    // Rows that are in order are read in sequence, which is several times faster.
    int[] order = predictions.ascendingOrder();
    Predictions sorted = predictions.subset(order, 0, order.length);
    return compute(
        groups.subset(order, 0, order.length),
        multiplicities -> {
          for (int row = 0; row < multiplicities.length; row++) {
            multiplicities[row] *= sorted.weight(row);
          }
          return metric.apply(sorted.withWeights(multiplicities));
        },
        options);
  }

  /**
   * Resamples any metric.
   *
   * @param groups the group of every row
   * @param metric given how often each row was drawn (by row, a whole number of at least 0; the
   *     array is the metric's to change, and is used again), returns the metric of those rows
   * @return the metric of all rows once, with the deviation and the percentiles of the resamples;
   *     only that of all rows where fewer than two groups exist or more than {@link #MAX_UNDEFINED}
   *     of the resamples leave the metric undefined
   */
  public static Estimate compute(
      Groups groups, Function<double[], MetricValue> metric, Options options) {
    double[] rows = new double[groups.rows()];
    Arrays.fill(rows, 1);
    MetricValue all = metric.apply(rows);
    String why = all.undefinedBecause();
    if (why != null) {
      return Estimate.undefined(why);
    }
    if (groups.count() < 2) {
      return Estimate.withoutError(
          all.value(), "resampling needs at least 2 groups, but there was " + groups.count());
    }
    Random random = new Random(options.seed());
    double[] values = new double[options.resamples()];
    int[] drawn = new int[groups.count()];
    int defined = 0;
    String reason = "";
    for (int resample = 0; resample < values.length; resample++) {
      Arrays.fill(drawn, 0);
      for (int i = 0; i < drawn.length; i++) {
        drawn[random.nextInt(drawn.length)]++;
      }
      for (int row = 0; row < rows.length; row++) {
        rows[row] = drawn[groups.groupOf(row)];
      }
      MetricValue value = metric.apply(rows);
      String whyNot = value.undefinedBecause();
      if (whyNot == null) {
        values[defined++] = value.value();
      } else {
        reason = whyNot;
      }
    }
    if (defined < (1 - MAX_UNDEFINED) * values.length) {
      return Estimate.withoutError(
          all.value(),
          "%d of %d resamples left the metric undefined: %s"
              .formatted(values.length - defined, values.length, reason));
    }
    return summarized(all, Arrays.copyOf(values, defined), options.confidence());
  }

  private static Estimate summarized(MetricValue all, double[] values, double confidence) {
    Arrays.sort(values);
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Estimate(
        all,
        MetricValue.of(Math.sqrt(squares / (values.length - 1))),
        new Interval(
            quantile(values, (1 - confidence) / 2), quantile(values, (1 + confidence) / 2)));
  }

  /** Linear between the order statistics. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
