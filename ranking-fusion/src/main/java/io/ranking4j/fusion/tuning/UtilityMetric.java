package io.ranking4j.fusion.tuning;

import io.ranking4j.evaluation.Gain;
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
   * The area under the precision-recall curve, by average precision.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric prAuc(double[] labels) {
    double[] copy = labels.clone();
    return utility -> PrAuc.compute(Predictions.of(copy, utility));
  }

  /**
   * The area under the ROC curve.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric auc(double[] labels) {
    double[] copy = labels.clone();
    return utility -> RocAuc.compute(Predictions.of(copy, utility));
  }

  /**
   * The area under the ROC curve within groups, users say, weighted by their impressions.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric groupedAuc(double[] labels, Groups groups) {
    double[] copy = labels.clone();
    return utility -> GroupedAuc.compute(Predictions.of(copy, utility), groups).metric();
  }

  /**
   * The mean area under the ROC curve within lists.
   *
   * @param labels one a row, 0 or 1; copied
   */
  static UtilityMetric listAuc(double[] labels, Groups lists) {
    double[] copy = labels.clone();
    return utility -> ListAuc.compute(Predictions.of(copy, utility), lists).metric();
  }

  /**
   * WR@K: the share of all relevance that the first K of every list hold.
   *
   * @param relevances one of at least 0 a row, orders say; copied
   */
  static UtilityMetric weightedRecallAt(int k, double[] relevances, Groups lists) {
    double[] copy = relevances.clone();
    return utility -> WeightedRecallAtK.compute(RankedLists.of(copy, utility, lists), k).metric();
  }

  /**
   * NDCG of the first K of every list, with linear gain.
   *
   * @param relevances one of at least 0 a row; copied
   */
  static UtilityMetric ndcgAt(int k, double[] relevances, Groups lists) {
    double[] copy = relevances.clone();
    return utility ->
        Ndcg.compute(RankedLists.of(copy, utility, lists), k, Gain.LINEAR, Ties.ROW_ORDER).metric();
  }
}
