package io.ranking4j.onnx;

import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.task.Task;
import java.util.List;
import java.util.Set;

/** Makes of the network's outputs what the user is given: corrected probabilities. */
final class OutputTranslator {
  private final OnnxGraph graph;
  private final Set<String> raw;

  /**
   * For a graph.
   *
   * @param raw the tasks of which the network's own outputs are wanted
   */
  OutputTranslator(OnnxGraph graph, Set<String> raw) {
    this.graph = graph;
    this.raw = raw;
  }

  /**
   * Declares the outputs of the graph.
   *
   * @throws IllegalArgumentException where one cannot be expressed, naming its task
   */
  void declare(List<TaskOutput> outputs) {
    for (TaskOutput output : outputs) {
      Task task = output.task();
      if (raw.contains(task.name())) {
        graph.output(
            task.name(),
            "the network's outputs for task '" + task.name() + "'",
            OnnxGraph.ROWS,
            OnnxGraph.fixed(task.kind().width()));
      } else {
        check(output);
        graph.output(task.name(), "the probability of task '" + task.name() + "'", OnnxGraph.ROWS);
      }
    }
  }

  private static void check(TaskOutput output) {
    Task task = output.task();
    if (!task.kind().probability()) {
      throw new IllegalArgumentException(
          "task '"
              + task.name()
              + "' is of kind '"
              + task.kind().typeId()
              + "', whose predictions ONNX cannot express, only probabilities; export the"
              + " network's outputs for it with raw(\""
              + task.name()
              + "\")");
    }
    output.calibrator().ifPresent(calibrator -> check(task, calibrator));
  }

  private static void check(Task task, Calibrator calibrator) {
    if (!CalibratorTranslator.TYPE_IDS.contains(calibrator.typeId())) {
      throw new IllegalArgumentException(
          "task '"
              + task.name()
              + "' has a calibrator of type '"
              + calibrator.typeId()
              + "', of which ONNX can express "
              + CalibratorTranslator.TYPE_IDS
              + "; export the network's outputs for it with raw(\""
              + task.name()
              + "\")");
    }
  }

  /** Adds what computes a declared output from the value that the network gives for it. */
  void translate(TaskOutput output, String value) {
    String name = output.task().name();
    if (raw.contains(name)) {
      graph.give(name, "Identity", value);
      return;
    }
    String own = "output." + name;
    double shift = output.logitShift() + output.intercept();
    String logit =
        shift == 0
            ? value
            : graph.node("Add", own + "_logit", value, graph.number(own + "_shift", shift));
    String probability =
        output
            .calibrator()
            .map(calibrator -> new CalibratorTranslator(graph, own).translate(calibrator, logit))
            .orElseGet(() -> graph.node("Sigmoid", own + "_probability", logit));
    graph.give(name, "Squeeze", probability, graph.longs(own + "_axis", 1));
  }
}
