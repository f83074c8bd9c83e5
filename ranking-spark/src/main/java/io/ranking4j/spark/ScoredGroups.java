package io.ranking4j.spark;

import io.ranking4j.evaluation.GroupMean;
import io.ranking4j.evaluation.GroupWeighting;
import io.ranking4j.evaluation.GroupedAuc;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Ndcg;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RankedLists;
import io.ranking4j.evaluation.RecallAtK;
import io.ranking4j.evaluation.Ties;
import io.ranking4j.evaluation.WeightedRecallAtK;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some whole groups of rows, and the metrics that they are evaluated by. Rows of equal score count
 * with the mean over their orders ({@link Ties#AVERAGED}), as Spark keeps no order.
 *
 * @param labels one per row
 * @param scores one per row
 * @param weights one per row, or null for 1 everywhere
 * @param groups of the rows
 */
public record ScoredGroups(
    double[] labels, double[] scores, double @Nullable [] weights, Groups groups) {
  /** A metric; Spark sends it to the executors, so what it refers to must be serializable. */
  @FunctionalInterface
  public interface Metric extends Function<ScoredGroups, GroupMean> {
    /** The mean over whole groups, which is merged with that over others. */
    @Override
    GroupMean call(ScoredGroups rows);
  }

  /** GAUC. */
  public static Metric auc(GroupWeighting weighting) {
    return rows ->
        GroupedAuc.accumulate(
            Predictions.of(rows.labels, rows.scores, rows.weights), rows.groups, weighting);
  }

  /** NDCG of the first k ranks; weights are left out. */
  public static Metric ndcg(int k) {
    return rows -> Ndcg.accumulate(rows.lists(), k, Ndcg.DEFAULT_GAIN, Ties.AVERAGED);
  }

  /** Recall of the first k ranks; weights are left out. */
  public static Metric recallAt(int k) {
    return rows -> RecallAtK.accumulate(rows.lists(), k, Ties.AVERAGED);
  }

  /** The share of all relevance in the first k ranks; weights are left out. */
  public static Metric weightedRecallAt(int k) {
    return rows -> WeightedRecallAtK.accumulate(rows.lists(), k, Ties.AVERAGED);
  }

  private RankedLists lists() {
    return RankedLists.of(labels, scores, groups);
  }
}
