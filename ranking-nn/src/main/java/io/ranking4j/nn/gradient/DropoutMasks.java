package io.ranking4j.nn.gradient;

import io.ranking4j.nn.state.SplitMix;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.kernel.Matrix;

/** Draws dropout masks: 0 with the rate, else {@code 1 / (1 - rate)}. */
final class DropoutMasks implements Stateful {
  private static final int BITS = 16;
  private static final int LIMIT = 1 << BITS;

  private final SplitMix random;
  private float[] buffer = new float[0];

  DropoutMasks(long seed) {
    random = new SplitMix(seed);
  }

  /** Fills a mask without gaps between its rows. */
  void draw(float rate, Matrix mask) {
    int size = mask.rows() * mask.columns();
    if (buffer.length < size) {
      buffer = new float[size];
    }
    int threshold = Math.round(rate * LIMIT);
    float kept = (float) LIMIT / (LIMIT - threshold);
    for (int i = 0; i < size; i += 4) {
      long bits = random.nextLong();
      for (int j = i; j < Math.min(i + 4, size); j++, bits >>>= BITS) {
        buffer[j] = (bits & (LIMIT - 1)) < threshold ? 0 : kept;
      }
    }
    mask.memory().write(mask.offset(), buffer, 0, size);
  }

  @Override
  public void save(StateWriter state) {
    random.save(state);
  }

  @Override
  public void load(StateReader state) {
    random.load(state);
  }
}
