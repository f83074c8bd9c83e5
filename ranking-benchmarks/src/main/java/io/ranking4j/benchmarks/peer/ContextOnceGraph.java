package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ResFlow model without shared layers and with two hidden layers, rewritten by hand as an expert
 * would for a peer that does not do it itself: the first layers of all towers are one product, what
 * depends on the context is computed once for all candidates, all tables are one so that one
 * look-up fetches a row's embeddings, and the shift of the logits stands in the bias of the heads.
 *
 * <p>Inputs are {@code context}, 1 x features, and {@code candidates}, rows x features, both rows
 * of the joined table (see {@link JoinedTable}); the output is rows x tasks.
 */
final class ContextOnceGraph {
  private final GraphWriter graph;
  private final RankingModel model;
  private final Numbers numbers;
  private final List<Task> tasks;

  private ContextOnceGraph(RankingModel model, GraphWriter graph) {
    this.graph = graph;
    this.model = model;
    this.numbers = new Numbers(model);
    this.tasks = model.tasks().tasks();
  }

  static void write(RankingModel model, GraphWriter graph) {
    new ContextOnceGraph(model, graph).write();
  }

  private void write() {
    JoinedTable joined = JoinedTable.of(model);
    InputLayout layout = model.encoder().layout();
    String table = graph.table("embeddings", joined.values(), joined.width());
    int context = layout.contextWidth();
    int all = layout.width();
    String user =
        graph.columns(
            graph.embed(table, graph.ids("context", 1, context / joined.width())), context);
    String items =
        graph.columns(
            graph.embed(
                table, graph.ids("candidates", -1, layout.candidateWidth() / joined.width())),
            layout.candidateWidth());

    int hidden = numbers.of(parameter(tasks.get(0), "1.bias")).length;
    float[] weights = Numbers.beside(each("1.weights"), all);
    int stacked = hidden * tasks.size();
    String once =
        graph.dense(
            "first_context",
            user,
            Numbers.rows(weights, stacked, 0, context),
            stacked,
            Numbers.beside(each("1.bias"), 1));
    String first =
        graph.denseOnto(
            "first_candidate", items, Numbers.rows(weights, stacked, context, all), stacked, once);
    first = graph.prelu("first_slope", first, Numbers.beside(each("1.slope"), 1));
    towers(first, hidden);
  }

  private void towers(String first, int hidden) {
    Map<String, String> firsts = new LinkedHashMap<>();
    Map<String, String> seconds = new LinkedHashMap<>();
    Map<String, String> logits = new LinkedHashMap<>();
    Map<String, Double> shifts = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      Task task = tasks.get(t);
      String z = graph.slice(first, t * hidden, hidden);
      String parent = task.residual().map(Residual::parent).orElse(null);
      if (parent != null) {
        z = graph.add(z, value(firsts, parent));
      }
      firsts.put(task.name(), z);
      float[] bias = numbers.of(parameter(task, "2.bias"));
      z =
          graph.dense(
              task.name() + "_second",
              z,
              numbers.of(parameter(task, "2.weights")),
              bias.length,
              bias);
      z = graph.prelu(task.name() + "_slope", z, numbers.of(parameter(task, "2.slope")));
      if (parent != null) {
        z = graph.add(z, value(seconds, parent));
      }
      seconds.put(task.name(), z);
      float[] head = numbers.of("head." + task.name() + ".bias");
      // A child's logit contains its parent's, whose shift must not come along.
      double inherited = parent == null ? 0 : value(shifts, parent);
      head[0] += (float) (numbers.shift(t) - inherited);
      shifts.put(task.name(), numbers.shift(t));
      String logit =
          graph.dense(
              task.name() + "_head", z, numbers.of("head." + task.name() + ".weights"), 1, head);
      if (parent != null) {
        logit = graph.add(logit, value(logits, parent));
      }
      logits.put(task.name(), logit);
      columns.add(logit);
    }
    graph.output(graph.sigmoid(graph.concat(columns)), columns.size());
  }

  private static <T> T value(Map<String, T> values, String task) {
    T value = values.get(task);
    if (value == null) {
      throw new IllegalArgumentException("parents must come before their children, not " + task);
    }
    return value;
  }

  private static String parameter(Task task, String name) {
    return "tower." + task.name() + "." + name;
  }

  private float[][] each(String name) {
    return tasks.stream().map(task -> numbers.of(parameter(task, name))).toArray(float[][]::new);
  }
}
