package io.ranking4j.runtime.plan;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.runtime.json.JsonException;
import io.ranking4j.runtime.kernel.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan as JSON and back. Reading trusts nothing: every value, width and shape is checked, so that
 * a plan that was read cannot reach outside of its arrays.
 */
public final class PlanCodec {
  /** Most steps of a plan that is read. */
  public static final int MAX_STEPS = 100_000;

  /** Widest value of a plan that is read. */
  public static final int MAX_WIDTH = 1 << 20;

  /** Most running statistics of a plan that is read. */
  public static final int MAX_STATES = 1 << 24;

  private static final int MAX_DEPTH = 100;

  private PlanCodec() {}

  /** Writes a plan as a JSON object. */
  public static String write(Plan plan) {
    return tree(plan).toString();
  }

  /** A plan as a JSON object. */
  public static Json tree(Plan plan) {
    Json root = Json.object();
    root.put("inputWidth", plan.input().width());
    Json parameters = root.putArray("parameters");
    for (Parameter parameter : plan.parameters()) {
      Json node = parameters.addObject();
      node.put("name", parameter.name());
      node.put("rows", parameter.rows());
      node.put("columns", parameter.columns());
      write(parameter.start(), node.putObject("start"));
    }
    Json steps = root.putArray("steps");
    plan.steps().forEach(step -> write(step, steps.addObject()));
    Json outputs = root.putArray("outputs");
    plan.outputs()
        .forEach((task, value) -> outputs.addObject().put("task", task).put("value", value.id()));
    return root;
  }

  private static void write(Start start, Json node) {
    if (start instanceof Start.Constant constant) {
      node.put("type", "constant").put("value", constant.value());
    } else if (start instanceof Start.BaseRate rate) {
      node.put("type", "baseRate").put("task", rate.task());
    } else if (start instanceof Start.Difference difference) {
      node.put("type", "difference");
      write(difference.whole(), node.putObject("whole"));
      write(difference.added(), node.putObject("added"));
    } else if (start instanceof Start.BaseRateRatio ratio) {
      node.put("type", "baseRateRatio").put("task", ratio.task()).put("parent", ratio.parent());
    } else {
      node.put("type", "glorot");
    }
  }

  private static void write(Step step, Json node) {
    if (step instanceof Step.Dense dense) {
      node.put("type", "dense").put("weights", dense.weights().name());
      putName(node, "bias", dense.bias());
    } else if (step instanceof Step.Activate activate) {
      node.put("type", "activate").put("activation", activate.activation().name());
      putName(node, "slope", activate.slope());
    } else if (step instanceof Step.BatchNorm norm) {
      node.put("type", "batchNorm");
      node.put("gamma", norm.gamma().name()).put("beta", norm.beta().name());
      node.put("momentum", norm.momentum()).put("epsilon", norm.epsilon());
    } else if (step instanceof Step.Dropout dropout) {
      node.put("type", "dropout").put("rate", dropout.rate());
    } else if (step instanceof Step.Add) {
      node.put("type", "add");
    } else if (step instanceof Step.Multiply) {
      node.put("type", "multiply");
    } else if (step instanceof Step.Columns columns) {
      node.put("type", "columns").put("from", columns.from());
    } else if (step instanceof Step.Concat) {
      node.put("type", "concat");
    } else if (step instanceof Step.LogitOfProduct) {
      node.put("type", "logitOfProduct");
    } else if (step instanceof Step.Softmax softmax) {
      node.put("type", "softmax").put("groups", softmax.groups());
    } else if (step instanceof Step.Mixture mixture) {
      node.put("type", "mixture").put("count", mixture.count());
    } else if (step instanceof Step.Dot dot) {
      node.put("type", "dot").put("scale", dot.scale());
    } else if (step instanceof Step.Pairs) {
      node.put("type", "pairs");
    }
    Json inputs = node.putArray("inputs");
    step.inputs().forEach(input -> inputs.add(input.id()));
    node.put("width", step.output().width()).put("output", step.output().id());
  }

  private static void putName(Json node, String key, @Nullable Parameter parameter) {
    if (parameter != null) {
      node.put(key, parameter.name());
    }
  }

