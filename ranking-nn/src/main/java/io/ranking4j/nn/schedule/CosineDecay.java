package io.ranking4j.nn.schedule;

/**
 * Rates that fall along half a cosine to the last pass, without restarts (Loshchilov and Hutter
 * 2017): {@code floor + (1 - floor) (1 + cos(pi epoch / epochs)) / 2}. Its length is the most
 * passes that the trainer was given, so that early stopping ends it before.
 *
 * @param floor the factor at the end, in [0, 1]
 */
public record CosineDecay(double floor) implements LearningRateSchedule {
  /** Refuses a floor that is no share. */
  public CosineDecay {
    if (!(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException("floor must be in [0, 1], but was " + floor);
    }
  }

  @Override
  public double factor(double epoch, int epochs) {
    double done = Math.min(1, epoch / epochs);
    return floor + (1 - floor) * (1 + Math.cos(Math.PI * done)) / 2;
  }
}
