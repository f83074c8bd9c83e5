package io.ranking4j.nn.gradient;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of a plan one after the other as their formulas stand, in double precision, on
 * row-major arrays: what everything else is compared with. With the statistics of the batch and
 * dropout masks as in training, or with running statistics as in serving.
 */
final class PlanInterpreter {
  private final Plan plan;
  private final int rows;
  private final double @Nullable [] states;
  private final List<double[]> masks;

  private PlanInterpreter(Plan plan, int rows, double @Nullable [] states, List<double[]> masks) {
    this.plan = plan;
    this.rows = rows;
    this.states = states;
    this.masks = masks;
  }

  /** As in training; with a mask for each dropout, in the order of the steps. */
  static PlanInterpreter training(Plan plan, int rows, List<double[]> masks) {
    return new PlanInterpreter(plan, rows, null, masks);
  }

  /** As in serving. */
  static PlanInterpreter serving(Plan plan, int rows, double[] states) {
    return new PlanInterpreter(plan, rows, states, List.of());
  }

  /** The outputs of all tasks side by side, rows x output width. */
  double[] run(double[] input, double[] parameters) {
    double[][] values = new double[plan.valueCount()][];
    values[0] = input;
    int dropouts = 0;
    for (Step step : plan.steps()) {
      double[] mask = null;
      if (step instanceof Step.Dropout) {
        mask = states != null ? null : masks.get(dropouts++);
      }
      values[step.output().id()] = run(step, values, parameters, mask);
    }
    return sideBySide(values, List.copyOf(plan.outputs().values()));
  }

  private double[] run(
      Step step, double[][] values, double[] parameters, double @Nullable [] mask) {
    double[] x = values[step.inputs().get(0).id()];
    int width = step.output().width();
    double[] y = new double[rows * width];
    if (step instanceof Step.Dense dense) {
      product(dense, x, parameters, y);
    } else if (step instanceof Step.Activate activate) {
      Parameter slope = activate.slope();
      for (int i = 0; i < y.length; i++) {
        double s = slope == null ? 0 : parameters[slope.offset() + i % width];
        y[i] = activate(activate.activation(), x[i], s);
      }
    } else if (step instanceof Step.BatchNorm norm) {
      normalise(norm, x, parameters, y);
    } else if (step instanceof Step.Dropout) {
      for (int i = 0; i < y.length; i++) {
        y[i] = mask == null ? x[i] : x[i] * mask[i];
      }
    } else if (step instanceof Step.Columns columns) {
      for (int i = 0; i < y.length; i++) {
        y[i] = x[i / width * columns.input().width() + columns.from() + i % width];
      }
    } else if (step instanceof Step.Concat concat) {
      return sideBySide(values, concat.inputs());
    } else if (step instanceof Step.Softmax softmax) {
      softmax(width / softmax.groups(), x, y);
    } else if (step instanceof Step.Mixture mixture) {
      mix(mixture, x, values[mixture.values().id()], y);
    } else if (step instanceof Step.Dot dot) {
      double[] other = values[dot.right().id()];
      for (int i = 0; i < x.length; i++) {
        y[i / (dot.left().width() / width)] += dot.scale() * x[i] * other[i];
      }
    } else if (step instanceof Step.Pairs pairs) {
      pairs(pairs.input().width(), width, x, y);
    } else {
      double[] other = values[step.inputs().get(1).id()];
      for (int i = 0; i < y.length; i++) {
        y[i] = combine(step, x[i], other[i]);
      }
    }
    return y;
  }

  private void product(Step.Dense dense, double[] x, double[] parameters, double[] y) {
    int in = dense.input().width();
    int out = dense.output().width();
    Parameter bias = dense.bias();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < out; c++) {
        double sum = bias == null ? 0 : parameters[bias.offset() + c];
        for (int i = 0; i < in; i++) {
          sum += x[r * in + i] * parameters[dense.weights().offset() + i * out + c];
        }
        y[r * out + c] = sum;
      }
    }
  }

  private static double activate(Activation activation, double x, double slope) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> x > 0 ? x : 0;
      case PRELU -> x > 0 ? x : slope * x;
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    };
  }

  private void normalise(Step.BatchNorm norm, double[] x, double[] parameters, double[] y) {
    int width = norm.input().width();
    for (int c = 0; c < width; c++) {
      double mean = 0;
      double variance = 0;
      if (states != null) {
        mean = states[norm.meanOffset() + c];
        variance = states[norm.varianceOffset() + c];
      } else {
        for (int r = 0; r < rows; r++) {
          mean += x[r * width + c] / rows;
        }
        for (int r = 0; r < rows; r++) {
          variance += (x[r * width + c] - mean) * (x[r * width + c] - mean) / rows;
        }
      }
      for (int r = 0; r < rows; r++) {
        y[r * width + c] =
            parameters[norm.gamma().offset() + c]
                    * (x[r * width + c] - mean)
                    / Math.sqrt(variance + norm.epsilon())
                + parameters[norm.beta().offset() + c];
      }
    }
  }

  private static void softmax(int group, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      double sum = 0;
      for (int k = i / group * group; k < (i / group + 1) * group; k++) {
        sum += Math.exp(x[k] - x[i]);
      }
      y[i] = 1 / sum;
    }
  }

  private void mix(Step.Mixture mixture, double[] weights, double[] values, double[] y) {
    int count = mixture.count();
    int width = mixture.values().width() / count;
    int sums = mixture.weights().width() / count;
    for (int i = 0; i < y.length; i++) {
      int r = i / (sums * width);
      int s = i / width % sums;
      for (int n = 0; n < count; n++) {
        y[i] += weights[(r * sums + s) * count + n] * values[(r * count + n) * width + i % width];
      }
    }
  }

  private void pairs(int in, int width, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      for (int a = i % width; a < in; a += width) {
        for (int b = i % width; b < a; b += width) {
          y[i] += x[i / width * in + a] * x[i / width * in + b];
        }
      }
    }
  }

  private static double combine(Step step, double a, double b) {
    if (step instanceof Step.Add) {
      return a + b;
    } else if (step instanceof Step.Multiply) {
      return a * b;
    } else if (step instanceof Step.LogitOfProduct) {
      double largest = Math.max(Math.max(-a, -b), -a - b);
      double sum = Math.exp(-a - largest) + Math.exp(-b - largest) + Math.exp(-a - b - largest);
      return -largest - Math.log(sum);
    }
    throw new IllegalStateException("unknown step " + step);
  }

  private double[] sideBySide(double[][] values, List<Value> parts) {
    int width = parts.stream().mapToInt(Value::width).sum();
    double[] all = new double[rows * width];
    int at = 0;
    for (Value part : parts) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(values[part.id()], r * part.width(), all, r * width + at, part.width());
      }
      at += part.width();
    }
    return all;
  }
}
