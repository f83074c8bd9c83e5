package io.ranking4j.nn.optimizer;

/**
 * An average of all weights over the steps of a training, which is what is validated and kept.
 * Immutable and safe to share; its text is what provenance says of it.
 */
@FunctionalInterface
public interface Averaging {
  /**
   * The rule for a training whose passes over the data take so many steps.
   *
   * @param steps of an epoch, above 0; not necessarily whole
   */
  Rule rule(double steps);

  /** How much each step counts. Called by several threads at once. */
  interface Rule {
    /** The steps before the first that counts; until then the average is the weights themselves. */
    int start();

    /**
     * The share that numbers have in the average after a step, if they stayed as they are since
     * another: {@code average += share (numbers - average)}.
     *
     * @param after the step that the average is of, at least the {@link #start}
     * @param until the step that it is brought up to, after the other
     * @return from 0 to 1
     */
    float share(int after, int until);
  }
}
