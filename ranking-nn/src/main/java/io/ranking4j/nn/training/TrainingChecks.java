package io.ranking4j.nn.training;

import io.ranking4j.error.TrainingRefusedException;
import io.ranking4j.nn.architecture.BiasInputs;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;

/** What training refuses, because no usable model can come of it. */
final class TrainingChecks {
  private TrainingChecks() {}

  /** Refuses a label (or the mask of a task) that is a feature, or part of the key of a rate. */
  static void labelsAreNoFeatures(FeatureSchema schema, TaskGraph tasks) {
    for (Task task : tasks.tasks()) {
      refuseFeature(schema, task.label(), "label of task '" + task.name() + "'");
      task.mask().ifPresent(mask -> refuseFeature(schema, mask, "mask of '" + task.name() + "'"));
    }
  }

  private static void refuseFeature(FeatureSchema schema, String column, String what) {
    for (Feature feature : schema.features()) {
      boolean key = feature instanceof RateFeature rate && rate.keys().contains(column);
      if (feature.name().equals(column) || key) {
        throw new TrainingRefusedException(
            "column '"
                + column
                + "' is the "
                + what
                + ", so it must not be a feature, but feature '"
                + feature.name()
                + "' reads it");
      }
    }
  }

  /**
   * Refuses features of a bias whose missing value is not learned.
   *
   * @throws io.ranking4j.error.UnknownNameException where there is no such feature
   */
  static void missingIsLearned(BiasInputs inputs, FeatureSchema schema) {
    for (String name : inputs.features()) {
      Feature feature = schema.feature(name);
      boolean one =
          feature instanceof CategoricalFeature categorical
              ? !categorical.multiValued()
              : feature instanceof NumericFeature numeric && numeric.bucketed();
      if (!one || !(feature.missing() instanceof MissingPolicy.Learned)) {
        throw new IllegalArgumentException(
            "the feature '"
                + name
                + "' of a bias must be categorical with one value, or a bucketed number, and its"
                + " missing value learned, but was "
                + feature);
      }
    }
  }

  /** Refuses a task all of whose labels are the same, or that has no row at all. */
  static void labelsVary(TaskGraph graph, EncodedLabels labels) {
    for (int t = 0; t < graph.size(); t++) {
      Task task = graph.tasks().get(t);
      long rows = 0;
      float first = 0;
      boolean varies = false;
      for (int r = 0; r < labels.rows() && !varies; r++) {
        if (labels.weight(r, t) > 0) {
          if (rows++ == 0) {
            first = labels.label(r, t);
          }
          varies = labels.label(r, t) != first;
        }
      }
      if (!varies) {
        throw new TrainingRefusedException(
            rows == 0
                ? "task '" + task.name() + "' has no row to learn from"
                : "label '"
                    + task.label()
                    + "' of task '"
                    + task.name()
                    + "' must vary, but is "
                    + first
                    + " in all of its "
                    + rows
                    + " rows");
      }
    }
  }

  /**
   * Refuses validation data that could not tell one epoch from another: without both classes of the
   * watched task, or of any where all are watched.
   */
  static void validationTells(TaskGraph graph, EarlyStopping stopping, EncodedLabels labels) {
    for (int t = 0; t < graph.size(); t++) {
      Task task = graph.tasks().get(t);
      boolean watched = stopping.task().map(task.name()::equals).orElse(true);
      if (watched && measurable(task, t, labels)) {
        return;
      }
    }
    throw new TrainingRefusedException(
        "the validation data must tell which epoch is best, but has no positive or no negative of "
            + stopping.task().map(name -> "task '" + name + "'").orElse("any task"));
  }

  private static boolean measurable(Task task, int t, EncodedLabels labels) {
    boolean positive = false;
    boolean negative = false;
    for (int r = 0; r < labels.rows(); r++) {
      if (labels.weight(r, t) > 0) {
        positive |= labels.label(r, t) == 1;
        negative |= labels.label(r, t) != 1;
      }
    }
    return task.kind().probability() ? positive && negative : positive || negative;
  }
}
