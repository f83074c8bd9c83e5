package io.ranking4j.nn.optimizer;

import io.ranking4j.runtime.embedding.EmbeddingTable;

/**
 * Adam (Kingma and Ba 2015) of the touched rows only: the moments of other rows neither decay nor
 * move them. The bias correction counts the steps of the whole table.
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
    float[] first = new float[table.values().length];
    float[] second = new float[table.values().length];
    float[] values = table.values();
    int width = table.spec().width();
    return new State() {
      private double power1 = 1;
      private double power2 = 1;

      @Override
      public void nextStep() {
        power1 *= beta1;
        power2 *= beta2;
      }

      @Override
      public void update(int row, float[] gradient, int at, double rate) {
        // Bias corrections moved out of the loop: step = rate * m / (1-b1^t) / (sqrt(v/(1-b2^t)) +
        // e)
        double rootCorrection = Math.sqrt(1 - power2);
        float step = (float) (rate * rootCorrection / (1 - power1));
        float smallest = (float) (epsilon * rootCorrection);
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float c1 = (float) (1 - beta1);
        float c2 = (float) (1 - beta2);
        int start = row * width;
        for (int c = 0; c < width; c++) {
          float g = gradient[at + c];
          float m = b1 * first[start + c] + c1 * g;
          float v = b2 * second[start + c] + c2 * g * g;
          first[start + c] = m;
          second[start + c] = v;
          values[start + c] -= step * m / ((float) Math.sqrt(v) + smallest);
        }
      }
    };
  }
}
