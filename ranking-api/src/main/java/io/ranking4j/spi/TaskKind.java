package io.ranking4j.spi;

import java.util.Map;

/**
 * What a head of the network predicts, row by row: how many outputs it needs, its loss on them, and
 * what a user is given. An implementation is immutable and safe to share, and is found again when a
 * model is loaded through a {@link TaskKindProvider} of the same type id.
 *
 * <p>All arrays belong to the caller; a row's outputs are the {@link #width()} numbers from {@code
 * offset} on, and nothing outside of them may be touched.
 */
public interface TaskKind {
  /** The id under which a model file names this kind; letters, digits, {@code - _ .} only. */
  String typeId();

  /** What a {@link TaskKindProvider} needs to make an equal kind again. */
  Map<String, String> properties();

  /** How many outputs of the network a row has for this task. */
  int width();

  /**
   * Whether {@link #predict} gives the probability of a binary label. Only probabilities are
   * corrected for downsampling, calibrated, and taken by the metrics of classification; their width
   * is 1 and their output a logit.
   */
  boolean probability();

  /** What a label must be, for messages: {@code "0 or 1"}. */
  String labelRange();

  /** Whether a label can be learned from. */
  boolean accepts(double label);

  /**
   * The loss of one row and its gradient.
   *
   * @param label a label that is {@linkplain #accepts accepted}
   * @param outputs the outputs of the network
   * @param gradient receives the derivative of the loss by each output, overwritten
   * @param offset where the row's outputs and its gradient start in both arrays
   * @return the loss
   */
  double loss(double label, float[] outputs, float[] gradient, int offset);

  /**
   * The loss where a positive label counts {@code positiveWeight} times. Kinds without positives
   * keep the default, which refuses other weights than 1.
   */
  default double loss(
      double label, float[] outputs, float[] gradient, int offset, double positiveWeight) {
    if (positiveWeight != 1) {
      throw new IllegalArgumentException(
          "a task of kind '"
              + typeId()
              + "' has no positive weight, but was given "
              + positiveWeight);
    }
    return loss(label, outputs, gradient, offset);
  }

  /** What the user is given for the outputs of a row: a probability, an expected value. */
  double predict(float[] outputs, int offset);

  /**
   * The outputs that fit the labels best when nothing is known about a row: where the biases of the
   * head start.
   *
   * @param mean the weighted mean of the labels, after {@link #transformForStart}
   * @param variance their weighted variance, likewise
   * @param start receives {@link #width()} numbers
   */
  void start(double mean, double variance, float[] start);

  /** What of a label goes into the mean and variance of {@link #start}: itself by default. */
  default double transformForStart(double label) {
    return label;
  }
}
