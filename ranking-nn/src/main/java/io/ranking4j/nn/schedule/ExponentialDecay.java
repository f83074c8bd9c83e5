package io.ranking4j.nn.schedule;

/**
 * Rates that fall at every step, by the same factor over each pass: {@code by^epoch}.
 *
 * @param by the factor over a pass, in (0, 1]
 */
public record ExponentialDecay(double by) implements LearningRateSchedule {
  /** Refuses a factor that does not fall. */
  public ExponentialDecay {
    if (!(by > 0 && by <= 1)) {
      throw new IllegalArgumentException("by must be in (0, 1], but was " + by);
    }
  }

  @Override
  public double factor(double epoch, int epochs) {
    return Math.pow(by, epoch);
  }
}
