package io.ranking4j.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Random matrices in memory of the kernels under test, with gaps between their rows, and what
 * compares them with formulas.
 */
abstract class KernelsContractMatrices {
  static final double TOLERANCE = 1e-5;

  final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  final List<Memory> memories = new ArrayList<>();
  Kernels kernels = new JavaKernels();

  /** The kernels under test. */
  protected abstract Kernels kernels();

  @BeforeEach
  void open() {
    kernels = kernels();
  }

  @AfterEach
  void close() {
    memories.forEach(Memory::close);
  }

  final void check(Matrix actual, Element expected, Element magnitude) {
    float[] values = actual.toArray();
    for (int r = 0; r < actual.rows(); r++) {
      for (int c = 0; c < actual.columns(); c++) {
        Offset<Double> tolerance = within(TOLERANCE * magnitude.at(r, c));
        assertThat((double) values[r * actual.columns() + c])
            .as("(%d, %d) of %s, seed %d", r, c, actual, seed)
            .isCloseTo(expected.at(r, c), tolerance);
      }
    }
    float[] all = new float[actual.memory().size()];
    actual.memory().read(0, all, 0, all.length);
    if (actual.offset() == Guard.BEFORE) {
      for (int i = 0; i < all.length; i++) {
        if (!Guard.inside(actual, i)) {
          assertThat(all[i]).as("outside %s, at %d, seed %d", actual, i, seed).isNaN();
        }
      }
    }
  }

  /** A matrix of numbers in (-magnitude, magnitude), with NaN around it. */
  final Matrix input(int rows, int columns, int gap, float magnitude) {
    Matrix matrix = Guard.matrix(kernels, memories, rows, columns, gap);
    matrix.write(floats(rows * columns, magnitude));
    return matrix;
  }

  /** A matrix that holds NaN, as does what is around it. */
  final Matrix output(int rows, int columns, int gap) {
    return Guard.matrix(kernels, memories, rows, columns, gap);
  }

  final float[] floats(int count, float magnitude) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = magnitude * (2 * random.nextFloat() - 1);
    }
    return floats;
  }

  static double at(@Nullable Matrix matrix, int r, int c) {
    if (matrix == null) {
      return 0;
    }
    float[] one = new float[1];
    matrix.memory().read(matrix.offset() + r * matrix.stride() + c, one, 0, 1);
    return one[0];
  }

  /** Matrices in the middle of memory that is NaN elsewhere. */
  private static final class Guard {
    static final int BEFORE = 5;

    static Matrix matrix(Kernels kernels, List<Memory> owner, int rows, int columns, int gap) {
      int stride = columns + gap;
      float[] nan = new float[BEFORE + rows * stride + 3];
      Arrays.fill(nan, Float.NaN);
      Memory memory = kernels.allocate(nan.length);
      owner.add(memory);
      memory.write(0, nan, 0, nan.length);
      return new Matrix(memory, BEFORE, rows, columns, stride);
    }

    static boolean inside(Matrix matrix, int at) {
      int i = at - matrix.offset();
      return i >= 0
          && i / matrix.stride() < matrix.rows()
          && i % matrix.stride() < matrix.columns();
    }
  }

  /** An element of a matrix by row and column. */
  @FunctionalInterface
  interface Element {
    double at(int r, int c);
  }
}
