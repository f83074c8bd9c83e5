package io.ranking4j.nn.kernel;

import static io.ranking4j.nn.kernel.DoubleFormulas.activate;
import static io.ranking4j.nn.kernel.DoubleFormulas.dot;
import static io.ranking4j.nn.kernel.DoubleFormulas.joinLogits;
import static io.ranking4j.nn.kernel.DoubleFormulas.normalise;
import static io.ranking4j.nn.kernel.DoubleFormulas.product;
import static io.ranking4j.nn.kernel.GuardedMatrices.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What all gradient kernels must do: give the gradient of {@code sum(dOut * f(inputs))}, as central
 * differences of f in double precision give it, in own and in wrapped memory, replacing and
 * accumulating.
 */
public abstract class GradientKernelsContract {
  private static final double TOLERANCE = 2e-5;
  private static final int[][] SHAPES = {{1, 1}, {1, 9}, {5, 1}, {7, 5}, {17, 19}};

  /** The kernels under test. */
  protected abstract GradientKernels kernels();

  @Test
  void should_show_native_memory_that_stays_its_owners() {
    try (FloatPointer pointer = new FloatPointer(1, 2, 3, 4)) {
      Memory memory = kernels().wrap(pointer);
      float[] read = new float[4];

      assertThat(memory.size()).isEqualTo(4);
      memory.read(1, read, 0, 3);
      assertThat(read).containsExactly(2, 3, 4, 0);
      memory.write(2, new float[] {0, 9}, 1, 1);
      assertThat(pointer.get(2)).isEqualTo(9);

      memory.close();
      memory.close();
      assertThat(pointer.get(3)).isEqualTo(4);
    }
  }

