package io.ranking4j.nn.optimizer;

/**
 * Stochastic weight averaging (Izmailov et al. 2018): the plain mean of the weights at the ends of
 * cycles of equal length. It goes with a learning rate that stays high.
 *
 * @param from passes over the data before the first cycle, at least 0
 * @param every passes that a cycle takes, above 0; a part of one will do
 */
public record StochasticAveraging(double from, double every) implements Averaging {
  /** Checks both. */
  public StochasticAveraging {
    if (!(from >= 0) || Double.isInfinite(from)) {
      throw new IllegalArgumentException("from must be at least 0 and finite, but was " + from);
    }
    if (!(every > 0) || Double.isInfinite(every)) {
      throw new IllegalArgumentException("every must be above 0 and finite, but was " + every);
    }
  }

  @Override
  public Rule rule(double steps) {
    int start = (int) Math.round(from * steps);
    int cycle = (int) Math.max(1, Math.round(every * steps));
    return new Rule() {
      @Override
      public int start() {
        return start;
      }

      @Override
      public float share(int after, int until) {
        int taken = (until - start) / cycle;
        int before = (after - start) / cycle;
        return taken == 0 ? 1 : (float) (taken - before) / taken;
      }
    };
  }
}
