package io.ranking4j.runtime.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Precision;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnnlPrecisionTest {
  @Test
  void should_round_the_factors_of_large_products_and_nothing_else() {
    assumeTrue(DnnlKernels.available(), "oneDNN does not load here");
    Kernels kernels = DnnlKernels.create(1, Precision.BFLOAT16);
    for (boolean constant : new boolean[] {false, true}) {
      for (int out : new int[] {31, 32, 33}) {
        check(kernels, 7, 512, out, constant, out >= 32);
        check(kernels, 1, 15, out, constant, false);
      }
    }
  }

  private static void check(
      Kernels kernels, int rows, int in, int out, boolean constant, boolean rounded) {
    Random random = new Random(in + out);
    float[] x = numbers(random, rows * in);
    float[] w = numbers(random, in * out);
    float[] b = numbers(random, out);
    try (Memory memory = kernels.allocate(rows * in + in * out + out + rows * out)) {
      Matrix left = Matrix.of(memory, 0, rows, in);
      Matrix right = Matrix.of(memory, rows * in, in, out);
      Matrix bias = Matrix.of(memory, rows * in + in * out, 1, out);
      Matrix result = Matrix.of(memory, rows * in + in * out + out, rows, out);
      left.write(x);
      right.write(w);
      bias.write(b);
      kernels.dense(left, right, Epilogue.of(bias, Activation.NONE), result, constant).run();
      float[] actual = result.toArray();
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < out; c++) {
          double sum = b[c];
          for (int k = 0; k < in; k++) {
            double left1 = x[r * in + k];
            double right1 = w[k * out + c];
            sum += rounded ? (double) bf16(left1) * bf16(right1) : left1 * right1;
          }
          assertThat((double) actual[r * out + c])
              .as("%d x %d x %d, constant %s: row %d, column %d", rows, in, out, constant, r, c)
              .isCloseTo(sum, within(2e-5));
        }
      }
    }
  }

  /** To the nearest of 8 significant bits, ties to even. */
  private static float bf16(double value) {
    int bits = Float.floatToRawIntBits((float) value);
    int rounded = bits + 0x7FFF + ((bits >>> 16) & 1);
    return Float.intBitsToFloat(rounded & 0xFFFF0000);
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * 0.2);
    }
    return numbers;
  }

  @Test
  void should_refuse_to_round_in_plain_java() {
    assertThat(KernelChoice.JAVA.create(1, Precision.FLOAT).name()).isEqualTo("java");
    assertThatThrownBy(() -> KernelChoice.JAVA.create(1, Precision.BFLOAT16))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("plain Java computes in FLOAT only, but was asked for BFLOAT16");
  }
}
