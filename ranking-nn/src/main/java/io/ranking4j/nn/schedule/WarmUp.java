package io.ranking4j.nn.schedule;

/**
 * Rates that rise from zero in a straight line, after which another schedule says what they are;
 * its time does not wait for the end of the rise (Goyal et al. 2017).
 *
 * @param passes over the data that the rise takes, above 0; a part of one will do
 * @param then what it rises to
 */
public record WarmUp(double passes, LearningRateSchedule then) implements LearningRateSchedule {
  /** Refuses a rise that takes no time. */
  public WarmUp {
    if (!(passes > 0) || Double.isInfinite(passes)) {
      throw new IllegalArgumentException("passes must be above 0 and finite, but was " + passes);
    }
  }

  /** To a constant rate. */
  public WarmUp(double passes) {
    this(passes, CONSTANT);
  }

  @Override
  public double factor(double epoch, int epochs) {
    return Math.min(1, epoch / passes) * then.factor(epoch, epochs);
  }
}
