package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers that multiply features with each other, shared by all tasks, before another architecture:
 *
 * <ul>
 *   <li>cross layers of DCN-v2 (Wang et al. 2021), stacked, {@code x' = x0 * (x W + b) + x}; the
 *       other architecture reads what the last one gives in place of the input;
 *   <li>a factorisation machine (Rendle 2010) over the embeddings of one width, as in DeepFM (Guo
 *       et al. 2017): the sum over pairs of their products is weighted, column by column, for each
 *       task, and added to its outputs. With weights of 1 it is the machine's own term.
 * </ul>
 *
 * <p>A network with them is served whole: its first layer is not taken apart into what depends on
 * the context alone.
 *
 * @param inner the other architecture
 * @param crossLayers how many cross layers there are, at least 0
 * @param factorization whether there is a factorisation machine
 */
public record Interactions(Architecture inner, int crossLayers, boolean factorization)
    implements Around {
  /** Refuses a negative number of layers, and to mix what only a bias may read with the rest. */
  public Interactions {
    if (crossLayers < 0) {
      throw new IllegalArgumentException("crossLayers must be at least 0, but was " + crossLayers);
    }
    if (inner.biasInputs().isPresent()) {
      throw new IllegalArgumentException(
          "a bias tower must be around layers that multiply features, but was within them: "
              + inner.name());
    }
  }

  @Override
  public String name() {
    String cross = crossLayers == 0 ? "" : crossLayers == 1 ? "+cross" : "+cross" + crossLayers;
    return inner.name() + cross + (factorization ? "+fm" : "");
  }

  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>(inner.properties());
    properties.put("crossLayers", Integer.toString(crossLayers));
    properties.put("factorization", Boolean.toString(factorization));
    return properties;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException with a factorisation machine, which must know the embeddings
   */
  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    if (factorization) {
      throw new IllegalArgumentException(
          "a factorisation machine needs to know the columns of the embeddings, not only the "
              + inputWidth
              + " columns of the input");
    }
    return plan(new PlanBuilder(inputWidth), inner.plan(inputWidth, tasks), tasks, List.of());
  }

  @Override
  public Plan plan(InputLayout input, TaskGraph tasks) {
    List<EmbeddingField> fields = factorization ? fields(input) : List.of();
    return plan(new PlanBuilder(input.width()), inner.plan(input, tasks), tasks, fields);
  }

  private Plan plan(PlanBuilder plan, Plan rest, TaskGraph tasks, List<EmbeddingField> fields) {
    Value x = plan.input();
    for (int layer = 1; layer <= crossLayers; layer++) {
      Value weighted = plan.dense("cross." + layer, x, x.width());
      x = plan.add(plan.multiply(plan.input(), weighted), x);
    }
    Map<String, Value> outputs = plan.append("", rest, x);
    if (!fields.isEmpty()) {
      int width = fields.get(0).width();
      List<Value> embeddings = new ArrayList<>();
      fields.forEach(field -> embeddings.add(plan.columns(plan.input(), field.offset(), width)));
      Value pairs = plan.pairs(plan.concat(embeddings), width);
      for (String task : tasks.names()) {
        Value output = Heads.of(outputs, task);
        Value term = plan.dense("fm." + task, pairs, output.width(), (Start) null);
        outputs.put(task, plan.add(output, term));
      }
    }
    outputs.forEach(plan::output);
    return plan.build();
  }

  /** The embeddings of the width that most of them have. */
  private static List<EmbeddingField> fields(InputLayout input) {
    Map<Integer, List<EmbeddingField>> byWidth = new LinkedHashMap<>();
    input
        .embeddings()
        .forEach(
            field -> byWidth.computeIfAbsent(field.width(), w -> new ArrayList<>()).add(field));
    List<EmbeddingField> most = List.of();
    for (List<EmbeddingField> fields : byWidth.values()) {
      most = fields.size() > most.size() ? fields : most;
    }
    if (most.size() < 2) {
      throw new IllegalArgumentException(
          "a factorisation machine needs two embeddings of one width, but the input has "
              + input.embeddings());
    }
    return most;
  }
}
