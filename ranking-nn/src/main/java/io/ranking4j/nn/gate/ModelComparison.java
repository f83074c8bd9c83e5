package io.ranking4j.nn.gate;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.LabelSpace;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate and the current model say of the same rows, by task that predicts a probability.
 * Immutable and safe to share.
 *
 * @param tasks the tasks of the candidate
 */
public record ModelComparison(List<OfTask> tasks) {
  /**
   * One task on the rows that it is about: those with a label, within its label space and its mask.
   *
   * @param task its name
   * @param candidate the predictions of the candidate
   * @param current those of the current model; empty where there is none, or it has not the task
   * @param groups rows that may depend on each other
   */
  public record OfTask(
      String task, Predictions candidate, Optional<Predictions> current, Groups groups) {
    /** How many positives there are. */
    long positives() {
      return IntStream.range(0, candidate.rows()).filter(r -> candidate.label(r) == 1).count();
    }
  }

  /** Copies the list. */
  public ModelComparison {
    tasks = List.copyOf(tasks);
  }

  /**
   * Scores the rows.
   *
   * @param current the model to compare with; null for none
   * @param heldOut rows that the candidate has not learned from, none of them left out by sampling
   * @param groupColumn the column whose values say which rows may depend on each other, usually
   *     that of the user; empty where each row is for itself
   * @throws io.ranking4j.error.RankingException where a column is missing or not what it must be
   */
  public static ModelComparison of(
      RankingModel candidate,
      @Nullable RankingModel current,
      Dataset heldOut,
      Optional<String> groupColumn) {
    if (heldOut.negativeSampling().map(sampling -> sampling.keepRate() < 1).orElse(false)) {
      throw new DataException(
          "models must be compared on rows that were not sampled, but of the negatives "
              + heldOut.negativeSampling().get().keepRate()
              + " were kept");
    }
    Map<String, double[]> now = score(candidate, heldOut);
    Map<String, double[]> before = current == null ? Map.of() : score(current, heldOut);
    int[] groups = groups(heldOut, groupColumn);
    List<OfTask> tasks = new ArrayList<>();
    for (Task task : candidate.tasks().tasks()) {
      if (task.kind().probability()) {
        double[] weights = weights(task, candidate.tasks(), heldOut);
        int[] rows = IntStream.range(0, weights.length).filter(row -> weights[row] > 0).toArray();
        double[] labels = heldOut.column(task.label(), NumericColumn.class).values();
        double[] own = now.getOrDefault(task.name(), new double[0]);
        tasks.add(
            new OfTask(
                task.name(),
                predictions(rows, labels, own, weights),
                Optional.ofNullable(before.get(task.name()))
                    .map(other -> predictions(rows, labels, other, weights)),
                Groups.of(Arrays.stream(rows).map(row -> groups[row]).toArray())));
      }
    }
    return new ModelComparison(tasks);
  }

  private static Map<String, double[]> score(RankingModel model, Dataset data) {
    try (Scorer scorer = Scorer.of(model)) {
      return scorer.score(data);
    }
  }

  private static Predictions predictions(
      int[] rows, double[] labels, double[] scores, double[] weights) {
    return Predictions.of(pick(labels, rows), pick(scores, rows), pick(weights, rows));
  }

  private static double[] pick(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  /**
   * The weight of each row for a task: 0 without a label, and outside of its space and its mask.
   */
  private static double[] weights(Task task, TaskGraph tasks, Dataset data) {
    NumericColumn label = data.column(task.label(), NumericColumn.class);
    NumericColumn space =
        task.space() instanceof LabelSpace.Given given
            ? data.column(tasks.task(given.task()).label(), NumericColumn.class)
            : null;
    NumericColumn mask =
        task.mask()
            .filter(data::has)
            .map(name -> data.column(name, NumericColumn.class))
            .orElse(null);
    double[] weights = new double[data.rows()];
    for (int row = 0; row < weights.length; row++) {
      boolean outside =
          label.isMissing(row)
              || (space != null && (space.isMissing(row) || space.values()[row] != 1))
              || (mask != null && mask.isMissing(row));
      weights[row] = outside ? 0 : mask == null ? 1 : mask.values()[row];
    }
    return weights;
  }

  private static int[] groups(Dataset data, Optional<String> name) {
    if (name.isEmpty()) {
      return IntStream.range(0, data.rows()).toArray();
    }
    Column column = data.column(name.get());
    if (column instanceof CategoricalColumn categories) {
      return categories.codes();
    }
    if (column instanceof NumericColumn numbers) {
      Groups groups =
          Groups.of(Arrays.stream(numbers.values()).mapToLong(Double::doubleToLongBits).toArray());
      return IntStream.range(0, data.rows()).map(groups::groupOf).toArray();
    }
    throw new DataException(
        "column '"
            + name.get()
            + "' must hold categories or numbers to group rows by, but holds "
            + column.holds());
  }
}
