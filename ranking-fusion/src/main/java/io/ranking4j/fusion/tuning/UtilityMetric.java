package io.ranking4j.fusion.tuning;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Gain;
import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.evaluation.GroupedAuc;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.ListAuc;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.Ndcg;
import io.ranking4j.evaluation.PrAuc;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RankedLists;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.Ties;
import io.ranking4j.evaluation.WeightedRecallAtK;
import java.util.function.Function;

/**
 * What a utility is worth: a number for the ranking that it gives, greater being better. The
 * factories measure the utility against the labels of a task; any other measure is a lambda.
 */
@FunctionalInterface
public interface UtilityMetric {
  /**
   * Measures.
   *
   * @param utility one a row, finite; not to be changed or kept
   */
  MetricValue of(double[] utility);

  /**
   * Returns the measure as a function of how often each row was drawn, for resampling: a whole
   * number of at least 0 by row, not to be changed or kept. All rows of a list must have been drawn
   * equally often; copies of a list are lists of their own.
   *
   * @param utility one a row, finite; not to be changed while the function is used
   * @throws UnsupportedOperationException where the measure cannot count rows more than once, as is
   *     so with a lambda
   */
  default Function<double[], MetricValue> drawn(double[] utility) {
    throw new UnsupportedOperationException(
        "this measure cannot be resampled: implement UtilityMetric.drawn, which a lambda does not");
  }

  /**
   * Returns what one utility is worth divided by what another is on the same rows, with an interval
   * by resampling whole groups: what both share cancels.
   *
   * @param groups users usually; the rows of a list must be in one group
   * @throws UnsupportedOperationException where the measure cannot be resampled
   */
  default Estimate ratio(
      double[] utility, double[] other, Groups groups, GroupBootstrap.Options options) {
    Function<double[], MetricValue> numerator = drawn(utility);
    Function<double[], MetricValue> denominator = drawn(other);
    return GroupBootstrap.compute(
        groups,
        times -> {
          MetricValue above = numerator.apply(times);
          MetricValue below = denominator.apply(times);
          if (!above.isDefined() || !below.isDefined()) {
            return above.isDefined() ? below : above;
          }
          return below.value() == 0
              ? MetricValue.undefined("what is divided by is 0")
              : MetricValue.of(above.value() / below.value());
        },
        options);
  }

  /**
   * The area under the precision-recall curve, by average precision.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric prAuc(double[] labels) {
    return new RowMeasure(labels.clone(), PrAuc::compute);
  }

  /**
   * The area under the ROC curve.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric auc(double[] labels) {
    return new RowMeasure(labels.clone(), RocAuc::compute);
  }

  /**
   * The area under the ROC curve within groups, users say, weighted by their impressions.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric groupedAuc(double[] labels, Groups groups) {
    return new ListMeasure(
        labels.clone(),
        groups,
        (own, utility, in) -> GroupedAuc.compute(Predictions.of(own, utility), in).metric());
  }

  /**
   * The mean area under the ROC curve within lists.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric listAuc(double[] labels, Groups lists) {
    return new ListMeasure(
        labels.clone(),
        lists,
        (own, utility, in) -> ListAuc.compute(Predictions.of(own, utility), in).metric());
  }

  /**
   * WR@K: the share of all relevance that the first K of every list hold.
   *
   * @param relevances one of at least 0 a row, orders say; copied
   */
  static UtilityMetric weightedRecallAt(int k, double[] relevances, Groups lists) {
    return new ListMeasure(
        relevances.clone(),
        lists,
        (own, utility, in) ->
            WeightedRecallAtK.compute(RankedLists.of(own, utility, in), k).metric());
  }

  /**
   * NDCG of the first K of every list, with linear gain.
   *
   * @param relevances one of at least 0 a row; copied
   */
  static UtilityMetric ndcgAt(int k, double[] relevances, Groups lists) {
    return new ListMeasure(
        relevances.clone(),
        lists,
        (own, utility, in) ->
            Ndcg.compute(RankedLists.of(own, utility, in), k, Gain.LINEAR, Ties.ROW_ORDER)
                .metric());
  }
}
