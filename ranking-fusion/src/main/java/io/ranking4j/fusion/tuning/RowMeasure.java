package io.ranking4j.fusion.tuning;

import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.Predictions;
import java.util.function.Function;

/** A metric of all rows at once, in which a row counts by its weight. Immutable. */
record RowMeasure(double[] labels, Function<Predictions, MetricValue> metric)
    implements UtilityMetric {
  @Override
  public MetricValue of(double[] utility) {
    return metric.apply(Predictions.of(labels, utility));
  }

  @Override
  public Function<double[], MetricValue> drawn(double[] utility) {
    // Sorts once, whatever is drawn.
    Predictions all = Predictions.of(labels, utility);
    return times -> metric.apply(all.withWeights(times));
  }
}
