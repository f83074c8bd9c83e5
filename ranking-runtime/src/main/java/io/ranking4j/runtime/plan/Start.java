package io.ranking4j.runtime.plan;

/** Where a parameter starts before training. */
public sealed interface Start {
  /** Uniform in {@code +- sqrt(6 / (in + out))} (Glorot and Bengio 2010). */
  enum Glorot implements Start {
    /** The only one. */
    INSTANCE
  }

  /**
   * All the same.
   *
   * @param value the value
   */
  record Constant(float value) implements Start {}

  /**
   * The outputs that fit a task's labels best when nothing is known about a row: for a binary task
   * the logit of its base rate. Starting there is worth more than most choices of architecture:
   * rare tasks are otherwise over-predicted while the bias is still catching up.
   *
   * @param task the task whose head it is
   */
  record BaseRate(String task) implements Start {}

  /**
   * The logit of the ratio of two base rates, for a head whose probability is multiplied with the
   * parent's.
   *
   * @param task the task whose probability is the product
   * @param parent the task whose probability is multiplied
   */
  record BaseRateRatio(String task, String parent) implements Start {}

  /**
   * The difference of two starts, for a head to which something is added that starts at the second,
   * such as the logit of a parent.
   *
   * @param whole where the sum is to start
   * @param added where that starts which is added
   */
  record Difference(Start whole, Start added) implements Start {}
}
