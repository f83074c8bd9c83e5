package io.ranking4j.fusion.gp;

import java.util.Objects;

/**
 * A Gaussian process conditioned on observations: what is known of the function, as a mean and a
 * covariance at any points, in the units of the observed values. After Rasmussen and Williams,
 * <i>Gaussian Processes for Machine Learning</i>, 2006, algorithm 2.1.
 *
 * <p>Immutable and safe to share.
 */
public final class GaussianProcess {
  /** Added to the diagonal where a matrix is singular, as a share of the output scale. */
  static final double RELATIVE_JITTER = 1e-10;

  private final Observations observations;
  private final Kernel kernel;
  private final double noise;
  private final double batchVariance;
  private final double mean;
  private final Cholesky cholesky;
  private final double[] alpha;

  private GaussianProcess(
      Observations observations, Kernel kernel, double noise, double batchVariance, double mean) {
    this.observations = observations;
    this.kernel = kernel;
    this.noise = noise;
    this.batchVariance = batchVariance;
    this.mean = mean;
    int n = observations.size();
    double[][] points = observations.points();
    double[] covariance = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i * n + j] =
            kernel.at(points[i], points[j])
                + (observations.isInSameBatch(i, j) ? batchVariance : 0);
      }
      covariance[i * n + i] =
          kernel.outputScale()
              + (observations.batches().length == 0 ? 0 : batchVariance)
              + noise(i);
    }
    Cholesky exact = Cholesky.ofOrNull(covariance, n);
    this.cholesky =
        exact != null
            ? exact
            : Cholesky.withJitter(covariance, n, RELATIVE_JITTER * kernel.outputScale());
    this.alpha = residuals();
    cholesky.solve(alpha);
  }

  /**
   * Conditions a process of known hyperparameters.
   *
   * @param noise the variance of the noise, at least 0, where the observations bring none
   * @param batchVariance the variance of the offsets of batches, at least 0, where there are
   *     batches
   * @param mean the mean of the function before anything is observed
   * @throws IllegalArgumentException where a variance is below 0 or the points have another number
   *     of coordinates than the kernel
   */
  public static GaussianProcess of(
      Observations observations, Kernel kernel, double noise, double batchVariance, double mean) {
    if (!(noise >= 0) || !(batchVariance >= 0)) {
      throw new IllegalArgumentException(
          "variances must be at least 0, but were " + noise + " and " + batchVariance);
    }
    kernelFits(observations.points()[0], kernel);
    return new GaussianProcess(observations, kernel, noise, batchVariance, mean);
  }

  private static void kernelFits(double[] point, Kernel kernel) {
    if (point.length != kernel.coordinates()) {
      throw new IllegalArgumentException(
          "points must have "
              + kernel.coordinates()
              + " coordinates, as the kernel, but had "
              + point.length);
    }
  }

  /**
   * Conditions a process whose kernel, of the shapes of the options, and hyperparameters maximise
   * the marginal likelihood times their priors.
   *
   * @param time how outcomes are related in time
   * @param seed of the random starts
   */
  public static GaussianProcess fit(
      Observations observations, TimeCorrelation time, FitOptions options, long seed) {
    Fit.Fitted best = null;
    for (Kernel.Shape shape : options.shapes()) {
      Fit.Fitted fitted = new Fit(observations, shape, time, options).run(seed);
      if (best == null || fitted.negativeLogPosterior() < best.negativeLogPosterior()) {
        best = fitted;
      }
    }
    return Objects.requireNonNull(best).process();
  }

  /** Returns the observations it is conditioned on. */
  public Observations observations() {
    return observations;
  }

  /** Returns the covariance of the function. */
  public Kernel kernel() {
    return kernel;
  }

  /** Returns the variance of the noise that was inferred or given for all observations. */
  public double noise() {
    return noise;
  }

  /** Returns the variance of the offsets of batches. */
  public double batchVariance() {
    return batchVariance;
  }

  /** Returns the mean of the function before anything is observed. */
  public double mean() {
    return mean;
  }

  private double noise(int i) {
    double[] known = observations.noiseVariances();
    return observations.isNoiseKnown() ? Math.max(known[i], noise) : noise;
  }

  private double[] residuals() {
    double[] residuals = observations.values().clone();
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= mean;
    }
    return residuals;
  }

  /** Returns the logarithm of the probability density of the observed values. */
  public double logMarginalLikelihood() {
    double fit = 0;
    double[] residuals = residuals();
    for (int i = 0; i < alpha.length; i++) {
      fit += residuals[i] * alpha[i];
    }
    return -(fit + cholesky.logDeterminant() + alpha.length * Math.log(2 * Math.PI)) / 2;
  }

  /**
   * Returns the mean of the function at a point.
   *
   * @throws IllegalArgumentException where it has another number of coordinates than the kernel
   */
  public double mean(double[] point) {
    kernelFits(point, kernel);
    double sum = mean;
    for (int i = 0; i < alpha.length; i++) {
      sum += kernel.at(point, observations.points()[i]) * alpha[i];
    }
    return sum;
  }

  /**
   * Returns the mean and the covariance of the function, without noise and offsets of batches.
   *
   * @param points one row a point
   * @throws IllegalArgumentException where one has another number of coordinates than the kernel
   */
  public Posterior predict(double[]... points) {
    int m = points.length;
    double[] means = new double[m];
    double[][] solved = new double[m][];
    double[][] covariance = new double[m][m];
    for (int i = 0; i < m; i++) {
      means[i] = mean(points[i]);
      solved[i] = crossCovariance(points[i]);
      cholesky.solveLower(solved[i]);
      for (int j = 0; j <= i; j++) {
        double value = kernel.at(points[i], points[j]) - dot(solved[i], solved[j]);
        covariance[i][j] = i == j ? Math.max(value, 0) : value;
        covariance[j][i] = covariance[i][j];
      }
    }
    return new Posterior(means, covariance);
  }

  /**
   * Returns what the other observations predict for every single one, its noise included: how far
   * the model is to be trusted. By the closed form of Rasmussen and Williams, equation 5.12.
   */
  public LeaveOneOut leaveOneOut() {
    int n = alpha.length;
    double[] inverse = cholesky.inverse();
    double[] means = new double[n];
    double[] variances = new double[n];
    for (int i = 0; i < n; i++) {
      variances[i] = 1 / inverse[i * n + i];
      means[i] = observations.values()[i] - alpha[i] * variances[i];
    }
    return new LeaveOneOut(observations.values().clone(), means, variances);
  }

  Cholesky cholesky() {
    return cholesky;
  }

  double[] alpha() {
    return alpha;
  }

  double[] crossCovariance(double[] point) {
    double[] covariance = new double[alpha.length];
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] = kernel.at(point, observations.points()[i]);
    }
    return covariance;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * The function at several points.
   *
   * @param mean by point
   * @param covariance by point and point
   */
  public record Posterior(double[] mean, double[][] covariance) {
    /** Returns the standard deviation of the function at a point. */
    public double standardDeviation(int point) {
      return Math.sqrt(covariance[point][point]);
    }
  }
}
