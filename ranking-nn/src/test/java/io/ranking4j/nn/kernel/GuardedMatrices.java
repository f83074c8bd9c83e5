package io.ranking4j.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Makes random matrices whose memory is NaN before, between and after their rows, in the kernels'
 * own memory or in wrapped native memory, and compares what they hold.
 */
final class GuardedMatrices implements AutoCloseable {
  private static final int BEFORE = 3;
  private static final int GAP = 2;

  private final GradientKernels kernels;
  private final boolean wrapped;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<Memory> memories = new ArrayList<>();
  private final List<FloatPointer> pointers = new ArrayList<>();

  GuardedMatrices(GradientKernels kernels, boolean wrapped) {
    this.kernels = kernels;
    this.wrapped = wrapped;
  }

  /** Numbers with an absolute value from 0.05 to {@code magnitude}: apart from kinks at 0. */
  Matrix random(int rows, int columns, double magnitude) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      double size = 0.05 + random.nextDouble() * (magnitude - 0.05);
      values[i] = (float) (random.nextBoolean() ? size : -size);
    }
    return of(rows, columns, values);
  }

  /** A matrix that holds NaN. */
  Matrix empty(int rows, int columns) {
    int stride = columns + GAP;
    float[] nan = new float[BEFORE + rows * stride + 1];
    Arrays.fill(nan, Float.NaN);
    Memory memory;
    if (wrapped) {
      FloatPointer pointer = new FloatPointer(nan.length);
      pointers.add(pointer);
      memory = kernels.wrap(pointer);
    } else {
      memory = kernels.forward().allocate(nan.length);
    }
    memories.add(memory);
    memory.write(0, nan, 0, nan.length);
    return new Matrix(memory, BEFORE, rows, columns, stride);
  }

  /** A matrix of these numbers. */
  Matrix of(int rows, int columns, float... values) {
    Matrix matrix = empty(rows, columns);
    matrix.write(values);
    return matrix;
  }

  /** What a gradient is put into: random where it is accumulated, NaN where it is replaced. */
  Matrix target(int rows, int columns, boolean accumulate) {
    return accumulate ? random(rows, columns, 1) : empty(rows, columns);
  }

  /**
   * Checks a matrix to differ from what is expected by at most {@code tolerance}, relative to
   * numbers above 1, and its surroundings to be NaN as before.
   *
   * @param before what the matrix held: added to what is expected, unless it is NaN
   */
  void check(Matrix actual, float[] before, double[] expected, double tolerance) {
    float[] values = actual.toArray();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      double value = expected[i] + (Float.isNaN(before[i]) ? 0 : before[i]);
      assertThat((double) values[i])
          .as("element %d of %s, seed %d", i, actual, seed)
          .isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
    }
    float[] all = new float[actual.memory().size()];
    actual.memory().read(0, all, 0, all.length);
    for (int i = 0; i < all.length; i++) {
      int at = i - actual.offset();
      boolean inside =
          at >= 0
              && at / actual.stride() < actual.rows()
              && at % actual.stride() < actual.columns();
      if (!inside) {
        assertThat(all[i]).as("outside %s, at %d, seed %d", actual, i, seed).isNaN();
      }
    }
  }

  /** The elements in double precision. */
  static double[] doubles(Matrix matrix) {
    float[] floats = matrix.toArray();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  @Override
  public void close() {
    memories.forEach(Memory::close);
    pointers.forEach(FloatPointer::close);
  }
}
