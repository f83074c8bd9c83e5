package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The gradient of an activation by its input and its slopes. At 0 it is that from below. */
final class JavaActivationGradient implements Op {
  private final Activation activation;
  private final Matrix x;
  private final Matrix y;
  private final @Nullable Matrix slope;
  private final Matrix dOut;
  private final Target dx;
  private final @Nullable Target dSlope;
  private final float[] rowX;
  private final float[] rowY;
  private final float[] rowOut;
  private final float[] slopes;
  private final double[] slopeSums;

  JavaActivationGradient(
      Activation activation,
      Matrix x,
      Matrix y,
      @Nullable Matrix slope,
      Matrix dOut,
      Matrix dx,
      @Nullable Matrix dSlope,
      boolean accumulate) {
    int rows = x.rows();
    int columns = x.columns();
    if ((activation == Activation.PRELU) != (slope != null)) {
      throw new IllegalArgumentException("PRELU and its slopes go together");
    }
    if (dSlope != null && slope == null) {
      throw new IllegalArgumentException(activation + " has no slopes and no gradient by them");
    }
    y.requireShape("y", rows, columns);
    dOut.requireShape("dOut", rows, columns);
    dx.requireShape("dx", rows, columns);
    if (slope != null) {
      slope.requireShape("slope", 1, columns);
    }
    if (dSlope != null) {
      dSlope.requireShape("dSlope", 1, columns);
    }
    this.activation = activation;
    this.x = x;
    this.y = y;
    this.slope = slope;
    this.dOut = dOut;
    this.dx = new Target(dx, accumulate);
    this.dSlope = dSlope == null ? null : new Target(dSlope, accumulate);
    rowX = new float[columns];
    rowY = new float[columns];
    rowOut = new float[columns];
    slopes = new float[columns];
    slopeSums = new double[columns];
  }

  @Override
  public void run() {
    if (slope != null) {
      slope.readRow(0, slopes);
      Arrays.fill(slopeSums, 0);
    }
    for (int r = 0; r < x.rows(); r++) {
      x.readRow(r, rowX);
      y.readRow(r, rowY);
      dOut.readRow(r, rowOut);
      if (slope != null) {
        for (int c = 0; c < rowX.length; c++) {
          slopeSums[c] += (double) rowOut[c] * Math.min(rowX[c], 0);
        }
      }
      multiplyByDerivative();
      dx.put(r, rowOut);
    }
    if (dSlope != null) {
      dSlope.put(slopeSums);
    }
  }

  private void multiplyByDerivative() {
    float[] d = rowOut;
    int n = d.length;
    switch (activation) {
      case NONE -> {}
      case RELU -> {
        for (int c = 0; c < n; c++) {
          d[c] = rowX[c] > 0 ? d[c] : 0;
        }
      }
      case PRELU -> {
        for (int c = 0; c < n; c++) {
          d[c] = rowX[c] > 0 ? d[c] : slopes[c] * d[c];
        }
      }
      case TANH -> {
        for (int c = 0; c < n; c++) {
          d[c] *= (1 - rowY[c]) * (1 + rowY[c]);
        }
      }
      case SIGMOID -> {
        for (int c = 0; c < n; c++) {
          d[c] *= rowY[c] * (1 - rowY[c]);
        }
      }
      case SOFTPLUS -> {
        for (int c = 0; c < n; c++) {
          d[c] *= (float) Scalars.sigmoid(rowX[c]);
        }
      }
    }
  }
}
