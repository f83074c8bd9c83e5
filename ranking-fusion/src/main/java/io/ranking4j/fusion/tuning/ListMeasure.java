package io.ranking4j.fusion.tuning;

import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.MetricValue;
import java.util.function.Function;

/** A metric of lists, of which a copy is a list of its own. Immutable. */
record ListMeasure(double[] labels, Groups lists, Metric metric) implements UtilityMetric {
  /** The metric of labels and scores in lists. */
  @FunctionalInterface
  interface Metric {
    MetricValue of(double[] labels, double[] utility, Groups lists);
  }

  @Override
  public MetricValue of(double[] utility) {
    return metric.of(labels, utility, lists);
  }

  @Override
  public Function<double[], MetricValue> drawn(double[] utility) {
    return times -> {
      if (times.length != labels.length) {
        throw new IllegalArgumentException(
            "rows that are drawn must be %d, as the labels, but were %d"
                .formatted(labels.length, times.length));
      }
      int count = 0;
      for (double copies : times) {
        count += (int) copies;
      }
      double[] drawnLabels = new double[count];
      double[] drawnUtility = new double[count];
      long[] drawnLists = new long[count];
      int at = 0;
      for (int row = 0; row < times.length; row++) {
        for (long copy = 0; copy < times[row]; copy++) {
          drawnLabels[at] = labels[row];
          drawnUtility[at] = utility[row];
          drawnLists[at++] = copy << 32 | lists.groupOf(row);
        }
      }
      return metric.of(drawnLabels, drawnUtility, Groups.of(drawnLists));
    };
  }
}
