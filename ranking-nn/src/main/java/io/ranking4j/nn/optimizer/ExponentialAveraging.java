package io.ranking4j.nn.optimizer;

/**
 * The exponential moving average of all weights (Polyak and Juditsky 1992, in the form that is
 * usual for networks), which starts once as many steps are done as it looks back on.
 *
 * @param epochs how much of an epoch it looks back on, in (0, 10]
 */
public record ExponentialAveraging(double epochs) implements Averaging {
  /** Numbers of steps whose share is kept. */
  private static final int SHARES = 4096;

  /** Refuses to look back on nothing, or too far. */
  public ExponentialAveraging {
    if (!(epochs > 0 && epochs <= 10)) {
      throw new IllegalArgumentException("epochs must be in (0, 10], but was " + epochs);
    }
  }

  @Override
  public Rule rule(double steps) {
    return over((int) Math.max(1, Math.round(epochs * steps)));
  }

  /** The rule that looks back on so many steps, at least 1: the decay is {@code 1 - 1 / steps}. */
  static Rule over(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but was " + steps);
    }
    double decay = 1 - 1.0 / steps;
    float[] shares = new float[SHARES];
    for (int missed = 0; missed < SHARES; missed++) {
      shares[missed] = share(decay, missed);
    }
    return new Rule() {
      @Override
      public int start() {
        return steps;
      }

      @Override
      public float share(int after, int until) {
        int missed = until - after;
        return missed < SHARES ? shares[missed] : ExponentialAveraging.share(decay, missed);
      }
    };
  }

  private static float share(double decay, int missed) {
    return (float) (1 - Math.pow(decay, missed));
  }
}
