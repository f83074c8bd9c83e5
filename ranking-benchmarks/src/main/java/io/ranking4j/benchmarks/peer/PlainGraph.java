package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model as somebody would write it in the peer's own layers: embeddings looked up by feature,
 * everything computed for each row. The input is {@code ids}, features x rows, or {@code x}, rows x
 * numbers; the output is rows x tasks.
 */
final class PlainGraph {
  private final GraphWriter graph;
  private final Numbers numbers;
  private final @Nullable String[] names;

  private PlainGraph(GraphWriter graph, RankingModel model) {
    this.graph = graph;
    this.numbers = new Numbers(model);
    this.names = new @Nullable String[model.plan().valueCount()];
  }

  static void write(RankingModel model, GraphWriter graph) {
    new PlainGraph(graph, model).write(model);
  }

  private void write(RankingModel model) {
    Plan plan = model.plan();
    names[plan.input().id()] = input(model);
    for (Step step : plan.steps()) {
      names[step.output().id()] = step(step);
    }
    List<String> probabilities = new ArrayList<>();
    int task = 0;
    for (var output : plan.outputs().entrySet()) {
      String shifted =
          graph.shift(output.getKey() + "_shift", name(output.getValue()), numbers.shift(task++));
      probabilities.add(graph.sigmoid(shifted));
    }
    graph.output(graph.concat(probabilities), probabilities.size());
  }

  private String input(RankingModel model) {
    List<EmbeddingField> fields = model.encoder().layout().embeddings();
    if (fields.isEmpty()) {
      return graph.numbers("x", model.encoder().layout().width());
    }
    if (!model.encoder().layout().dense().isEmpty()) {
      throw new IllegalArgumentException("peers are given embeddings or numbers, not both");
    }
    String ids = graph.ids("ids", fields.size(), -1);
    List<String> embeddings = new ArrayList<>();
    for (EmbeddingField field : fields) {
      String table =
          graph.table(field.feature(), model.tables().get(field.table()).values(), field.width());
      embeddings.add(graph.embed(table, graph.row(ids, field.index())));
    }
    return graph.concat(embeddings);
  }

  private String step(Step step) {
    if (step instanceof Step.Dense dense) {
      return graph.dense(
          dense.weights().name(),
          name(dense.input()),
          numbers.of(dense.weights()),
          dense.output().width(),
          dense.bias() == null ? null : numbers.of(dense.bias()));
    } else if (step instanceof Step.Activate activate) {
      String x = name(activate.input());
      return switch (activate.activation()) {
        case RELU -> graph.relu(x);
        case PRELU -> {
          var slope = Objects.requireNonNull(activate.slope());
          yield graph.prelu(slope.name(), x, numbers.of(slope));
        }
        default -> throw new IllegalArgumentException("no peer is given " + activate);
      };
    } else if (step instanceof Step.Add add) {
      return graph.add(name(add.left()), name(add.right()));
    }
    throw new IllegalArgumentException("no peer is given " + step);
  }

  private String name(Value value) {
    return Objects.requireNonNull(names[value.id()]);
  }
}
