package io.ranking4j.examples.data;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import java.util.Optional;

/**
 * A data set to train on, evaluate on and rank from. Reads its files when they are first asked for;
 * not safe to share between threads.
 */
public interface ExampleData {
  /** The features that a model of it reads. */
  FeatureSchema schema();

  /** What is predicted. */
  TaskGraph tasks();

  /**
   * The rows to learn from, with the counts of rate features.
   *
   * @throws io.ranking4j.error.RankingException where a file is missing or not what it must be
   */
  Dataset train();

  /**
   * The rows that decide which epoch is best: later than those to learn from where there is time.
   *
   * @throws io.ranking4j.error.RankingException where a file is missing or not what it must be
   */
  Dataset validation();

  /**
   * The rows to measure on, with all columns that a model reads and is measured by; empty where
   * there are none. Rates are not counted in them: the model looks them up in its own tables.
   *
   * @param features the features of the model
   * @param labels the tasks of the model
   * @throws io.ranking4j.error.RankingException where a file is missing or not what it must be
   */
  Optional<Dataset> test(FeatureSchema features, TaskGraph labels);

  /** The true probabilities of a task by row of the test rows, where they are known. */
  default Optional<double[]> trueProbabilities(String task) {
    return Optional.empty();
  }

  /** The column of the user, by which GAUC groups; empty where rows have none. */
  Optional<String> userColumn();

  /** The column of the request; empty where the log does not know requests. */
  default Optional<String> requestColumn() {
    return Optional.empty();
  }

  /** The column with the id of what is ranked; empty where it is the number of the row. */
  Optional<String> idColumn();

  /** The column of the day, a number, where the test rows are of several; else empty. */
  default Optional<String> dayColumn() {
    return Optional.empty();
  }

  /** What to tell who trains on it, a line each. */
  default List<String> remarks() {
    return List.of();
  }

  /** Columns of numbers that a fusion may use as signals. */
  List<String> signals();
}
