package io.ranking4j.fusion.gp;

import java.util.Arrays;

/**
 * Points at which a function was evaluated, and what came out. Arrays are taken as they are, not to
 * be changed afterwards.
 *
 * @param points one row a point, inputs of about unit size, its time last where time is used
 * @param values one finite value a point
 * @param noiseVariances the known variance of every value, or none to infer one for all
 * @param batches a number for the batch of every point where values of a batch share an unknown
 *     offset, or none where they do not
 */
public record Observations(
    double[][] points, double[] values, double[] noiseVariances, int[] batches) {
  /**
   * Checks the shapes and values.
   *
   * @throws IllegalArgumentException where there is no point, the lengths differ, a value is not
   *     finite or a variance is below 0
   */
  public Observations {
    if (points.length == 0) {
      throw new IllegalArgumentException("a Gaussian process needs at least one observation");
    }
    for (double[] point : points) {
      if (point.length != points[0].length || !Arrays.stream(point).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "points must have "
                + points[0].length
                + " finite coordinates each, but one was "
                + Arrays.toString(point));
      }
    }
    checkLength("values", values.length, points.length);
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("values must be finite, but one was " + value);
      }
    }
    if (noiseVariances.length > 0) {
      checkLength("noise variances", noiseVariances.length, points.length);
      for (double variance : noiseVariances) {
        if (!(variance >= 0) || Double.isInfinite(variance)) {
          throw new IllegalArgumentException(
              "noise variances must be at least 0 and finite, but one was " + variance);
        }
      }
    }
    if (batches.length > 0) {
      checkLength("batches", batches.length, points.length);
    }
  }

  /** Values without known noise and without batches. */
  public static Observations of(double[][] points, double[] values) {
    return new Observations(points, values, new double[0], new int[0]);
  }

  private static void checkLength(String what, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "there must be as many " + what + " as points, " + expected + ", but were " + actual);
    }
  }

  int size() {
    return points.length;
  }

  boolean isNoiseKnown() {
    return noiseVariances.length > 0;
  }

  boolean isInSameBatch(int i, int j) {
    return batches.length > 0 && batches[i] == batches[j];
  }
}
