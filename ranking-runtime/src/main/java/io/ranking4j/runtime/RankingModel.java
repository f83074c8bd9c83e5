package io.ranking4j.runtime;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.file.ReadLimits;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.RequestLimits;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.input.UnknownFeatures;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.runtime.serving.ServingNetwork;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A trained model: the encoder of its features, embedding tables, the plan with its numbers, and
 * how the outputs become calibrated predictions. Immutable and safe to share. Fusion weights are
 * not part of it.
 */
public final class RankingModel {
  private final FeatureEncoder encoder;
  private final List<EmbeddingTable> tables;
  private final Plan plan;
  private final float[] parameters;
  private final float[] states;
  private final TaskGraph tasks;
  private final List<TaskOutput> outputs;
  private final Provenance provenance;

  /**
   * Puts a model together. The arrays and tables are taken over, not copied: whoever calls leaves
   * them alone afterwards.
   *
   * @param encoder the encoder of its features
   * @param tables the embedding tables, in the order of the encoder's layout
   * @param plan the network
   * @param parameters its parameters
   * @param states its running statistics
   * @param outputs by task, in the plan's order
   * @param provenance where it comes from
   * @throws IllegalArgumentException where the parts do not fit together
   * @throws UnknownNameException where a calibrator has segments by a feature that is not there
   */
  public RankingModel(
      FeatureEncoder encoder,
      List<EmbeddingTable> tables,
      Plan plan,
      float[] parameters,
      float[] states,
      List<TaskOutput> outputs,
      Provenance provenance) {
    this.encoder = encoder;
    this.tables = List.copyOf(tables);
    this.plan = plan;
    this.parameters = parameters;
    this.states = states;
    this.outputs = List.copyOf(outputs);
    List<Task> ofOutputs = new ArrayList<>();
    for (TaskOutput output : outputs) {
      ofOutputs.add(output.task());
    }
    this.tasks = TaskGraph.of(ofOutputs);
    this.provenance = provenance;
    check("input columns", encoder.layout().width(), plan.input().width());
    List<TableSpec> specs = EmbeddingTable.specs(tables);
    if (!specs.equals(encoder.layout().tables())) {
      throw new IllegalArgumentException(
          "the model needs tables " + encoder.layout().tables() + ", but was given " + specs);
    }
    check("parameters", plan.parameterCount(), parameters.length);
    check("states", plan.stateCount(), states.length);
    if (!List.copyOf(plan.outputs().keySet()).equals(tasks.names())) {
      throw new IllegalArgumentException(
          "the plan has outputs " + plan.outputs().keySet() + ", the tasks are " + tasks.names());
    }
    for (TaskOutput output : this.outputs) {
      if (output.calibrator().isPresent()) {
        output
            .calibrator()
            .get()
            .segmentFeature()
            .ifPresent(feature -> OutputCalibration.check(feature, encoder.schema()));
      }
    }
    for (Map.Entry<String, Value> output : plan.outputs().entrySet()) {
      int width = tasks.task(output.getKey()).kind().width();
      check("outputs of " + output.getKey(), width, output.getValue().width());
    }
  }

  private static void check(String what, int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "the model needs " + expected + " " + what + ", but was given " + actual);
    }
  }

  /**
   * Writes the model: to a temporary file first, synced and renamed, so that {@code file} is never
   * half-written.
   *
   * @throws IOException where it cannot be written; {@code file} is then as it was
   */
  public void save(Path file) throws IOException {
    ModelCodec.save(this, file);
  }

  /**
   * Reads a model, after verifying all of it.
   *
   * @throws io.ranking4j.error.ModelFileException where it is truncated, altered, too new, or no
   *     model file
   * @throws IOException where it cannot be read
   */
  public static RankingModel load(Path file) throws IOException {
    return load(file, ReadLimits.defaults());
  }

  /** Reads a model within limits; see {@link #load(Path)}. */
  public static RankingModel load(Path file, ReadLimits limits) throws IOException {
    return ModelCodec.load(file, limits);
  }

  /** The features. */
  public FeatureSchema schema() {
    return encoder.schema();
  }

  /** The tasks, in the order of the predictions. */
  public TaskGraph tasks() {
    return tasks;
  }

  /** How each task's outputs become predictions. */
  public List<TaskOutput> outputs() {
    return outputs;
  }

  /** Where it comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /** The encoder of its features. */
  public FeatureEncoder encoder() {
    return encoder;
  }

  /** The network. */
  public Plan plan() {
    return plan;
  }

  /** The network's parameters: a copy. */
  public float[] parameters() {
    return parameters.clone();
  }

  /** The network's running statistics: a copy. */
  public float[] states() {
    return states.clone();
  }

  /** The embedding tables, not to be written to. */
  public List<EmbeddingTable> tables() {
    return tables;
  }

  ServingNetwork freeze(Kernels kernels) {
    return ServingNetwork.of(encoder.layout(), tables, plan, parameters, states, kernels);
  }

  /**
   * The same model with a calibrator on top of a task's probabilities.
   *
   * @throws UnknownNameException where there is no such task, or no such feature as the calibrator
   *     has segments by
   * @throws IllegalArgumentException where the task predicts no probability, or the feature of the
   *     segments is not categorical with a vocabulary and one value in a row
   * @throws IllegalStateException where the task has a calibrator already; see {@link
   *     #withoutCalibrators}
   */
  public RankingModel withCalibrator(String task, Calibrator calibrator) {
    tasks.task(task);
    return withOutputs(
        outputs.stream()
            .map(output -> output.task().name().equals(task) ? output.with(calibrator) : output)
            .toList());
  }

  /** The same model without calibrators, to fit others to what it says then. */
  public RankingModel withoutCalibrators() {
    return withOutputs(outputs.stream().map(TaskOutput::withoutCalibrator).toList());
  }

  /** The same model without any correction: what the network itself says. For comparison only. */
  public RankingModel uncorrected() {
    return withOutputs(tasks.tasks().stream().map(TaskOutput::uncorrected).toList());
  }

  /** The same model with other corrections, for the same tasks in the same order. */
  public RankingModel withOutputs(List<TaskOutput> other) {
    return new RankingModel(encoder, tables, plan, parameters, states, other, provenance);
  }

  /**
   * The same model with another answer to values of a request whose names nobody knows; a model
   * that was trained or loaded refuses them.
   */
  public RankingModel unknownFeatures(UnknownFeatures answer) {
    return new RankingModel(
        encoder.unknownFeatures(answer), tables, plan, parameters, states, outputs, provenance);
  }

  /** The same model with other limits of requests; those of {@link RequestLimits} by default. */
  public RankingModel requestLimits(RequestLimits limits) {
    return new RankingModel(
        encoder.requestLimits(limits), tables, plan, parameters, states, outputs, provenance);
  }

  /**
   * The same model where some values are lost, say because the service that has them is down:
   * whatever requests and data sets have of them, they are scored as if it were missing.
   *
   * @param names of features or of keys of rates
   * @throws UnknownNameException where a name is neither
   * @throws IllegalArgumentException where a feature is required
   */
  public RankingModel without(Collection<String> names) {
    return new RankingModel(
        encoder.without(names), tables, plan, parameters, states, outputs, provenance);
  }

  /** The same model with one more entry of provenance. */
  public RankingModel withProvenance(String name, String value) {
    return new RankingModel(
        encoder, tables, plan, parameters, states, outputs, provenance.with(name, value));
  }

  @Override
  public String toString() {
    return "RankingModel[tasks=" + tasks.names() + ", provenance=" + provenance + "]";
  }
}
