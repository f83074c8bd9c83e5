package io.ranking4j.runtime.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The library falls back to slow code in silence; here it must not. */
class DnnlImplementationTest {
  private final DnnlKernels kernels = DnnlKernels.create(1);
  private final List<Memory> memories = new ArrayList<>();

  @AfterEach
  void close() {
    memories.forEach(Memory::close);
  }

  @Test
  void should_have_fast_code_for_products() {
    int[][] shapes = {
      {1, 320, 256}, {100, 256, 128}, {400, 128, 64}, {400, 64, 1}, {2048, 320, 256}
    };
    for (int[] shape : shapes) {
      for (Activation activation : Activation.values()) {
        for (int gap : new int[] {0, 64}) {
          Matrix out = matrix(shape[0], shape[2], gap);
          products(shape[0], shape[1], activation, null, out);
          products(shape[0], shape[1], activation, out, out);
          products(shape[0], shape[1], activation, matrix(shape[0], shape[2], gap), out);
          products(shape[0], shape[1], activation, matrix(shape[0], shape[2], 32), out);
        }
      }
    }
    checkImplementations();
  }

  private void products(
      int rows, int in, Activation activation, @Nullable Matrix residual, Matrix out) {
    int columns = out.columns();
    Matrix row = matrix(1, columns, 0);
    Matrix slope = activation == Activation.PRELU ? row : null;
    for (boolean constant : new boolean[] {false, true}) {
      kernels.dense(
          matrix(rows, in, 16),
          matrix(in, columns, 0),
          new Epilogue(row, activation, slope, row, row, residual),
          out,
          constant);
    }
  }

  @Test
  void should_have_fast_code_for_elements() {
    for (int[] shape : new int[][] {{1, 64}, {400, 64}, {400, 1}, {37, 19}}) {
      for (int gap : new int[] {0, 3}) {
        Matrix x = matrix(shape[0], shape[1], gap);
        Matrix out = matrix(shape[0], shape[1], 0);
        Matrix row = matrix(1, shape[1], 0);
        for (Activation activation : Activation.values()) {
          Matrix slope = activation == Activation.PRELU ? row : null;
          kernels.elementwise(x, new Epilogue(row, activation, slope, row, row, out), x);
          kernels.elementwise(x, new Epilogue(null, activation, slope, null, null, null), out);
        }
        kernels.add(x, out, x);
        kernels.multiply(out, x, out);
        kernels.logitOfProduct(x, out, x);
      }
    }
    checkImplementations();
  }

  private void checkImplementations() {
    assertThat(kernels.implementations())
        .isNotEmpty()
        .allSatisfy(
            (recipe, implementation) ->
                assertThat(implementation).doesNotStartWith("ref").doesNotStartWith("simple"));
  }

  private Matrix matrix(int rows, int columns, int gap) {
    Memory memory = kernels.allocate(rows * (columns + gap));
    memories.add(memory);
    return new Matrix(memory, 0, rows, columns, columns + gap);
  }
}
