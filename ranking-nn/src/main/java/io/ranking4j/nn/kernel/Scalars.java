package io.ranking4j.nn.kernel;

/** Functions of one number that neither overflow nor cancel. */
final class Scalars {
  private Scalars() {}

  /** {@code 1 / (1 + exp(-x))}. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** {@code ln(1 + exp(x))}. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
