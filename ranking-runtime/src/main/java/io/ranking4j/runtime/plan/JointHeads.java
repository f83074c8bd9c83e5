package io.ranking4j.runtime.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rewrites the ends of a network for serving: heads that are products, or sums of products such as
 * residuals between logits, become one product of all that they read, side by side. A product with
 * a single column takes as long as one with sixteen.
 */
final class JointHeads {
  /** How much more arithmetic, in columns of the inputs, the one product may have. */
  private static final int MOST_WASTE = 2;

  private static final int COLUMNS_AT_ONCE = 16;

  private final Plan plan;
  private final float[] parameters;
  private final Map<Integer, Step> producers = new HashMap<>();
  private final Map<Value, float[]> weights = new LinkedHashMap<>();
  private final float[] bias;
  private final int width;
  private int separateColumns;

  private JointHeads(Plan plan, float[] parameters) {
    this.plan = plan;
    this.parameters = parameters;
    this.width = plan.outputWidth();
    this.bias = new float[width];
    for (Step step : plan.steps()) {
      producers.put(step.output().id(), step);
    }
  }

  /**
   * The rewritten plan, with one output that has the columns of all, in order.
   *
   * @param plan the plan
   * @param parameters its parameters, the old ones first
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Joined(Plan plan, float[] parameters) {}

  /** Rewrites; empty where a head is no sum of products, or it would not pay. */
  static Optional<Joined> join(Plan plan, float[] parameters) {
    JointHeads heads = new JointHeads(plan, parameters);
    int column = 0;
    for (Value output : plan.outputs().values()) {
      if (!heads.expand(output, column)) {
        return Optional.empty();
      }
      column += output.width();
    }
    return heads.pays() ? Optional.of(heads.rewritten()) : Optional.empty();
  }

  /** Adds the products that a value is the sum of to the columns from {@code column} on. */
  private boolean expand(Value value, int column) {
    Step step = producers.get(value.id());
    if (step instanceof Step.Add add) {
      return expand(add.left(), column) && expand(add.right(), column);
    }
    if (!(step instanceof Step.Dense dense)) {
      return false;
    }
    Value source = dense.input();
    int firstRow = 0;
    Step maker = producers.get(source.id());
    while (maker instanceof Step.Columns || maker instanceof Step.Dropout) {
      firstRow += maker instanceof Step.Columns columns ? columns.from() : 0;
      source = maker.inputs().get(0);
      maker = producers.get(source.id());
    }
    float[] target = weights.get(source);
    if (target == null) {
      target = new float[source.width() * width];
      weights.put(source, target);
    }
    Parameter own = dense.weights();
    for (int r = 0; r < own.rows(); r++) {
      for (int c = 0; c < own.columns(); c++) {
        target[(firstRow + r) * width + column + c] +=
            parameters[own.offset() + r * own.columns() + c];
      }
    }
    if (dense.bias() != null) {
      for (int c = 0; c < own.columns(); c++) {
        bias[column + c] += parameters[dense.bias().offset() + c];
      }
    }
    separateColumns += own.rows();
    return true;
  }

  private boolean pays() {
    int columns = Value.widths(weights.keySet());
    int times = (width + COLUMNS_AT_ONCE - 1) / COLUMNS_AT_ONCE;
    return (long) columns * times <= (long) MOST_WASTE * separateColumns;
  }

  private Joined rewritten() {
    int valueCount = plan.valueCount();
    List<Step> ends = new ArrayList<>();
    List<Value> sources = List.copyOf(weights.keySet());
    int rows = Value.widths(sources);
    Value input = sources.get(0);
    if (sources.size() > 1) {
      input = new Value(valueCount++, rows);
      ends.add(new Step.Concat(sources, input));
    }
    Value output = new Value(valueCount++, width);
    int at = parameters.length;
    Start zero = new Start.Constant(0);
    Parameter joinedWeights = new Parameter("heads.weights", at, rows, width, zero);
    Parameter joinedBias = new Parameter("heads.bias", at + rows * width, 1, width, zero);
    ends.add(new Step.Dense(input, joinedWeights, joinedBias, output));

    float[] all = Arrays.copyOf(parameters, at + (rows + 1) * width);
    for (Value source : sources) {
      float[] part = weights.getOrDefault(source, new float[0]);
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    System.arraycopy(bias, 0, all, at, width);
    List<Parameter> named = new ArrayList<>(plan.parameters());
    named.add(joinedWeights);
    named.add(joinedBias);
    List<Step> steps = needed(sources);
    steps.addAll(ends);
    Plan joined =
        new Plan(
            plan.input(),
            steps,
            named,
            all.length,
            plan.initialStates(),
            valueCount,
            Map.of("heads", output));
    return new Joined(joined, all);
  }

  /** The steps that these values depend on, in order. */
  private List<Step> needed(List<Value> values) {
    BitSet used = new BitSet();
    for (Value value : values) {
      used.set(value.id());
    }
    List<Step> kept = new ArrayList<>();
    for (int i = plan.steps().size() - 1; i >= 0; i--) {
      Step step = plan.steps().get(i);
      if (used.get(step.output().id())) {
        kept.add(0, step);
        for (Value value : step.inputs()) {
          used.set(value.id());
        }
      }
    }
    return kept;
  }
}
