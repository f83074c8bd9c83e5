package io.ranking4j.examples.reproduce;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set in memory, read once for all experiments on it. Immutable and safe to share.
 *
 * @param name what it is called in the names of runs
 * @param description what it was made from: another description means other runs
 * @param schema the features
 * @param tasks what is predicted when nothing else is said
 * @param train the rows to learn from
 * @param validation the rows that decide which epoch is kept
 * @param test the rows that are measured, and that decide nothing
 * @param userColumn the column of the user, where there is one
 * @param truth by task, the true probabilities of the test rows; empty where they are not known
 * @param conditionals pairs of a task and the one on whose positives it is measured as well
 */
record StudyData(
    String name,
    String description,
    FeatureSchema schema,
    TaskGraph tasks,
    Dataset train,
    Dataset validation,
    Dataset test,
    Optional<String> userColumn,
    Map<String, double[]> truth,
    List<Conditional> conditionals) {
  /**
   * A task that is measured on the positives of another.
   *
   * @param task which is measured
   * @param given whose positives are the rows
   */
  record Conditional(String task, String given) {
    /** What its metrics start with. */
    String key() {
      return task + "|" + given;
    }
  }

  /** Copies the collections. */
  StudyData {
    truth = Collections.unmodifiableMap(new LinkedHashMap<>(truth));
    conditionals = List.copyOf(conditionals);
  }

  /** Reads all of a data set. */
  static StudyData read(
      String name, String description, ExampleData example, List<Conditional> conditionals) {
    Map<String, double[]> truth = new LinkedHashMap<>();
    Dataset test =
        example
            .test(example.schema(), example.tasks())
            .orElseThrow(() -> new DataException("data set '" + name + "' has no test log"));
    for (String task : example.tasks().names()) {
      example.trueProbabilities(task).ifPresent(known -> truth.put(task, known));
    }
    return new StudyData(
        name,
        description,
        example.schema(),
        example.tasks(),
        example.train(),
        example.validation(),
        test,
        example.userColumn(),
        truth,
        conditionals);
  }

  /**
   * With a column more: another's numbers, of which none is above a limit. What was trained without
   * it stays what it is.
   */
  StudyData clipped(String name, String column, double limit) {
    return new StudyData(
        this.name,
        description,
        schema,
        tasks,
        clipped(train, name, column, limit),
        clipped(validation, name, column, limit),
        clipped(test, name, column, limit),
        userColumn,
        truth,
        conditionals);
  }

  private static Dataset clipped(Dataset rows, String name, String column, double limit) {
    double[] all = values(rows, column);
    return rows.with(
        name, NumericColumn.of(Arrays.stream(all).map(v -> Math.min(v, limit)).toArray()));
  }

  /** The tasks from dense to sparse, by the positives of the training rows. */
  List<String> bySparsity() {
    return tasks.tasks().stream()
        .sorted(Comparator.comparingDouble((Task task) -> -positives(task)))
        .map(Task::name)
        .toList();
  }

  private double positives(Task task) {
    return Arrays.stream(values(train, task.label())).sum();
  }

  /** A column of numbers. */
  static double[] values(Dataset rows, String column) {
    return rows.column(column, NumericColumn.class).values();
  }
}
