package io.ranking4j.nn.state;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele et al. 2014): gives the longs and doubles of a {@link SplittableRandom} of the
 * same seed, which does not show how far it has come. Used by one thread at a time.
 */
public final class SplitMix implements RandomGenerator, Stateful {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private long state;

  /** Starts where a {@link SplittableRandom} of this seed starts. */
  public SplitMix(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_RATIO;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public void save(StateWriter out) {
    out.longs("random", state);
  }

  @Override
  public void load(StateReader in) {
    state = in.number("random");
  }
}
