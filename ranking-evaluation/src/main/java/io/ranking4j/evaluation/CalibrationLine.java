package io.ranking4j.evaluation;

import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calibration slope and intercept: the line {@code logit(true rate) = slope * logit(prediction) +
 * intercept} of greatest likelihood. Calibrated predictions have slope 1 and intercept 0. A slope
 * below 1 means that predictions are too extreme, as those of an overfitted model are; above 1, too
 * timid. Errors are robust (sandwich), so weights and clusters are allowed for. Immutable and safe
 * to share.
 *
 * @param slope of the line; undefined where every prediction is the same
 * @param intercept of the line, in log-odds; undefined where the slope is
 * @param interceptAtSlopeOne the intercept where the slope is held at 1, "calibration in the
 *     large": above 0 the model predicts too little, below 0 too much
 * @see <a href="https://doi.org/10.1093/biomet/45.3-4.562">Cox, 1958</a>
 */
public record CalibrationLine(Estimate slope, Estimate intercept, Estimate interceptAtSlopeOne) {

  private static final int MAX_STEPS = 60;
  private static final int MAX_HALVINGS = 40;

  /** Twice the gain in mean log likelihood at which a step is the last. */
  private static final double TOLERANCE = 1e-12;

  /**
   * Fits with 95 % intervals.
   *
   * @see #compute(Predictions, Groups, double)
   */
  public static CalibrationLine compute(Predictions predictions, @Nullable Groups clusters) {
    return compute(predictions, clusters, Interval.DEFAULT_CONFIDENCE);
  }

  /**
   * Fits the line; all of it is undefined unless both classes have weight. Predictions are kept
   * {@link LogLoss#DEFAULT_CLIP} away from 0 and 1.
   *
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @param confidence of the intervals, in (0, 1)
   * @throws IllegalArgumentException if a score is not in [0, 1], the clusters have another number
   *     of rows, or the confidence is out of its range
   */
  public static CalibrationLine compute(
      Predictions predictions, @Nullable Groups clusters, double confidence) {
    predictions.requireProbabilities();
    String why = predictions.whyNotBothClasses();
    if (why != null) {
      Estimate none = Estimate.undefined(why);
      return new CalibrationLine(none, none, none);
    }
    double[] z = new double[predictions.rows()];
    boolean constant = true;
    double first = Double.NaN;
    for (int row = 0; row < z.length; row++) {
      double p = predictions.score(row);
      p = Math.min(1 - LogLoss.DEFAULT_CLIP, Math.max(LogLoss.DEFAULT_CLIP, p));
      z[row] = Math.log(p) - Math.log1p(-p);
      if (predictions.weight(row) > 0) {
        first = Double.isNaN(first) ? z[row] : first;
        constant &= z[row] == first;
      }
    }
    Fit shifted = new Fit(predictions, z, false, 0);
    Estimate inTheLarge = shifted.run() ? shifted.intercept(clusters, confidence) : noOptimum();
    if (constant) {
      Estimate none = Estimate.undefined("every prediction of a row that has a weight is the same");
      return new CalibrationLine(none, none, inTheLarge);
    }
    if (separated(predictions, z)) {
      Estimate none =
          Estimate.undefined("the predictions separate the classes fully: the slope is infinite");
      return new CalibrationLine(none, none, inTheLarge);
    }
    Fit line = new Fit(predictions, z, true, shifted.intercept);
    return line.run()
        ? new CalibrationLine(
            line.slope(clusters, confidence), line.intercept(clusters, confidence), inTheLarge)
        : new CalibrationLine(noOptimum(), noOptimum(), inTheLarge);
  }

  private static Estimate noOptimum() {
    return Estimate.undefined("the likelihood has no optimum within reach of double precision");
  }

