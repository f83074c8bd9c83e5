package io.ranking4j.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.ranking4j.spi.Calibrator;
import java.util.List;

/**
 * Adds what a calibrator computes to a graph. It is known by its type id and parameters, which are
 * what model files hold of it, so that export does not need the classes that fit it.
 */
final class CalibratorTranslator {
  /** What can be expressed. */
  static final List<String> TYPE_IDS = List.of("platt", "temperature", "beta", "isotonic");

  /** The largest distance from 0 that a logarithm of a probability has in all of them. */
  private static final double BOUND = 40;

  private final OnnxGraph graph;
  private final String prefix;

  /**
   * For one output.
   *
   * @param prefix what names begin with
   */
  CalibratorTranslator(OnnxGraph graph, String prefix) {
    this.graph = graph;
    this.prefix = prefix;
  }

  /** Adds a calibrator; from logits, rows x 1, to calibrated probabilities, rows x 1. */
  String translate(Calibrator calibrator, String logit) {
    double[] p = calibrator.parameters();
    return switch (calibrator.typeId()) {
      case "platt" -> sigmoid(line(bounded(logit), p[0], p[1]));
      case "temperature" -> sigmoid(line(bounded(logit), 1 / p[0], 0));
      case "beta" -> beta(logit, p[0], p[1], p[2]);
      case "isotonic" -> isotonic(logit, p);
      default ->
          throw new IllegalArgumentException(
              "no such calibrator can be exported: '" + calibrator.typeId() + "'");
    };
  }

  private String sigmoid(String logit) {
    return graph.node("Sigmoid", prefix + "_calibrated", logit);
  }

  private String bounded(String logit) {
    return graph.node(
        "Clip",
        prefix + "_bounded",
        logit,
        graph.number(prefix + "_least", -BOUND),
        graph.number(prefix + "_most", BOUND));
  }

  private String line(String x, double slope, double intercept) {
    String scaled =
        graph.node("Mul", prefix + "_scaled", x, graph.number(prefix + "_slope", slope));
    return graph.node(
        "Add", prefix + "_line", scaled, graph.number(prefix + "_intercept", intercept));
  }

  /** {@code a ln p - b ln(1 - p) + c}, with {@code -ln(1 - p) = softplus(z)}. */
  private String beta(String logit, double a, double b, double c) {
    String negative = graph.node("Neg", prefix + "_negative", logit);
    String ofPositive =
        graph.node(
            "Mul",
            prefix + "_of_p",
            minusLog(negative, prefix + "_log_p"),
            graph.number(prefix + "_a", -a));
    String ofNegative =
        graph.node(
            "Mul",
            prefix + "_of_1_p",
            minusLog(logit, prefix + "_log_1_p"),
            graph.number(prefix + "_b", b));
    return sigmoid(
        graph.node(
            "Sum", prefix + "_beta", ofPositive, ofNegative, graph.number(prefix + "_c", c)));
  }

  /** {@code -ln(1 - sigmoid(z))}, at most {@value #BOUND}. */
  private String minusLog(String z, String name) {
    return graph.node(
        "Min",
        name,
        graph.node("Softplus", name + "_unbounded", z),
        graph.number(name + "_most", BOUND));
  }

  /**
   * Straight lines between knots, flat outside. How many knots are at or below the probability says
   * which line it is on. In double precision: knots may be closer to each other than floats are.
   */
  private String isotonic(String logit, double[] parameters) {
    int knots = parameters.length / 2;
    double[] at = new double[knots];
    double[] left = new double[knots + 1];
    double[] width = new double[knots + 1];
    double[] below = new double[knots + 1];
    double[] above = new double[knots + 1];
    for (int k = 0; k < knots; k++) {
      at[k] = parameters[2 * k];
      left[k + 1] = at[k];
      below[k + 1] = parameters[2 * k + 1];
      above[k] = parameters[2 * k + 1];
    }
    below[0] = above[0];
    above[knots] = below[knots];
    for (int line = 0; line <= knots; line++) {
      boolean between = line > 0 && line < knots;
      width[line] = between ? at[line] - left[line] : 1;
    }
    String z = graph.cast(logit, DataType.DOUBLE);
    // Written out, as the scorer has it: what is compared with knots must round the same way.
    String one = graph.doubles(prefix + "_one", 1);
    String exp = graph.node("Exp", prefix + "_exp", graph.node("Neg", prefix + "_minus_z", z));
    String p = graph.node("Div", prefix + "_p", one, graph.node("Add", prefix + "_sum", one, exp));
    String reached =
        graph.cast(
            graph.node("GreaterOrEqual", prefix + "_reached", p, graph.doubles(prefix + "_at", at)),
            DataType.INT64);
    String line =
        graph.node("ReduceSum", prefix + "_line", reached, graph.longs(prefix + "_knots", 1));
    String low = pick("below", below, line);
    String high = pick("above", above, line);
    String along = graph.node("Sub", prefix + "_along", p, pick("left", left, line));
    String share = graph.node("Div", prefix + "_share", along, pick("width", width, line));
    String rise =
        graph.node(
            "Mul", prefix + "_rise", graph.node("Sub", prefix + "_height", high, low), share);
    String risen = graph.node("Add", prefix + "_risen", low, rise);
    return graph.cast(graph.node("Min", prefix + "_exact", risen, high), DataType.FLOAT);
  }

  private String pick(String what, double[] values, String line) {
    return graph.node(
        "Gather", prefix + "_" + what, graph.doubles(prefix + "_" + what + "_of", values), line);
  }
}
