package io.ranking4j.nn.dl4j;

/** A number for each step of a training. */
@FunctionalInterface
public interface StepRate {
  /**
   * The number of a step.
   *
   * @param step how many were done before it
   */
  double at(int step);
}
