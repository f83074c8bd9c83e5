package io.ranking4j.runtime.kernel;

/** What a dense layer does to its sums, element by element. */
public enum Activation {
  /** Nothing. */
  NONE,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code x} above zero, {@code slope x} below, with a learned slope for each column. */
  PRELU,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code ln(1 + exp(x))}. */
  SOFTPLUS
}
