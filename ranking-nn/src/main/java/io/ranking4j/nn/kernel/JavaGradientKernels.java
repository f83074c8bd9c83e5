package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Gradients in plain Java, on any memory: the reference that others are tested against, and the
 * last resort where no native library loads. Products are those of {@link JavaKernels} on
 * transposed copies; sums over rows are taken in double precision. Safe to share between threads.
 */
public final class JavaGradientKernels implements GradientKernels {
  private final JavaKernels forward = new JavaKernels();

  /** Makes them; they hold nothing. */
  public JavaGradientKernels() {}

  @Override
  public Kernels forward() {
    return forward;
  }

  @Override
  public Memory wrap(FloatPointer floats) {
    return new PointerMemory(floats);
  }

  @Override
  public Op denseInputGradient(Matrix dOut, Matrix w, Matrix dx, boolean accumulate) {
    w.requireShape("w", dx.columns(), dOut.columns());
    Matrix transposed = transposedScratch(w);
    Op transpose = transpose(w, transposed);
    Op product = forward.dense(dOut, transposed, plus(dx, accumulate), dx, false);
    return () -> {
      transpose.run();
      product.run();
    };
  }

  @Override
  public Op denseWeightGradient(
      Matrix x, Matrix dOut, Matrix dw, @Nullable Matrix dBias, boolean accumulate) {
    dOut.requireShape("dOut", x.rows(), dOut.columns());
    Matrix transposed = transposedScratch(x);
    Op transpose = transpose(x, transposed);
    Op product = forward.dense(transposed, dOut, plus(dw, accumulate), dw, false);
    Op bias = dBias == null ? () -> {} : columnSums(dOut, dBias, accumulate);
    return () -> {
      transpose.run();
      product.run();
      bias.run();
    };
  }

  @Override
  public Op activationGradient(
      Activation activation,
      Matrix x,
      Matrix y,
      @Nullable Matrix slope,
      Matrix dOut,
      Matrix dx,
      @Nullable Matrix dSlope,
      boolean accumulate) {
    return new JavaActivationGradient(activation, x, y, slope, dOut, dx, dSlope, accumulate);
  }

  @Override
  public Op batchNorm(
      Matrix x,
      Matrix gamma,
      Matrix beta,
      Matrix mean,
      Matrix variance,
      Matrix runningMean,
      Matrix runningVariance,
      float momentum,
      float epsilon,
      Matrix out) {
    return new JavaBatchNorm(
        x, gamma, beta, mean, variance, runningMean, runningVariance, momentum, epsilon, out);
  }

  @Override
  public Op batchNormGradient(
      Matrix x,
      Matrix gamma,
      Matrix mean,
      Matrix variance,
      float epsilon,
      Matrix dOut,
      Matrix dx,
      Matrix dGamma,
      Matrix dBeta,
      boolean accumulateInput) {
    return new JavaBatchNormGradient(
        x, gamma, mean, variance, epsilon, dOut, dx, dGamma, dBeta, accumulateInput);
  }

  @Override
  public Op multiplyGradient(Matrix b, Matrix dOut, Matrix da, boolean accumulate) {
    b.requireShape("b", dOut.rows(), dOut.columns());
    da.requireShape("da", dOut.rows(), dOut.columns());
    float[] rowB = new float[b.columns()];
    float[] rowOut = new float[b.columns()];
    Target target = new Target(da, accumulate);
    return () -> {
      for (int r = 0; r < b.rows(); r++) {
        b.readRow(r, rowB);
        dOut.readRow(r, rowOut);
        for (int c = 0; c < rowB.length; c++) {
          rowOut[c] *= rowB[c];
        }
        target.put(r, rowOut);
      }
    };
  }

  @Override
  public Op transfer(Matrix source, Matrix target, boolean accumulate) {
    target.requireShape("target", source.rows(), source.columns());
    float[] row = new float[source.columns()];
    Target to = new Target(target, accumulate);
    return () -> {
      for (int r = 0; r < source.rows(); r++) {
        source.readRow(r, row);
        to.put(r, row);
      }
    };
  }

  @Override
  public Op logitOfProductGradient(
      Matrix a,
      Matrix b,
      Matrix dOut,
      Matrix da,
      Matrix db,
      boolean accumulateA,
      boolean accumulateB) {
    int columns = a.columns();
    b.requireShape("b", a.rows(), columns);
    dOut.requireShape("dOut", a.rows(), columns);
    da.requireShape("da", a.rows(), columns);
    db.requireShape("db", a.rows(), columns);
    float[] rowA = new float[columns];
    float[] rowB = new float[columns];
    float[] rowOut = new float[columns];
    Target targetA = new Target(da, accumulateA);
    Target targetB = new Target(db, accumulateB);
    return () -> {
      for (int r = 0; r < a.rows(); r++) {
        a.readRow(r, rowA);
        b.readRow(r, rowB);
        dOut.readRow(r, rowOut);
        for (int c = 0; c < columns; c++) {
          // By a it is (1 + exp(b)) / (1 + exp(a) + exp(b)), a sigmoid, and so cannot overflow.
          double byA = Scalars.sigmoid(Scalars.softplus(rowB[c]) - rowA[c]);
          double byB = Scalars.sigmoid(Scalars.softplus(rowA[c]) - rowB[c]);
          rowA[c] = (float) (rowOut[c] * byA);
          rowB[c] = (float) (rowOut[c] * byB);
        }
        targetA.put(r, rowA);
        targetB.put(r, rowB);
      }
    };
  }

  /** The epilogue of a product that replaces what the target holds, or adds to it. */
  private static Epilogue plus(Matrix target, boolean accumulate) {
    return new Epilogue(null, Activation.NONE, null, null, null, accumulate ? target : null);
  }

  private Matrix transposedScratch(Matrix matrix) {
    int rows = matrix.columns();
    int columns = matrix.rows();
    return Matrix.of(forward.allocate(Math.multiplyExact(rows, columns)), 0, rows, columns);
  }

  private static Op transpose(Matrix from, Matrix to) {
    float[][] rows = new float[from.rows()][from.columns()];
    float[] column = new float[from.rows()];
    return () -> {
      for (int r = 0; r < rows.length; r++) {
        from.readRow(r, rows[r]);
      }
      for (int c = 0; c < to.rows(); c++) {
        for (int r = 0; r < column.length; r++) {
          column[r] = rows[r][c];
        }
        to.writeRow(c, column);
      }
    };
  }

  private static Op columnSums(Matrix matrix, Matrix sums, boolean accumulate) {
    sums.requireShape("dBias", 1, matrix.columns());
    double[] totals = new double[matrix.columns()];
    float[] row = new float[matrix.columns()];
    Target target = new Target(sums, accumulate);
    return () -> {
      Arrays.fill(totals, 0);
      for (int r = 0; r < matrix.rows(); r++) {
        matrix.readRow(r, row);
        for (int c = 0; c < row.length; c++) {
          totals[c] += row[c];
        }
      }
      target.put(totals);
    };
  }
}
