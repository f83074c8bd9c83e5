package io.ranking4j.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DnnlKernelsTest extends KernelsContract {
  private static final DnnlKernels KERNELS = DnnlKernels.create(1);

  @Override
  protected Kernels kernels() {
    return KERNELS;
  }

  @Test
  void should_be_called_onednn() {
    assertThat(KERNELS.name()).isEqualTo("onednn");
  }

  @Test
  void should_keep_nan_through_a_product_and_relu() {
    try (Memory memory = KERNELS.allocate(64)) {
      Matrix x = Matrix.of(memory, 0, 2, 3);
      Matrix w = Matrix.of(memory, 16, 3, 2);
      Matrix out = Matrix.of(memory, 32, 2, 2);
      x.write(new float[] {1, Float.NaN, 1, -1, -1, 2});
      w.write(new float[] {1, 2, 1, 2, 1, 3});

      KERNELS.dense(x, w, Epilogue.of(null, Activation.RELU), out, true).run();

      assertThat(out.toArray()).containsExactly(Float.NaN, Float.NaN, 0, 2);
    }
  }

  /** Rows whose last elements do not fill a vector unit, in place and apart. */
  @Test
  void should_apply_prelu_to_rows_of_any_length() {
    for (int columns : new int[] {15, 16, 17, 23, 31, 33, 70}) {
      try (Memory memory = KERNELS.allocate(5 * columns)) {
        Matrix x = Matrix.of(memory, 0, 1, columns);
        Matrix slope = Matrix.of(memory, columns, 1, columns);
        Matrix out = Matrix.of(memory, 2 * columns, 1, columns);
        float[] expected = new float[columns];
        float[] inputs = new float[columns];
        float[] slopes = new float[columns];
        for (int c = 0; c < columns; c++) {
          inputs[c] = c % 3 == 0 ? c : -c;
          slopes[c] = 0.5f * c;
          expected[c] = c % 3 == 0 ? c : -0.5f * c * c;
        }
        x.write(inputs);
        slope.write(slopes);
        Epilogue prelu = new Epilogue(null, Activation.PRELU, slope, null, null, null);

        KERNELS.elementwise(x, prelu, out).run();
        KERNELS.elementwise(x, prelu, x).run();

        assertThat(out.toArray()).as(Arrays.toString(inputs)).isEqualTo(expected);
        assertThat(x.toArray()).as(Arrays.toString(inputs)).isEqualTo(expected);
      }
    }
  }
}
