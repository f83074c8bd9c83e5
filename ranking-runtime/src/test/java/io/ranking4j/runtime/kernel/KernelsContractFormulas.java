package io.ranking4j.runtime.kernel;

import static io.ranking4j.runtime.kernel.KernelsContractMatrices.at;

/** What operations compute, in double precision. */
final class KernelsContractFormulas {
  private KernelsContractFormulas() {}

  static double product(Matrix x, Matrix w, int r, int c, boolean absolute) {
    double sum = 0;
    for (int i = 0; i < x.columns(); i++) {
      double term = at(x, r, i) * at(w, i, c);
      sum += absolute ? Math.abs(term) : term;
    }
    return sum;
  }

  static double finish(Epilogue epilogue, double sum, int r, int c) {
    double value = sum + at(epilogue.bias(), 0, c);
    value = activate(epilogue.activation(), value, at(epilogue.slope(), 0, c));
    if (epilogue.scale() != null) {
      value = value * at(epilogue.scale(), 0, c) + at(epilogue.shift(), 0, c);
    }
    return value + at(epilogue.residual(), r, c);
  }

  /** No activation here is steeper than 1, nor larger than 1 at 0. */
  static double magnitude(Epilogue epilogue, double sum, int r, int c) {
    double value = 1 + sum + Math.abs(at(epilogue.bias(), 0, c));
    return value * Math.max(1, Math.abs(at(epilogue.scale(), 0, c)))
        + Math.abs(at(epilogue.shift(), 0, c))
        + Math.abs(at(epilogue.residual(), r, c));
  }

  static double activate(Activation activation, double x, double slope) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> x > 0 ? x : 0;
      case PRELU -> x > 0 ? x : slope * x;
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SOFTPLUS -> x > 30 ? x : Math.log1p(Math.exp(x));
    };
  }

  /** For logits that are not extreme. */
  static double logitOfProduct(double a, double b) {
    double p = 1 / (1 + Math.exp(-a)) / (1 + Math.exp(-b));
    return Math.log(p / (1 - p));
  }
}
