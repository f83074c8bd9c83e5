package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.runtime.embedding.EmbeddingTable;

/**
 * Adagrad (Duchi et al. 2011) with one accumulator a row, the mean of its squared gradients: a
 * quarter of the memory of Adam and less for wide tables.
 *
 * @param initial where the accumulators start, at least 0
 * @param epsilon added to the root, above 0
 */
public record RowAdagrad(double initial, double epsilon) implements RowOptimizer {
  /** Accumulators that start at 0.1. */
  public static final RowAdagrad DEFAULT = new RowAdagrad(0.1, 1e-8);

  /** Checks every part. */
  public RowAdagrad {
    if (!(initial >= 0) || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "initial must be at least 0 and epsilon above 0, but were " + initial + ", " + epsilon);
    }
  }

  @Override
  public String describe() {
    return "row-adagrad(" + initial + ", " + epsilon + ")";
  }

  @Override
  public State start(EmbeddingTable table) {
    return start(table, new RowMemory(table.spec().rows(), memory(table.spec().width())));
  }

  @Override
  public int memory(int width) {
    return 1;
  }

  @Override
  public State start(EmbeddingTable table, RowMemory memory) {
    for (int row = 0; row < table.spec().rows(); row++) {
      memory.page(row)[memory.at(row)] = (float) initial;
    }
    float[] values = table.values();
    int width = table.spec().width();
    return new State() {
      @Override
      public void nextStep() {}

      @Override
      public void update(int row, float[] gradient, int at, double rate) {
        double square = 0;
        for (int c = 0; c < width; c++) {
          square += (double) gradient[at + c] * gradient[at + c];
        }
        float[] page = memory.page(row);
        int sum = memory.at(row);
        page[sum] += (float) (square / width);
        float step = (float) (rate / (Math.sqrt(page[sum]) + epsilon));
        int start = row * width;
        for (int c = 0; c < width; c++) {
          values[start + c] -= step * gradient[at + c];
        }
      }

      @Override
      public void save(StateWriter state) {}

      @Override
      public void load(StateReader state) {}
    };
  }
}