  @Test
  void should_run_forward_on_wrapped_weights() {
    GradientKernels kernels = kernels();
    try (GuardedMatrices own = new GuardedMatrices(kernels, false);
        GuardedMatrices wrapped = new GuardedMatrices(kernels, true)) {
      Matrix x = own.random(4, 6, 1);
      Matrix w = wrapped.random(6, 3, 1);
      Matrix bias = wrapped.random(1, 3, 1);
      Matrix out = own.empty(4, 3);
      float[] before = out.toArray();

      kernels.forward().dense(x, w, Epilogue.of(bias, Activation.NONE), out, false).run();

      double[] expected = product(doubles(x), doubles(w), 4, 6, 3);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += doubles(bias)[i % 3];
      }
      own.check(out, before, expected, TOLERANCE);
    }
  }

  @Test
  void should_give_the_gradients_of_a_product() {
    int[][] sizes = {{1, 1, 1}, {1, 7, 5}, {6, 1, 4}, {6, 4, 1}, {19, 6, 9}, {33, 17, 3}};
    forEachMode(
        (matrices, accumulate) -> {
          for (int[] size : sizes) {
            checkDense(matrices, accumulate, size[0], size[1], size[2]);
          }
        });
  }

  @Test
  void should_leave_out_the_bias_when_there_is_none() {
    forEachMode(
        (matrices, accumulate) -> {
          Matrix x = matrices.random(6, 3, 1);
          Matrix dOut = matrices.random(6, 4, 1);
          Matrix dw = matrices.target(3, 4, accumulate);
          float[] before = dw.toArray();

          kernels().denseWeightGradient(x, dOut, dw, null, accumulate).run();

          double[] w = new double[12];
          double[] expected =
              NumericGradient.of(v -> dot(product(doubles(x), v, 6, 3, 4), doubles(dOut)), w);
          matrices.check(dw, before, expected, TOLERANCE);
        });
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void should_give_the_gradient_of_an_activation(Activation activation) {
    forEachMode(
        (matrices, accumulate) -> {
          for (int[] shape : SHAPES) {
            checkActivation(matrices, accumulate, activation, shape[0], shape[1]);
          }
        });
  }

  @Test
  void should_replace_the_output_gradient_by_the_input_gradient() {
    for (boolean wrapped : new boolean[] {false, true}) {
      try (GuardedMatrices matrices = new GuardedMatrices(kernels(), wrapped)) {
        Matrix x = matrices.of(1, 4, -1, 2, -3, 4);
        Matrix y = matrices.of(1, 4, 0, 2, 0, 4);
        Matrix d = matrices.of(1, 4, 5, 6, 7, 8);

        kernels().activationGradient(Activation.RELU, x, y, null, d, d, null, false).run();

        assertThat(d.toArray()).containsExactly(0, 6, 0, 8);
      }
    }
  }

  @Test
  void should_normalise_a_batch_and_move_the_running_statistics() {
    for (boolean wrapped : new boolean[] {false, true}) {
      try (GuardedMatrices matrices = new GuardedMatrices(kernels(), wrapped)) {
        Matrix x = matrices.of(4, 2, 1, 10, 2, 10, 3, 10, 6, 10);
        Matrix mean = matrices.empty(1, 2);
        Matrix variance = matrices.empty(1, 2);
        Matrix runningMean = matrices.of(1, 2, 1, 2);
        Matrix runningVariance = matrices.of(1, 2, 1, 2);
        Matrix out = matrices.empty(4, 2);
        float[] vector = mean.toArray();
        float[] before = out.toArray();

        kernels()
            .batchNorm(
                x,
                matrices.of(1, 2, 2, 3),
                matrices.of(1, 2, 0.5f, -1),
                mean,
                variance,
                runningMean,
                runningVariance,
                0.9f,
                0.5f,
                out)
            .run();

        matrices.check(mean, vector, new double[] {3, 10}, 1e-6);
        matrices.check(variance, vector, new double[] {3.5, 0}, 1e-6);
        matrices.check(runningMean, vector, new double[] {1.2, 2.8}, 1e-6);
        // The unbiased variance of the first column is 14 / 3.
        matrices.check(runningVariance, vector, new double[] {0.9 + 1.4 / 3, 1.8}, 1e-6);
        matrices.check(out, before, new double[] {-1.5, -1, -0.5, -1, 0.5, -1, 3.5, -1}, 1e-6);
      }
    }
  }

  @Test
  void should_keep_the_variance_of_a_batch_far_from_zero() {
    for (boolean wrapped : new boolean[] {false, true}) {
      try (GuardedMatrices matrices = new GuardedMatrices(kernels(), wrapped)) {
        Matrix x = matrices.of(4, 1, 10001, 10002, 10003, 10006);
        Matrix variance = matrices.empty(1, 1);
        float[] before = variance.toArray();

        kernels()
            .batchNorm(
                x,
                matrices.of(1, 1, 1),
                matrices.of(1, 1, 0),
                matrices.empty(1, 1),
                variance,
                matrices.of(1, 1, 0),
                matrices.of(1, 1, 1),
                0.9f,
                1e-5f,
                matrices.empty(4, 1))
            .run();

        matrices.check(variance, before, new double[] {3.5}, 1e-5);
      }
    }
  }

  @Test
  void should_give_the_gradients_of_batch_normalisation() {
    forEachMode(
        (matrices, accumulate) -> {
          for (int[] shape : new int[][] {{2, 1}, {5, 1}, {7, 5}, {17, 19}}) {
            checkBatchNorm(matrices, accumulate, shape[0], shape[1]);
          }
        });
  }

  @Test
  void should_give_shift_and_no_gradient_when_a_batch_is_one_row() {
    for (boolean wrapped : new boolean[] {false, true}) {
      try (GuardedMatrices matrices = new GuardedMatrices(kernels(), wrapped)) {
        Matrix x = matrices.of(1, 2, 4, -7);
        Matrix gamma = matrices.of(1, 2, 2, 3);
        Matrix mean = matrices.empty(1, 2);
        Matrix variance = matrices.empty(1, 2);
        Matrix runningVariance = matrices.of(1, 2, 1, 1);
        Matrix out = matrices.empty(1, 2);
        float[] nan = out.toArray();

        kernels()
            .batchNorm(
                x,
                gamma,
                matrices.of(1, 2, 5, 6),
                mean,
                variance,
                matrices.of(1, 2, 0, 0),
                runningVariance,
                0.75f,
                0.01f,
                out)
            .run();

        matrices.check(out, nan, new double[] {5, 6}, 1e-6);
        matrices.check(runningVariance, nan, new double[] {0.75, 0.75}, 1e-6);

        Matrix dx = matrices.empty(1, 2);
        Matrix dGamma = matrices.empty(1, 2);
        Matrix dBeta = matrices.empty(1, 2);
        kernels()
            .batchNormGradient(
                x, gamma, mean, variance, 0.01f, matrices.of(1, 2, 3, 4), dx, dGamma, dBeta, false)
            .run();
        matrices.check(dx, nan, new double[2], 1e-6);
        matrices.check(dGamma, nan, new double[2], 1e-6);
        matrices.check(dBeta, nan, new double[] {3, 4}, 1e-6);
      }
    }
  }

  @Test
  void should_give_the_gradient_of_a_factor() {
    forEachMode(
        (matrices, accumulate) -> {
          for (int[] shape : SHAPES) {
            Matrix b = matrices.random(shape[0], shape[1], 2);
            Matrix dOut = matrices.random(shape[0], shape[1], 2);
            Matrix da = matrices.target(shape[0], shape[1], accumulate);
            float[] before = da.toArray();

            kernels().multiplyGradient(b, dOut, da, accumulate).run();

            double[] expected = doubles(dOut);
            double[] factors = doubles(b);
            for (int i = 0; i < expected.length; i++) {
              expected[i] *= factors[i];
            }
            matrices.check(da, before, expected, TOLERANCE);
          }
        });
  }

  @Test
  void should_transfer_between_own_and_wrapped_memory() {
    GradientKernels kernels = kernels();
    for (boolean accumulate : new boolean[] {false, true}) {
      for (boolean fromWrapped : new boolean[] {false, true}) {
        for (boolean toWrapped : new boolean[] {false, true}) {
          try (GuardedMatrices from = new GuardedMatrices(kernels, fromWrapped);
              GuardedMatrices to = new GuardedMatrices(kernels, toWrapped)) {
            Matrix source = from.random(7, 5, 1);
            Matrix target = to.target(7, 5, accumulate);
            float[] before = target.toArray();

            kernels.transfer(source, target, accumulate).run();

            to.check(target, before, doubles(source), 1e-6);
          }
        }
      }
    }
  }

  @Test
  void should_give_the_gradients_of_joined_logits() {
    forEachMode(
        (matrices, accumulate) -> {
          for (int[] shape : SHAPES) {
            checkLogits(matrices, accumulate, shape[0], shape[1]);
          }
        });
  }

  @Test
  void should_give_the_gradients_of_joined_logits_when_they_are_extreme() {
    for (boolean wrapped : new boolean[] {false, true}) {
      try (GuardedMatrices matrices = new GuardedMatrices(kernels(), wrapped)) {
        Matrix a = matrices.of(1, 7, 80, -80, 80, -80, 80, 1000, -1000);
        Matrix b = matrices.of(1, 7, 80, -80, -80, 80, 79, 1000, 1000);
        Matrix dOut = matrices.of(1, 7, 2, 2, 2, 2, 2, 2, 2);
        Matrix da = matrices.empty(1, 7);
        Matrix db = matrices.empty(1, 7);
        float[] before = da.toArray();

        kernels().logitOfProductGradient(a, b, dOut, da, db, false, false).run();

        double low = 2 / (1 + Math.E);
        matrices.check(da, before, new double[] {1, 2, 0, 2, low, 1, 2}, 1e-6);
        matrices.check(db, before, new double[] {1, 2, 2, 0, 2 - low, 1, 0}, 1e-6);
      }
    }
  }

  private void checkDense(
      GuardedMatrices matrices, boolean accumulate, int rows, int in, int columns) {
    Matrix x = matrices.random(rows, in, 1);
    Matrix w = matrices.random(in, columns, 1);
    Matrix dOut = matrices.random(rows, columns, 1);
    Matrix dx = matrices.target(rows, in, accumulate);
    Matrix dw = matrices.target(in, columns, accumulate);
    Matrix dBias = matrices.target(1, columns, accumulate);
    float[] beforeX = dx.toArray();
    float[] beforeW = dw.toArray();
    float[] beforeBias = dBias.toArray();

    kernels().denseInputGradient(dOut, w, dx, accumulate).run();
    kernels().denseWeightGradient(x, dOut, dw, dBias, accumulate).run();

    double[] inputs = doubles(x);
    double[] weights = doubles(w);
    double[] d = doubles(dOut);
    double[] byX = NumericGradient.of(v -> dot(product(v, weights, rows, in, columns), d), inputs);
    double[] byW = NumericGradient.of(v -> dot(product(inputs, v, rows, in, columns), d), weights);
    double[] byBias = new double[columns];
    for (int i = 0; i < d.length; i++) {
      byBias[i % columns] += d[i];
    }
    matrices.check(dx, beforeX, byX, TOLERANCE);
    matrices.check(dw, beforeW, byW, TOLERANCE);
    matrices.check(dBias, beforeBias, byBias, TOLERANCE);
  }

  private void checkActivation(
      GuardedMatrices matrices, boolean accumulate, Activation activation, int rows, int columns) {
    boolean prelu = activation == Activation.PRELU;
    Matrix x = matrices.random(rows, columns, 4);
    Matrix slope = prelu ? matrices.random(1, columns, 1) : null;
    double[] slopes = slope == null ? new double[columns] : doubles(slope);
    double[] inputs = doubles(x);
    double[] outputs = activate(activation, inputs, slopes);
    float[] rounded = new float[outputs.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) outputs[i];
    }
    Matrix y = matrices.of(rows, columns, rounded);
    Matrix dOut = matrices.random(rows, columns, 2);
    Matrix dx = matrices.target(rows, columns, accumulate);
    Matrix dSlope = prelu ? matrices.target(1, columns, accumulate) : null;
    float[] beforeX = dx.toArray();
    float[] beforeSlope = dSlope == null ? new float[0] : dSlope.toArray();

    kernels().activationGradient(activation, x, y, slope, dOut, dx, dSlope, accumulate).run();

    double[] d = doubles(dOut);
    double[] byX = NumericGradient.of(v -> dot(activate(activation, v, slopes), d), inputs);
    matrices.check(dx, beforeX, byX, TOLERANCE);
    if (dSlope != null) {
      double[] bySlope = NumericGradient.of(v -> dot(activate(activation, inputs, v), d), slopes);
      matrices.check(dSlope, beforeSlope, bySlope, TOLERANCE);
    }
  }

  private void checkBatchNorm(GuardedMatrices matrices, boolean accumulate, int rows, int columns) {
    float epsilon = 0.01f;
    Matrix x = matrices.random(rows, columns, 2);
    Matrix gamma = matrices.random(1, columns, 2);
    Matrix beta = matrices.random(1, columns, 2);
    Matrix mean = matrices.empty(1, columns);
    Matrix variance = matrices.empty(1, columns);
    Matrix out = matrices.empty(rows, columns);
    Matrix dOut = matrices.random(rows, columns, 1);
    Matrix dx = matrices.target(rows, columns, accumulate);
    Matrix dGamma = matrices.empty(1, columns);
    Matrix dBeta = matrices.empty(1, columns);
    float[] beforeOut = out.toArray();
    float[] beforeX = dx.toArray();
    float[] beforeGamma = dGamma.toArray();

    kernels()
        .batchNorm(
            x,
            gamma,
            beta,
            mean,
            variance,
            matrices.random(1, columns, 1),
            matrices.random(1, columns, 1),
            0.9f,
            epsilon,
            out)
        .run();
    kernels()
        .batchNormGradient(x, gamma, mean, variance, epsilon, dOut, dx, dGamma, dBeta, accumulate)
        .run();

    double[] inputs = doubles(x);
    double[] gammas = doubles(gamma);
    double[] betas = doubles(beta);
    double[] d = doubles(dOut);
    // Rows that happen to be close to each other divide by little more than epsilon.
    double tolerance = 5 * TOLERANCE;
    matrices.check(out, beforeOut, normalise(inputs, gammas, betas, epsilon), tolerance);
    double[] byX = NumericGradient.of(v -> dot(normalise(v, gammas, betas, epsilon), d), inputs);
    double[] byGamma =
        NumericGradient.of(v -> dot(normalise(inputs, v, betas, epsilon), d), gammas);
    double[] byBeta = NumericGradient.of(v -> dot(normalise(inputs, gammas, v, epsilon), d), betas);
    matrices.check(dx, beforeX, byX, tolerance);
    matrices.check(dGamma, beforeGamma, byGamma, tolerance);
    matrices.check(dBeta, beforeGamma, byBeta, tolerance);
  }

  private void checkLogits(GuardedMatrices matrices, boolean accumulate, int rows, int columns) {
    Matrix a = matrices.random(rows, columns, 4);
    Matrix b = matrices.random(rows, columns, 4);
    Matrix dOut = matrices.random(rows, columns, 2);
    Matrix da = matrices.target(rows, columns, accumulate);
    Matrix db = matrices.target(rows, columns, !accumulate);
    float[] beforeA = da.toArray();
    float[] beforeB = db.toArray();

    kernels().logitOfProductGradient(a, b, dOut, da, db, accumulate, !accumulate).run();

    double[] as = doubles(a);
    double[] bs = doubles(b);
    double[] d = doubles(dOut);
    matrices.check(da, beforeA, NumericGradient.of(v -> dot(joinLogits(v, bs), d), as), TOLERANCE);
    matrices.check(db, beforeB, NumericGradient.of(v -> dot(joinLogits(as, v), d), bs), TOLERANCE);
  }

  private void forEachMode(Mode check) {
    for (boolean wrapped : new boolean[] {false, true}) {
      for (boolean accumulate : new boolean[] {false, true}) {
        try (GuardedMatrices matrices = new GuardedMatrices(kernels(), wrapped)) {
          check.run(matrices, accumulate);
        }
      }
    }
  }

  /** A check in one kind of memory, replacing or accumulating. */
  @FunctionalInterface
  private interface Mode {
    void run(GuardedMatrices matrices, boolean accumulate);
  }
}
