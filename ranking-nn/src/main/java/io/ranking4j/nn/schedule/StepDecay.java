package io.ranking4j.nn.schedule;

/**
 * Rates that fall by a factor after every so many passes.
 *
 * @param by the factor of a step, in (0, 1]
 * @param every passes from a step to the next, at least 1
 */
public record StepDecay(double by, int every) implements LearningRateSchedule {
  /** Checks both. */
  public StepDecay {
    if (!(by > 0 && by <= 1)) {
      throw new IllegalArgumentException("by must be in (0, 1], but was " + by);
    }
    if (every < 1) {
      throw new IllegalArgumentException("every must be at least 1, but was " + every);
    }
  }

  @Override
  public double factor(double epoch, int epochs) {
    return Math.pow(by, Math.floor(epoch / every));
  }
}
