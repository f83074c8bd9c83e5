package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import java.util.Arrays;

/**
 * The gradients of batch normalisation. With {@code z = (x - mean) / sqrt(variance + epsilon)} and
 * n rows: {@code dBeta = sum dOut}, {@code dGamma = sum dOut z}, {@code dx = gamma / sqrt(variance
 * + epsilon) (dOut - dBeta / n - z dGamma / n)} (Ioffe and Szegedy, 2015).
 */
final class JavaBatchNormGradient implements Op {
  private final Matrix x;
  private final Matrix gamma;
  private final Matrix mean;
  private final Matrix variance;
  private final double epsilon;
  private final Matrix dOut;
  private final Target dx;
  private final Target dGamma;
  private final Target dBeta;
  private final float[] rowX;
  private final float[] rowOut;
  private final float[] means;
  private final float[] gammas;
  private final double[] inverseDeviations;
  private final double[] gammaSums;
  private final double[] betaSums;

  JavaBatchNormGradient(
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
    int columns = x.columns();
    gamma.requireShape("gamma", 1, columns);
    mean.requireShape("mean", 1, columns);
    variance.requireShape("variance", 1, columns);
    dOut.requireShape("dOut", x.rows(), columns);
    dx.requireShape("dx", x.rows(), columns);
    dGamma.requireShape("dGamma", 1, columns);
    dBeta.requireShape("dBeta", 1, columns);
    this.x = x;
    this.gamma = gamma;
    this.mean = mean;
    this.variance = variance;
    this.epsilon = epsilon;
    this.dOut = dOut;
    this.dx = new Target(dx, accumulateInput);
    this.dGamma = new Target(dGamma, false);
    this.dBeta = new Target(dBeta, false);
    rowX = new float[columns];
    rowOut = new float[columns];
    means = new float[columns];
    gammas = new float[columns];
    inverseDeviations = new double[columns];
    gammaSums = new double[columns];
    betaSums = new double[columns];
  }

  @Override
  public void run() {
    int columns = rowX.length;
    variance.readRow(0, rowX);
    for (int c = 0; c < columns; c++) {
      inverseDeviations[c] = 1 / Math.sqrt(rowX[c] + epsilon);
    }
    mean.readRow(0, means);
    gamma.readRow(0, gammas);
    Arrays.fill(gammaSums, 0);
    Arrays.fill(betaSums, 0);
    int rows = x.rows();
    for (int r = 0; r < rows; r++) {
      x.readRow(r, rowX);
      dOut.readRow(r, rowOut);
      for (int c = 0; c < columns; c++) {
        gammaSums[c] += rowOut[c] * normalised(c);
        betaSums[c] += rowOut[c];
      }
    }
    for (int r = 0; r < rows; r++) {
      x.readRow(r, rowX);
      dOut.readRow(r, rowOut);
      for (int c = 0; c < columns; c++) {
        double centred = rowOut[c] - (betaSums[c] + normalised(c) * gammaSums[c]) / rows;
        rowOut[c] = (float) (gammas[c] * inverseDeviations[c] * centred);
      }
      dx.put(r, rowOut);
    }
    dGamma.put(gammaSums);
    dBeta.put(betaSums);
  }

  private double normalised(int c) {
    return ((double) rowX[c] - means[c]) * inverseDeviations[c];
  }
}