  /** Whether one threshold puts all positives on one side, rows on the threshold aside. */
  private static boolean separated(Predictions rows, double[] z) {
    double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] greatest = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int row = 0; row < z.length; row++) {
      if (rows.weight(row) > 0) {
        int label = (int) rows.label(row);
        least[label] = Math.min(least[label], z[row]);
        greatest[label] = Math.max(greatest[label], z[row]);
      }
    }
    return least[1] >= greatest[0] || least[0] >= greatest[1];
  }

  /** Newton's method on two coefficients, or on the intercept alone. */
  private static final class Fit {
    private final Predictions rows;
    private final double[] z;
    private final boolean freeSlope;
    private double slope = 1;
    private double intercept;
    private double loss;
    private double gradientA;
    private double gradientB;
    private double hessianAa;
    private double hessianAb;
    private double hessianBb;

    Fit(Predictions rows, double[] z, boolean freeSlope, double intercept) {
      this.intercept = intercept;
      this.rows = rows;
      this.z = z;
      this.freeSlope = freeSlope;
    }

    /** Returns whether a finite optimum was found. */
    boolean run() {
      evaluate();
      for (int step = 0; step < MAX_STEPS; step++) {
        double determinant = determinant();
        if (!(determinant > 0)) {
          return false;
        }
        double stepA = inverseTimesA(gradientA, gradientB) / determinant;
        double stepB = freeSlope ? inverseTimesB(gradientA, gradientB) / determinant : 0;
        double decrement = stepA * gradientA + stepB * gradientB;
        double before = loss;
        double oldSlope = slope;
        double oldIntercept = intercept;
        intercept -= stepA;
        slope -= stepB;
        if (decrement <= TOLERANCE) {
          // Newton's method squares the error: after this step it is that of rounding.
          return true;
        }
        evaluate();
        double scale = 1;
        for (int halving = 0; halving < MAX_HALVINGS && !(loss < before); halving++) {
          scale /= 2;
          intercept = oldIntercept - scale * stepA;
          slope = oldSlope - scale * stepB;
          evaluate();
        }
        if (!(loss < before)) {
          return false;
        }
      }
      return false;
    }

    private double determinant() {
      double relative = hessianAa * hessianBb - hessianAb * hessianAb;
      return freeSlope ? (relative > 1e-14 * hessianAa * hessianBb ? relative : 0) : hessianAa;
    }

    private double inverseTimesA(double a, double b) {
      return freeSlope ? hessianBb * a - hessianAb * b : a;
    }

    private double inverseTimesB(double a, double b) {
      return hessianAa * b - hessianAb * a;
    }

    /** Mean loss with its derivatives. */
    private void evaluate() {
      loss = gradientA = gradientB = hessianAa = hessianAb = hessianBb = 0;
      double total = rows.totalWeight();
      for (int row = 0; row < z.length; row++) {
        double w = rows.weight(row) / total;
        double u = slope * z[row] + intercept;
        double e = Math.exp(-Math.abs(u));
        double p = u >= 0 ? 1 / (1 + e) : e / (1 + e);
        loss += w * (Math.max(u, 0) + Math.log1p(e) - rows.label(row) * u);
        double residual = w * (p - rows.label(row));
        double curvature = w * e / ((1 + e) * (1 + e));
        gradientA += residual;
        gradientB += residual * z[row];
        hessianAa += curvature;
        hessianAb += curvature * z[row];
        hessianBb += curvature * z[row] * z[row];
      }
    }

    Estimate intercept(@Nullable Groups clusters, double confidence) {
      double determinant = determinant();
      return Estimate.ofInfluences(
          intercept, influences((a, b) -> inverseTimesA(a, b) / determinant), clusters, confidence);
    }

    Estimate slope(@Nullable Groups clusters, double confidence) {
      double determinant = determinant();
      return Estimate.ofInfluences(
          slope, influences((a, b) -> inverseTimesB(a, b) / determinant), clusters, confidence);
    }

    private double[] influences(DoubleBinaryOperator direction) {
      double[] influences = new double[z.length];
      double total = rows.totalWeight();
      for (int row = 0; row < z.length; row++) {
        double p = 1 / (1 + Math.exp(-(slope * z[row] + intercept)));
        double residual = rows.weight(row) / total * (rows.label(row) - p);
        influences[row] = direction.applyAsDouble(residual, residual * z[row]);
      }
      return influences;
    }
  }
}
