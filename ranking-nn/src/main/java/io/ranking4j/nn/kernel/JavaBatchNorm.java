package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import java.util.Arrays;

/**
 * Batch normalisation in training. The variance is taken around the mean in a second pass. That of
 * a single row is 0, also where it is unbiased.
 */
final class JavaBatchNorm implements Op {
  private final Matrix x;
  private final Matrix gamma;
  private final Matrix beta;
  private final Target mean;
  private final Target variance;
  private final Matrix runningMean;
  private final Matrix runningVariance;
  private final double momentum;
  private final double epsilon;
  private final Matrix out;
  private final float[] row;
  private final float[] gammas;
  private final float[] betas;
  private final double[] means;
  private final double[] variances;
  private final double[] factors;

  JavaBatchNorm(
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
    int columns = x.columns();
    gamma.requireShape("gamma", 1, columns);
    beta.requireShape("beta", 1, columns);
    mean.requireShape("mean", 1, columns);
    variance.requireShape("variance", 1, columns);
    runningMean.requireShape("runningMean", 1, columns);
    runningVariance.requireShape("runningVariance", 1, columns);
    out.requireShape("out", x.rows(), columns);
    this.x = x;
    this.gamma = gamma;
    this.beta = beta;
    this.mean = new Target(mean, false);
    this.variance = new Target(variance, false);
    this.runningMean = runningMean;
    this.runningVariance = runningVariance;
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.out = out;
    row = new float[columns];
    gammas = new float[columns];
    betas = new float[columns];
    means = new double[columns];
    variances = new double[columns];
    factors = new double[columns];
  }

  @Override
  public void run() {
    int rows = x.rows();
    int columns = row.length;
    computeStatistics();
    mean.put(means);
    variance.put(variances);
    move(runningMean, means, 1);
    move(runningVariance, variances, rows / Math.max(1.0, rows - 1));

    gamma.readRow(0, gammas);
    beta.readRow(0, betas);
    for (int c = 0; c < columns; c++) {
      factors[c] = gammas[c] / Math.sqrt(variances[c] + epsilon);
    }
    for (int r = 0; r < rows; r++) {
      x.readRow(r, row);
      for (int c = 0; c < columns; c++) {
        row[c] = (float) ((row[c] - means[c]) * factors[c] + betas[c]);
      }
      out.writeRow(r, row);
    }
  }

  private void computeStatistics() {
    int rows = x.rows();
    int columns = row.length;
    Arrays.fill(means, 0);
    Arrays.fill(variances, 0);
    for (int r = 0; r < rows; r++) {
      x.readRow(r, row);
      for (int c = 0; c < columns; c++) {
        means[c] += row[c];
      }
    }
    for (int c = 0; c < columns; c++) {
      means[c] /= rows;
    }
    for (int r = 0; r < rows; r++) {
      x.readRow(r, row);
      for (int c = 0; c < columns; c++) {
        double distance = row[c] - means[c];
        variances[c] += distance * distance;
      }
    }
    for (int c = 0; c < columns; c++) {
      variances[c] /= rows;
    }
  }

  private void move(Matrix running, double[] batch, double factor) {
    running.readRow(0, row);
    for (int c = 0; c < row.length; c++) {
      row[c] = (float) (momentum * row[c] + (1 - momentum) * factor * batch[c]);
    }
    running.writeRow(0, row);
  }
}