  /**
   * Reads a plan.
   *
   * @throws ModelFileException where it is no plan, naming the step
   */
  public static Plan read(String json) {
    try {
      return read(Json.read(json, MAX_DEPTH));
    } catch (JsonException e) {
      throw new ModelFileException("the plan is not valid JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws ModelFileException where it is no plan, naming the step
   */
  public static Plan read(Json root) {
    return new Reader(root).read();
  }

  /** One reading; collects values and parameters by id and name. */
  private static final class Reader {
    private final Json root;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<List<String>> products = new HashSet<>();
    private final Map<Integer, Value> values = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private int parameterCount;
    private float[] states = new float[0];
    private String where = "plan";

    Reader(Json root) {
      this.root = root;
    }

    Plan read() {
      Value input = new Value(0, integer(root, "inputWidth", 1, MAX_WIDTH));
      values.put(0, input);
      for (Json node : array(root, "parameters")) {
        readParameter(node);
      }
      Json stepNodes = array(root, "steps");
      require(stepNodes.size() <= MAX_STEPS, "at most " + MAX_STEPS + " steps");
      for (Json node : stepNodes) {
        where = "step " + steps.size() + " of the plan";
        readStep(node);
      }
      where = "outputs of the plan";
      Map<String, Value> outputs = new LinkedHashMap<>();
      for (Json node : array(root, "outputs")) {
        Value value = value(integer(node, "value", 0, Integer.MAX_VALUE));
        require(outputs.put(text(node, "task"), value) == null, "each task once");
      }
      long outputWidth = 0;
      for (Value value : outputs.values()) {
        outputWidth += value.width();
      }
      require(outputWidth <= MAX_WIDTH, "at most " + MAX_WIDTH + " columns");
      try {
        return new Plan(
            input,
            steps,
            List.copyOf(parameters.values()),
            parameterCount,
            states,
            values.size(),
            outputs);
      } catch (IllegalArgumentException e) {
        throw new ModelFileException("the plan cannot be run: " + e.getMessage(), e);
      }
    }

    private void readParameter(Json node) {
      String name = text(node, "name");
      int rows = integer(node, "rows", 1, MAX_WIDTH);
      int columns = integer(node, "columns", 1, MAX_WIDTH);
      require((long) parameterCount + (long) rows * columns <= Integer.MAX_VALUE, "fewer floats");
      Parameter parameter =
          new Parameter(name, parameterCount, rows, columns, start(member(node, "start")));
      require(parameters.put(name, parameter) == null, "parameter '" + name + "' once");
      parameterCount += rows * columns;
    }

    private Start start(Json node) {
      String type = text(node, "type");
      return switch (type) {
        case "glorot" -> Start.Glorot.INSTANCE;
        case "constant" -> new Start.Constant(number(node, "value"));
        case "baseRate" -> new Start.BaseRate(text(node, "task"));
        // Of files that were written before there were other differences.
        case "baseRateDifference" ->
            new Start.Difference(
                new Start.BaseRate(text(node, "task")), new Start.BaseRate(text(node, "parent")));
        case "difference" ->
            new Start.Difference(start(member(node, "whole")), start(member(node, "added")));
        case "baseRateRatio" -> new Start.BaseRateRatio(text(node, "task"), text(node, "parent"));
        default -> throw bad("a known start, but was '" + type + "'");
      };
    }

    private void readStep(Json node) {
      List<Value> in = new ArrayList<>();
      for (Json id : array(node, "inputs")) {
        require(id.isInt(), "inputs that are numbers");
        in.add(value(id.intValue()));
      }
      String type = text(node, "type");
      require(!in.isEmpty(), "at least one input");
      int width = integer(node, "width", 1, MAX_WIDTH);
      int id = integer(node, "output", 1, Integer.MAX_VALUE);
      require(id == values.size(), "outputs numbered in order, " + values.size());
      Value out = new Value(id, width);
      Value x = in.get(0);
      Step step =
          switch (type) {
            case "dense" -> {
              yield dense(node, x, out);
            }
            case "activate" -> {
              Activation activation = activation(text(node, "activation"));
              Parameter slope = optional(node, "slope", width);
              require((activation == Activation.PRELU) == (slope != null), "slopes with PRELU");
              yield new Step.Activate(activation, slope, x, out);
            }
            case "batchNorm" -> {
              int offset = states.length;
              require(
                  offset + 2L * width <= MAX_STATES,
                  "at most " + MAX_STATES + " running statistics before and in it");
              states = Arrays.copyOf(states, offset + 2 * width);
              Arrays.fill(states, offset + width, states.length, 1f);
              float epsilon = number(node, "epsilon");
              require(epsilon > 0, "a positive epsilon");
              yield new Step.BatchNorm(
                  parameter(node, "gamma", 1, width),
                  parameter(node, "beta", 1, width),
                  offset,
                  number(node, "momentum"),
                  epsilon,
                  x,
                  out);
            }
            case "dropout" -> {
              float rate = number(node, "rate");
              require(rate > 0 && rate < 1, "a 'rate' in (0, 1)");
              yield new Step.Dropout(rate, x, out);
            }
            case "add" -> new Step.Add(x, second(in), out);
            case "multiply" -> new Step.Multiply(x, second(in), out);
            case "logitOfProduct" -> new Step.LogitOfProduct(x, second(in), out);
            case "columns" -> new Step.Columns(integer(node, "from", 0, x.width() - width), x, out);
            case "concat" -> new Step.Concat(in, out);
            case "softmax" -> new Step.Softmax(parts(node, "groups", width), x, out);
            case "mixture" -> mixture(node, in, out);
            case "dot" -> {
              parts(width, x.width());
              yield new Step.Dot(number(node, "scale"), x, second(in), out);
            }
            case "pairs" -> {
              parts(width, x.width());
              yield new Step.Pairs(x, out);
            }
            default -> throw bad("a known type of step, but was '" + type + "'");
          };
      long expected =
          switch (type) {
            case "dense", "columns", "mixture", "dot", "pairs" -> width;
            case "concat" -> in.stream().mapToLong(Value::width).sum();
            default -> x.width();
          };
      require(width == expected, "width " + expected + ", but was " + width);
      int arity = type.equals("concat") ? in.size() : step.inputs().size();
      require(in.size() == arity, arity + " inputs, but had " + in.size());
      values.put(id, out);
      steps.add(step);
    }

    /** A product may be that of an earlier one, with all of its parameters. */
    private Step dense(Json node, Value x, Value out) {
      List<String> names = new ArrayList<>(List.of(text(node, "weights")));
      if (node.has("bias")) {
        names.add(text(node, "bias"));
      }
      if (!products.add(names)) {
        names.forEach(used::remove);
      }
      Parameter weights = parameter(node, "weights", x.width(), out.width());
      return new Step.Dense(x, weights, optional(node, "bias", out.width()), out);
    }

    private Step mixture(Json node, List<Value> in, Value out) {
      require(in.size() == 2, "two inputs");
      int count = parts(node, "count", in.get(0).width());
      int sums = in.get(0).width() / count;
      long width = (long) sums * parts(count, in.get(1).width());
      require(width == out.width(), "width " + width + ", but was " + out.width());
      return new Step.Mixture(count, in.get(0), in.get(1), out);
    }

    private int parts(Json node, String key, int width) {
      int count = integer(node, key, 1, width);
      parts(count, width);
      return count;
    }

    /** How wide each of so many parts is. */
    private int parts(int count, int width) {
      require(width % count == 0, "columns that divide into " + count + " parts, but had " + width);
      return width / count;
    }

    private Value second(List<Value> in) {
      require(in.size() == 2, "two inputs");
      require(in.get(0).width() == in.get(1).width(), "inputs of one width");
      return in.get(1);
    }

    private Activation activation(String name) {
      for (Activation activation : Activation.values()) {
        if (activation.name().equals(name)) {
          return activation;
        }
      }
      throw bad("a known activation, but was '" + name + "'");
    }

    private Value value(int id) {
      Value value = values.get(id);
      if (value == null) {
        throw bad("values that were computed before, but read value " + id);
      }
      return value;
    }

    private Parameter parameter(Json node, String key, int rows, int columns) {
      String name = text(node, key);
      Parameter parameter = parameters.get(name);
      if (parameter == null) {
        throw bad("a known parameter, but was '" + name + "'");
      }
      require(
          parameter.rows() == rows && parameter.columns() == columns,
          "parameter '" + name + "' of shape " + rows + " x " + columns);
      require(used.add(name), "parameter '" + name + "' used once");
      return parameter;
    }

    private @Nullable Parameter optional(Json node, String key, int columns) {
      return node.has(key) ? parameter(node, key, 1, columns) : null;
    }

    private Json member(Json node, String key) {
      Json member = node.path(key);
      require(member.isObject(), "an object '" + key + "'");
      return member;
    }

    private Json array(Json node, String key) {
      Json member = node.path(key);
      require(member.isArray(), "a list '" + key + "'");
      return member;
    }

    private String text(Json node, String key) {
      Json member = node.path(key);
      require(member.isText(), "a text '" + key + "'");
      return member.text();
    }

    private float number(Json node, String key) {
      Json member = node.path(key);
      require(
          member.isNumber() && Float.isFinite(member.floatValue()),
          "a finite number '" + key + "'");
      return member.floatValue();
    }

    private int integer(Json node, String key, int least, int most) {
      Json member = node.path(key);
      require(
          member.isInt() && member.intValue() >= least && member.intValue() <= most,
          "'" + key + "' in [" + least + ", " + most + "]");
      return member.intValue();
    }

    private void require(boolean condition, String what) {
      if (!condition) {
        throw bad(what);
      }
    }

    private ModelFileException bad(String what) {
      return new ModelFileException(where + " must have " + what);
    }
  }
}
