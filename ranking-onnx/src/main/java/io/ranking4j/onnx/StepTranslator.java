package io.ranking4j.onnx;

import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds the steps of a plan to a graph, as serving runs them. */
final class StepTranslator {
  private final OnnxGraph graph;
  private final Plan plan;
  private final float[] parameters;
  private final float[] states;
  private final @Nullable String[] names;

  StepTranslator(OnnxGraph graph, Plan plan, float[] parameters, float[] states) {
    this.graph = graph;
    this.plan = plan;
    this.parameters = parameters;
    this.states = states;
    this.names = new @Nullable String[plan.valueCount()];
  }

  /** Adds all steps; {@code input} is the input of the network. */
  void translate(String input) {
    names[plan.input().id()] = input;
    for (Step step : plan.steps()) {
      names[step.output().id()] = translate(step, "value_" + step.output().id());
    }
  }

  /** What a value of the plan is called in the graph. */
  String name(Value value) {
    return Objects.requireNonNull(names[value.id()]);
  }

  private String translate(Step step, String name) {
    if (step instanceof Step.Dense dense) {
      return dense(dense, name);
    } else if (step instanceof Step.Activate activate) {
      return activate(activate, name);
    } else if (step instanceof Step.BatchNorm norm) {
      return normalize(norm, name);
    } else if (step instanceof Step.Dropout dropout) {
      return name(dropout.input());
    } else if (step instanceof Step.Add add) {
      return graph.node("Add", name, name(add.left()), name(add.right()));
    } else if (step instanceof Step.Multiply multiply) {
      return graph.node("Mul", name, name(multiply.left()), name(multiply.right()));
    } else if (step instanceof Step.Columns columns) {
      return graph.columns(name, name(columns.input()), columns.from(), columns.output().width());
    } else if (step instanceof Step.Concat concat) {
      return graph.concat(name, concat.inputs().stream().map(this::name).toArray(String[]::new));
    } else if (step instanceof Step.LogitOfProduct product) {
      return logitOfProduct(name(product.left()), name(product.right()), name);
    } else if (step instanceof Step.Softmax softmax) {
      String parts = parts(name(softmax.input()), softmax.groups(), name);
      return flat(graph.node("Softmax", "axis", 2, name + "_shares", parts), name);
    } else if (step instanceof Step.Mixture mixture) {
      return mixture(mixture, name);
    } else if (step instanceof Step.Dot dot) {
      String product = graph.node("Mul", name + "_product", name(dot.left()), name(dot.right()));
      String sums = sums(parts(product, dot.output().width(), name), 2, name);
      return graph.node("Mul", name, sums, graph.number(name + "_scale", dot.scale()));
    } else if (step instanceof Step.Pairs pairs) {
      return pairs(pairs, name);
    }
    throw new IllegalStateException("a step that cannot be exported: " + step);
  }

  /** Rows x parts x columns of a part. */
  private String parts(String input, int count, String name) {
    String shape = graph.longs(name + "_shape", 0, count, -1);
    return graph.node("Reshape", name + "_parts", input, shape);
  }

  /** Back to rows x columns. */
  private String flat(String parts, String name) {
    return graph.node("Reshape", name, parts, graph.longs(name + "_flat", 0, -1));
  }

  /** Sums over one of the axes of parts. */
  private String sums(String parts, int axis, String name) {
    String axes = graph.longs(name + "_axes", axis);
    return graph.node("ReduceSum", "keepdims", 0, name + "_sums", parts, axes);
  }

  private String mixture(Step.Mixture step, String name) {
    int sums = step.weights().width() / step.count();
    String weights = parts(name(step.weights()), sums, name + "_weights");
    String values = parts(name(step.values()), step.count(), name + "_values");
    return flat(graph.node("MatMul", name + "_mixed", weights, values), name);
  }

  /** {@code ((sum v)^2 - sum v^2) / 2}. */
  private String pairs(Step.Pairs step, String name) {
    int count = step.input().width() / step.output().width();
    String parts = parts(name(step.input()), count, name);
    String sum = sums(parts, 1, name + "_all");
    String squares = graph.node("Mul", name + "_squares", parts, parts);
    String squareOfSum = graph.node("Mul", name + "_square", sum, sum);
    String twice =
        graph.node("Sub", name + "_twice", squareOfSum, sums(squares, 1, name + "_squared"));
    return graph.node("Mul", name, twice, graph.number(name + "_half", 0.5));
  }

  private String dense(Step.Dense step, String name) {
    String input = name(step.input());
    String weights = matrix(step.weights());
    return step.bias() == null
        ? graph.node("MatMul", name, input, weights)
        : graph.node("Gemm", name, input, weights, vector(step.bias()));
  }

  private String activate(Step.Activate step, String name) {
    String input = name(step.input());
    return switch (step.activation()) {
      case NONE -> input;
      case RELU -> graph.node("Relu", name, input);
      case PRELU -> graph.node("PRelu", name, input, vector(Objects.requireNonNull(step.slope())));
      case TANH -> graph.node("Tanh", name, input);
      case SIGMOID -> graph.node("Sigmoid", name, input);
      case SOFTPLUS -> graph.node("Softplus", name, input);
    };
  }

  /** By the running statistics, as one scale and one shift for each column. */
  private String normalize(Step.BatchNorm step, String name) {
    int width = step.input().width();
    float[] scale = new float[width];
    float[] shift = new float[width];
    for (int c = 0; c < width; c++) {
      double deviation = Math.sqrt((double) states[step.varianceOffset() + c] + step.epsilon());
      double factor = parameters[step.gamma().offset() + c] / deviation;
      scale[c] = (float) factor;
      shift[c] =
          (float) (parameters[step.beta().offset() + c] - states[step.meanOffset() + c] * factor);
    }
    String scaled =
        graph.node(
            "Mul",
            name + "_scaled",
            name(step.input()),
            graph.floats(step.gamma().name() + ".scale", scale, width));
    return graph.node(
        "Add", name, scaled, graph.floats(step.beta().name() + ".shift", shift, width));
  }

  /**
   * {@code logit(sigmoid(a) sigmoid(b)) = -ln(exp(-a) + exp(-b) + exp(-a - b))}, with the largest
   * exponent taken out, so that it neither cancels nor overflows.
   */
  private String logitOfProduct(String left, String right, String name) {
    String u = graph.node("Neg", name + "_u", left);
    String v = graph.node("Neg", name + "_v", right);
    String both = graph.node("Add", name + "_uv", u, v);
    String largest = graph.node("Max", name + "_largest", u, v, both);
    String sum =
        graph.node(
            "Sum",
            name + "_sum",
            exponential(u, largest, name + "_exp_u"),
            exponential(v, largest, name + "_exp_v"),
            exponential(both, largest, name + "_exp_uv"));
    String logarithm = graph.node("Log", name + "_log", sum);
    String negative = graph.node("Add", name + "_negative", largest, logarithm);
    return graph.node("Neg", name, negative);
  }

  private String exponential(String exponent, String largest, String name) {
    return graph.node("Exp", name, graph.node("Sub", name + "_reduced", exponent, largest));
  }

  private String matrix(Parameter parameter) {
    return constant(parameter, parameter.rows(), parameter.columns());
  }

  private String vector(Parameter parameter) {
    return constant(parameter, parameter.columns());
  }

  private String constant(Parameter parameter, long... dims) {
    return graph.part(parameter.name(), parameters, parameter.offset(), parameter.size(), dims);
  }
}
