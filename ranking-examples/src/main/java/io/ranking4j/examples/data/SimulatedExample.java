package io.ranking4j.examples.data;

import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.data.simulator.Split;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import java.util.Optional;

/** A simulated log, whose true probabilities are known. The options decide all of it. */
public final class SimulatedExample implements ExampleData {
  private final SimulatedLog log;
  private final TaskGraph tasks;

  /**
   * Simulates a log.
   *
   * @param options what it looks like
   * @param names the tasks; empty for all actions
   * @param links how they depend on one another; empty for the log's own links where no tasks are
   *     named, and for a chain where they are
   * @throws io.ranking4j.error.UnknownNameException where a task is no action of the log
   */
  public SimulatedExample(SimulatorOptions options, List<String> names, Optional<TaskLinks> links) {
    this.log = ImpressionSimulator.simulate(options);
    List<String> actions = log.tasks().names();
    this.tasks =
        names.isEmpty() && links.isEmpty()
            ? log.tasks()
            : links
                .orElseGet(TaskLinks.Chain::new)
                .graph(names.isEmpty() ? actions : names, actions);
  }

  /** The log. */
  public SimulatedLog log() {
    return log;
  }

  @Override
  public FeatureSchema schema() {
    return log.schema();
  }

  @Override
  public TaskGraph tasks() {
    return tasks;
  }

  @Override
  public Dataset train() {
    return log.train();
  }

  @Override
  public Dataset validation() {
    return log.validation();
  }

  @Override
  public Optional<Dataset> test(FeatureSchema features, TaskGraph labels) {
    return Optional.of(log.test());
  }

  @Override
  public Optional<double[]> trueProbabilities(String task) {
    return Optional.of(log.probability(Split.TEST, task));
  }

  @Override
  public Optional<String> userColumn() {
    return Optional.of("user_id");
  }

  @Override
  public Optional<String> requestColumn() {
    return Optional.of(SimulatedLog.REQUEST_ID);
  }

  @Override
  public Optional<String> idColumn() {
    return Optional.of(SimulatedLog.ITEM_ID);
  }

  @Override
  public List<String> signals() {
    return List.of(SimulatedLog.PRICE);
  }
}
