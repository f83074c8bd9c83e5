package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.runtime.embedding.EmbeddingTable;

/**
 * Adam (Kingma and Ba 2015) of the touched rows only: the moments of other rows neither decay nor
 * move them. The bias correction counts the steps of the whole table. Both moments of a row lie
 * side by side: two floats for each of the table's.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, above 0
 */
public record LazyAdam(double beta1, double beta2, double epsilon) implements RowOptimizer {
  /** The published defaults. */
  public static final LazyAdam DEFAULT = new LazyAdam(0.9, 0.999, 1e-8);

  /** Checks every part. */
  public LazyAdam {
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "decays must be in [0, 1), but were " + beta1 + " and " + beta2);
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be above 0, but was " + epsilon);
    }
  }

  @Override
  public String describe() {
    return "lazy-adam(" + beta1 + ", " + beta2 + ", " + epsilon + ")";
  }

  @Override
  public State start(EmbeddingTable table) {
    int width = table.spec().width();
    return start(table, new RowMemory(table.spec().rows(), memory(width)));
  }

  @Override
  public int memory(int width) {
    return Math.multiplyExact(2, width);
  }

  @Override
  public State start(EmbeddingTable table, RowMemory memory) {
    return new Moments(this, table, memory);
  }

  private static final class Moments implements State {
    private final LazyAdam options;
    private final float[] values;
    private final int width;
    private final RowMemory memory;
    private double power1 = 1;
    private double power2 = 1;
    private double rootCorrection;

    Moments(LazyAdam options, EmbeddingTable table, RowMemory memory) {
      this.options = options;
      this.values = table.values();
      this.width = table.spec().width();
      this.memory = memory;
    }

    @Override
    public void nextStep() {
      power1 *= options.beta1;
      power2 *= options.beta2;
      rootCorrection = Math.sqrt(1 - power2);
    }

    @Override
    public void save(StateWriter state) {
      state.doubles("powers", power1, power2);
    }

    @Override
    public void load(StateReader state) {
      double[] powers = state.doubles("powers", 2);
      power1 = powers[0];
      power2 = powers[1];
      rootCorrection = Math.sqrt(1 - power2);
    }

    @Override
    public void update(int row, float[] gradient, int at, double rate) {
      // Bias corrections moved out of the loop:
      // step = rate * m / (1-b1^t) / (sqrt(v/(1-b2^t)) + e)
      float step = (float) (rate * rootCorrection / (1 - power1));
      float smallest = (float) (options.epsilon * rootCorrection);
      float b1 = (float) options.beta1;
      float b2 = (float) options.beta2;
      float c1 = (float) (1 - options.beta1);
      float c2 = (float) (1 - options.beta2);
      float[] page = memory.page(row);
      int first = memory.at(row);
      int second = first + width;
      int start = row * width;
      for (int c = 0; c < width; c++) {
        float g = gradient[at + c];
        float m = b1 * page[first + c] + c1 * g;
        float v = b2 * page[second + c] + c2 * g * g;
        page[first + c] = m;
        page[second + c] = v;
        values[start + c] -= step * m / ((float) Math.sqrt(v) + smallest);
      }
    }
  }
}
