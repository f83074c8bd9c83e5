package io.ranking4j.runtime.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DnnlReproducibilityTest {
  private static final int ROWS = 50;
  private static final int[] WIDTHS = {320, 256, 128, 64, 1};
  private static final int RUNS = 300;

  private final DnnlKernels kernels = DnnlKernels.create(1);
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<Memory> memories = new ArrayList<>();

  @Test
  void should_give_the_same_bits_at_every_run_and_on_every_thread() throws Exception {
    List<Matrix> weights = new ArrayList<>();
    for (int i = 0; i + 1 < WIDTHS.length; i++) {
      weights.add(random(WIDTHS[i], WIDTHS[i + 1]));
    }
    Matrix input = random(ROWS, WIDTHS[0]);
    float[] x = input.toArray();
    int threads = 4;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Network network = new Network(weights);
        network.input.write(x);
        Callable<float[]> run =
            () -> {
              start.await();
              return network.runManyTimes();
            };
        results.add(pool.submit(run));
      }
      float[] first = results.get(0).get();
      for (Future<float[]> result : results) {
        assertThat(result.get()).as("seed %d", seed).isEqualTo(first);
      }
      assertThat(first).as("seed %d", seed).doesNotContain(0, Float.NaN);
    } finally {
      pool.shutdownNow();
      memories.forEach(Memory::close);
    }
  }

  /** Layers on matrices of their own, with weights that all networks share. */
  private final class Network {
    final Matrix input = random(ROWS, WIDTHS[0]);
    final List<Op> ops = new ArrayList<>();
    final Matrix output;

    Network(List<Matrix> weights) {
      Matrix at = input;
      for (Matrix w : weights) {
        Matrix out = random(ROWS, w.columns());
        Activation activation = w.columns() > 1 ? Activation.TANH : Activation.NONE;
        ops.add(kernels.dense(at, w, Epilogue.of(null, activation), out, true));
        at = out;
      }
      output = at;
    }

    float[] runManyTimes() {
      float[] first = run();
      for (int i = 1; i < RUNS; i++) {
        assertThat(run()).as("run %d, seed %d", i, seed).isEqualTo(first);
      }
      return first;
    }

    private float[] run() {
      int entered = kernels.enter();
      try {
        ops.forEach(Op::run);
      } finally {
        kernels.leave(entered);
      }
      return output.toArray();
    }
  }

  private Matrix random(int rows, int columns) {
    Memory memory = kernels.allocate(rows * columns);
    memories.add(memory);
    Matrix matrix = Matrix.of(memory, 0, rows, columns);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(rows));
    }
    matrix.write(values);
    return matrix;
  }
}
