package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Groups;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reward estimates for every row from a model that has not seen its reward: the rows are dealt into
 * folds, whole clusters together, and each fold is judged by a model fitted to the others.
 *
 * @see <a href="https://doi.org/10.1111/ectj.12097">Chernozhukov et al., 2018</a>
 */
public final class CrossFitting {

  /** The number of folds where none is given. */
  public static final int DEFAULT_FOLDS = 5;

  private CrossFitting() {}

  /** A model of rewards that has been fitted. */
  @FunctionalInterface
  public interface RewardModel {

    /**
     * Returns the expected reward of every action in a row, by action; not changed by the caller.
     */
    double[] rewards(int row);
  }

  /** How to make a model of rewards. */
  @FunctionalInterface
  public interface RewardLearner {

    /**
     * Fits a model to the rewards of these rows and no others.
     *
     * @param rows ascending row numbers, at least one
     */
    RewardModel fit(int[] rows);
  }

  /**
   * Makes the estimates with {@link #DEFAULT_FOLDS} folds.
   *
   * @see #rewards(int[], IntFunction, RewardLearner, Groups, int, long)
   */
  public static RewardEstimates rewards(
      int[] actions,
      IntFunction<double[]> policy,
      RewardLearner learner,
      @Nullable Groups clusters,
      long seed) {
    return rewards(actions, policy, learner, clusters, DEFAULT_FOLDS, seed);
  }

  /**
   * Makes the estimates.
   *
   * @param actions by row, the logged action
   * @param policy by row, the judged policy's probability of every action, summing to 1
   * @param learner makes the models
   * @param clusters rows that stay in one fold, such as those of a user; null for none
   * @param folds at least 2; fewer are used where there are fewer clusters
   * @param seed of the deal: the same seed and clusters give the same folds
   * @throws IllegalArgumentException if there are fewer than 2 folds or clusters, the clusters have
   *     another number of rows, or an action or a row of the policy is out of its range
   */
  public static RewardEstimates rewards(
      int[] actions,
      IntFunction<double[]> policy,
      RewardLearner learner,
      @Nullable Groups clusters,
      int folds,
      long seed) {
    int rows = actions.length;
    if (clusters != null && clusters.rows() != rows) {
      throw new IllegalArgumentException(
          "clusters must have as many rows as actions, %d, but had %d"
              .formatted(rows, clusters.rows()));
    }
    int units = clusters == null ? rows : clusters.count();
    if (folds < 2 || units < 2) {
      throw new IllegalArgumentException(
          "cross-fitting needs at least 2 folds and 2 clusters, but had %d and %d"
              .formatted(folds, units));
    }
    int used = Math.min(folds, units);
    int[] foldOfUnit = deal(units, used, seed);
    int[] foldOfRow = new int[rows];
    for (int row = 0; row < rows; row++) {
      foldOfRow[row] = foldOfUnit[clusters == null ? row : clusters.groupOf(row)];
    }
    double[] logged = new double[rows];
    double[] expected = new double[rows];
    for (int fold = 0; fold < used; fold++) {
      RewardModel model = learner.fit(rowsOutside(fold, foldOfRow));
      for (int row = 0; row < rows; row++) {
        if (foldOfRow[row] == fold) {
          double[] rewards = model.rewards(row);
          expected[row] = Policies.expectation(policy.apply(row), rewards, row);
          logged[row] = rewards[Policies.action(actions[row], rewards.length, row)];
        }
      }
    }
    return RewardEstimates.of(logged, expected);
  }

  private static int[] deal(int units, int folds, long seed) {
    int[] foldOf = new int[units];
    for (int unit = 0; unit < units; unit++) {
      foldOf[unit] = unit % folds;
    }
    Random random = new Random(seed);
    for (int i = units - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = foldOf[i];
      foldOf[i] = foldOf[j];
      foldOf[j] = swapped;
    }
    return foldOf;
  }

  private static int[] rowsOutside(int fold, int[] foldOfRow) {
    int[] rows = new int[foldOfRow.length];
    int count = 0;
    for (int row = 0; row < foldOfRow.length; row++) {
      if (foldOfRow[row] != fold) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }
}
