package io.ranking4j.nn.gate;

import io.ranking4j.evaluation.Interval;
import io.ranking4j.evaluation.WilsonInterval;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;

/**
 * Limits of how far a slice of a log may be from those before it. Without any before it, only the
 * least number of rows counts; what the first model learned from says nothing about how many rows a
 * slice has.
 *
 * @param minRows the least rows of any slice, at least 1
 * @param minRowShare rows must be at least this share of the smallest slice before, in [0, 1]
 * @param maxRowShare and at most so many times the largest, at least 1
 * @param maxOddsRatio the odds of a label may be so many times as high, or as low, as in any slice
 *     before, above 1; a rate that chance may have moved is not held against it
 * @param maxMissingIncrease the share of rows in which a feature is missing may be so much above
 *     the largest before, in [0, 1]
 */
public record DataGate(
    long minRows,
    double minRowShare,
    double maxRowShare,
    double maxOddsRatio,
    double maxMissingIncrease) {
  /** The least rows when nothing else is said. */
  public static final long DEFAULT_MIN_ROWS = 1000;

  /** The least share of the smallest slice when nothing else is said. */
  public static final double DEFAULT_MIN_ROW_SHARE = 0.5;

  /** The most times the largest slice when nothing else is said. */
  public static final double DEFAULT_MAX_ROW_SHARE = 2;

  /** The largest ratio of odds when nothing else is said. */
  public static final double DEFAULT_MAX_ODDS_RATIO = 1.5;

  /** The largest increase of missing values when nothing else is said. */
  public static final double DEFAULT_MAX_MISSING_INCREASE = 0.1;

  /** All defaults. */
  public static final DataGate DEFAULT =
      new DataGate(
          DEFAULT_MIN_ROWS,
          DEFAULT_MIN_ROW_SHARE,
          DEFAULT_MAX_ROW_SHARE,
          DEFAULT_MAX_ODDS_RATIO,
          DEFAULT_MAX_MISSING_INCREASE);

  private static final String SLICE = "the slice";

  /** Checks the ranges. */
  public DataGate {
    if (minRows < 1) {
      throw new IllegalArgumentException("minRows must be at least 1, but was " + minRows);
    }
    Numbers.check(
        minRowShare >= 0 && minRowShare <= 1, "minRowShare must be in [0, 1]", minRowShare);
    Numbers.check(maxRowShare >= 1, "maxRowShare must be at least 1", maxRowShare);
    Numbers.check(maxOddsRatio > 1, "maxOddsRatio must be above 1", maxOddsRatio);
    Numbers.check(
        maxMissingIncrease >= 0 && maxMissingIncrease <= 1,
        "maxMissingIncrease must be in [0, 1]",
        maxMissingIncrease);
  }

  /** With another least number of rows: all that guards the first update of a model. */
  public DataGate minRows(long rows) {
    return new DataGate(rows, minRowShare, maxRowShare, maxOddsRatio, maxMissingIncrease);
  }

  /** Compares a slice with those before it. */
  public List<GateResult> check(SliceProfile slice, SliceHistory history) {
    List<GateResult> results = new ArrayList<>();
    results.add(rows(slice, history));
    slice.labels().forEach((task, labels) -> results.add(rate(task, labels, history)));
    results.add(missing(slice, history));
    return results;
  }

  private GateResult rows(SliceProfile slice, SliceHistory history) {
    LongSummaryStatistics before =
        history.slices().stream()
            .filter(past -> !past.first())
            .mapToLong(SliceProfile::rows)
            .summaryStatistics();
    long least = minRows;
    long most = Long.MAX_VALUE;
    if (before.getCount() > 0) {
      least = Math.max(least, (long) Math.ceil(minRowShare * (double) before.getMin()));
      most = (long) (maxRowShare * (double) before.getMax());
    }
    return GateResult.of(
        "row count",
        SLICE,
        slice.rows() >= least && slice.rows() <= most,
        most == Long.MAX_VALUE
            ? "must be at least " + least
            : "must be in [" + least + ", " + most + "]",
        Long.toString(slice.rows()));
  }

  private GateResult rate(String task, SliceProfile.Labels labels, SliceHistory history) {
    String gate = "label rate";
    DoubleSummaryStatistics before =
        history.slices().stream()
            .map(past -> past.labels().get(task))
            .filter(Objects::nonNull)
            .mapToDouble(SliceProfile.Labels::rate)
            .filter(Double::isFinite)
            .summaryStatistics();
    if (before.getCount() == 0) {
      return GateResult.undecided(gate, task, "must be like before", "no slice before has labels");
    }
    double lowest = scaled(before.getMin(), 1 / maxOddsRatio);
    double highest = scaled(before.getMax(), maxOddsRatio);
    Interval rate = WilsonInterval.of((double) labels.positives(), (double) labels.known());
    return GateResult.of(
        gate,
        task,
        labels.known() > 0 && rate.upper() >= lowest && rate.lower() <= highest,
        "must be in " + Numbers.text(new Interval(lowest, highest)) + " as far as chance lets tell",
        Numbers.text(labels.rate()) + " " + Numbers.text(rate));
  }

  /** The rate whose odds are so many times those of a rate. */
  private static double scaled(double rate, double factor) {
    return rate * factor / (1 - rate + rate * factor);
  }

  /** One result for all features: one that says which is worst. */
  private GateResult missing(SliceProfile slice, SliceHistory history) {
    String gate = "missing values";
    if (history.slices().isEmpty()) {
      return GateResult.undecided(gate, "features", "must be like before", "no slice before");
    }
    List<String> beyond = new ArrayList<>();
    double worst = 0;
    for (Map.Entry<String, Double> feature : slice.missing().entrySet()) {
      double before =
          history.slices().stream()
              .mapToDouble(past -> past.missing().getOrDefault(feature.getKey(), 0.0))
              .max()
              .orElse(0);
      double increase = feature.getValue() - before;
      worst = Math.max(worst, increase);
      if (increase > maxMissingIncrease) {
        beyond.add(
            feature.getKey()
                + " missing in "
                + Numbers.text(feature.getValue())
                + " of the rows, at most "
                + Numbers.text(before)
                + " before");
      }
    }
    return GateResult.of(
        gate,
        "features",
        beyond.isEmpty(),
        "the share of rows without a value must not rise by more than "
            + Numbers.text(maxMissingIncrease),
        beyond.isEmpty() ? "a rise of " + Numbers.text(worst) : String.join("; ", beyond));
  }
}
