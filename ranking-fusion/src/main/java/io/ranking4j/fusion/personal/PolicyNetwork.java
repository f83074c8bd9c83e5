package io.ranking4j.fusion.personal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A softmax over arms on one hidden layer, or none, of standardised features, with a head beside it
 * that predicts the reward. Its parameters are one array: of the hidden layer, of every arm, of the
 * value, each row's bias last. Not safe to share: it has room for one request.
 */
final class PolicyNetwork {
  private final double[] center;
  private final double[] scale;
  private final int arms;
  private final int hidden;
  private final double[] parameters;
  private final int width;
  private final int headsAt;
  private final double[] input;
  private final double[] top;
  private final double[] probabilities;
  private double value;

  PolicyNetwork(double[] center, double[] scale, int arms, int hidden, double[] parameters) {
    this.center = center;
    this.scale = scale;
    this.arms = arms;
    this.hidden = hidden;
    this.parameters = parameters;
    int inputs = center.length;
    this.width = hidden == 0 ? inputs : hidden;
    this.headsAt = hidden * (inputs + 1);
    this.input = new double[inputs];
    this.top = hidden == 0 ? input : new double[hidden];
    this.probabilities = new double[arms];
    int wanted = headsAt + (arms + 1) * (width + 1);
    if (parameters.length != wanted) {
      throw new IllegalArgumentException(
          "a policy of this shape must have "
              + wanted
              + " parameters, but had "
              + parameters.length);
    }
  }

  /** A network that prefers no arm: heads of 0, a random hidden layer. */
  static PolicyNetwork fresh(double[][] features, int arms, int hidden, SplittableRandom random) {
    int inputs = features[0].length;
    double[] center = new double[inputs];
    double[] scale = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      int column = i;
      center[i] = Arrays.stream(features).mapToDouble(row -> row[column]).average().orElse(0);
      double mean = center[i];
      double variance =
          Arrays.stream(features)
              .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
              .average()
              .orElse(0);
      scale[i] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    int width = hidden == 0 ? inputs : hidden;
    double[] parameters = new double[hidden * (inputs + 1) + (arms + 1) * (width + 1)];
    double bound = Math.sqrt(6.0 / (inputs + hidden));
    for (int i = 0; i < hidden * (inputs + 1); i++) {
      parameters[i] = bound * (2 * random.nextDouble() - 1);
    }
    return new PolicyNetwork(center, scale, arms, hidden, parameters);
  }

  int arms() {
    return arms;
  }

  int inputs() {
    return input.length;
  }

  int hidden() {
    return hidden;
  }

  double[] center() {
    return center;
  }

  double[] scale() {
    return scale;
  }

  double[] parameters() {
    return parameters;
  }

  /** A network of the same parameters with room of its own. */
  PolicyNetwork withOwnRoom() {
    return new PolicyNetwork(center, scale, arms, hidden, parameters);
  }

  /** Moves to a request; returns the probabilities of the arms, valid until the next call. */
  double[] forward(double[] features) {
    for (int i = 0; i < input.length; i++) {
      input[i] = (features[i] - center[i]) / scale[i];
    }
    for (int h = 0; h < hidden; h++) {
      top[h] = Math.tanh(affine(h * (input.length + 1), input));
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < arms; a++) {
      probabilities[a] = affine(headsAt + a * (width + 1), top);
      largest = Math.max(largest, probabilities[a]);
    }
    double sum = 0;
    for (int a = 0; a < arms; a++) {
      probabilities[a] = Math.exp(probabilities[a] - largest);
      sum += probabilities[a];
    }
    for (int a = 0; a < arms; a++) {
      probabilities[a] /= sum;
    }
    value = affine(headsAt + arms * (width + 1), top);
    return probabilities;
  }

  /** The value head's prediction for the request of the last {@link #forward}. */
  double value() {
    return value;
  }

  private double affine(int at, double[] x) {
    double sum = parameters[at + x.length];
    for (int i = 0; i < x.length; i++) {
      sum += parameters[at + i] * x[i];
    }
    return sum;
  }

  /**
   * Adds to the gradient what follows from the gradient by the outputs of the last {@link
   * #forward}.
   *
   * @param byLogits by arm
   * @param byValue of the value head
   */
  void backward(double[] byLogits, double byValue, double[] gradient) {
    double[] byTop = new double[width];
    for (int a = 0; a <= arms; a++) {
      double slope = a < arms ? byLogits[a] : byValue;
      int at = headsAt + a * (width + 1);
      for (int i = 0; i < width; i++) {
        gradient[at + i] += slope * top[i];
        byTop[i] += slope * parameters[at + i];
      }
      gradient[at + width] += slope;
    }
    for (int h = 0; h < hidden; h++) {
      double slope = byTop[h] * (1 - top[h] * top[h]);
      int at = h * (input.length + 1);
      for (int i = 0; i < input.length; i++) {
        gradient[at + i] += slope * input[i];
      }
      gradient[at + input.length] += slope;
    }
  }
}
