package io.ranking4j.fusion.gp;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hyperparameters by the largest marginal likelihood times their priors, on standardised values.
 * Parameters are the logarithms of the length scales, of the output scale, of the noise where it is
 * inferred and of the variance of the batches' offsets where there are batches; the constant mean
 * is always the best one for them.
 *
 * <p>The prior of the length scales is the gamma density of shape 3 and rate 6 that BoTorch had
 * until 2024, with its mode at a third of the space. The log-normal one of Hvarfner, Hellsten and
 * Nardi, 2024, which took its place, is for tens of inputs: with six and few noisy values it holds
 * too many functions for flat.
 */
final class Fit {
  private static final double MIN_LENGTH = Math.log(0.01);
  private static final double MAX_LENGTH = Math.log(100);
  private static final double MIN_OUTPUT = Math.log(0.02);
  private static final double MAX_OUTPUT = Math.log(500);
  private static final double MIN_NOISE = Math.log(1e-6);
  private static final double MAX_NOISE = Math.log(3);

  /** Shape and rate of the gamma density of a length scale before anything is seen. */
  private static final double LENGTH_SHAPE = 3;

  private static final double LENGTH_RATE = 6;

  /** Standard deviation of the logarithm of the output scale before anything is seen. */
  private static final double OUTPUT_SPREAD = 1.5;

  /** The noise is not known to better than this share of the variance. */
  private static final double LEAST_NOISE = 1e-8;

  private final Observations observations;
  private final TimeCorrelation time;
  private final FitOptions options;
  private final int n;
  private final int inputs;
  private final boolean infersNoise;
  private final boolean hasBatches;
  private final double center;
  private final double scale;
  private final double[] values;
  private final double[] correlationInTime;
  private final Kernel.Shape shape;

  Fit(Observations observations, Kernel.Shape shape, TimeCorrelation time, FitOptions options) {
    this.observations = observations;
    this.shape = shape;
    this.time = time;
    this.options = options;
    this.n = observations.size();
    this.inputs = observations.points()[0].length - (time.isTimeUsed() ? 1 : 0);
    this.infersNoise = !observations.isNoiseKnown();
    this.hasBatches = Arrays.stream(observations.batches()).distinct().count() > 1;
    double average = Arrays.stream(observations.values()).average().orElse(0);
    double squares =
        Arrays.stream(observations.values()).map(v -> (v - average) * (v - average)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, n - 1));
    // Values that are all the same have no scale: any will do.
    this.center = average;
    this.scale = deviation > 1e-12 * Math.max(1, Math.abs(average)) ? deviation : 1;
    this.values = Arrays.stream(observations.values()).map(v -> (v - center) / scale).toArray();
    this.correlationInTime = new double[time.isTimeUsed() ? n * n : 0];
    for (int i = 0; i < n && time.isTimeUsed(); i++) {
      for (int j = 0; j < n; j++) {
        correlationInTime[i * n + j] =
            time.at(observations.points()[i][inputs] - observations.points()[j][inputs]);
      }
    }
  }

  /** A process with the negative logarithm of its posterior density, the less the likelier. */
  record Fitted(GaussianProcess process, double negativeLogPosterior) {}

  Fitted run(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ProjectedGradient.Minimum best = null;
    for (int start = 0; start < options.starts(); start++) {
      ProjectedGradient.Minimum found =
          ProjectedGradient.minimise(
              this::negativeLogPosterior,
              this::project,
              start(start, random),
              options.maxIterations(),
              1e-5);
      if (best == null || found.value() < best.value() || Double.isNaN(best.value())) {
        best = found;
      }
    }
    ProjectedGradient.Minimum likeliest = Objects.requireNonNull(best);
    return new Fitted(process(likeliest.x()), likeliest.value());
  }

  private double[] start(int start, SplittableRandom random) {
    double[] x = new double[inputs + 1 + (infersNoise ? 1 : 0) + (hasBatches ? 1 : 0)];
    for (int i = 0; i < x.length; i++) {
      double usual =
          i < inputs
              ? Math.log((LENGTH_SHAPE - 1) / LENGTH_RATE)
              : i == inputs ? 0 : Math.log(0.01);
      x[i] = usual + (start == 0 ? 0 : 2 * random.nextDouble() - 1);
    }
    return x;
  }

  private double[] project(double[] x) {
    for (int i = 0; i < x.length; i++) {
      double low = i < inputs ? MIN_LENGTH : i == inputs ? MIN_OUTPUT : MIN_NOISE;
      double high = i < inputs ? MAX_LENGTH : i == inputs ? MAX_OUTPUT : MAX_NOISE;
      x[i] = Math.max(low, Math.min(high, x[i]));
    }
    return x;
  }

  private double noise(double[] x, int i) {
    double[] known = observations.noiseVariances();
    return infersNoise
        ? Math.exp(x[inputs + 1])
        : Math.max(known[i] / (scale * scale), LEAST_NOISE);
  }

  private double batchVariance(double[] x) {
    return hasBatches ? Math.exp(x[x.length - 1]) : 0;
  }

  private GaussianProcess process(double[] x) {
    double[] lengthScales = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      lengthScales[i] = Math.exp(x[i]);
    }
    double variance = scale * scale;
    double noise = (infersNoise ? Math.exp(x[inputs + 1]) : LEAST_NOISE) * variance;
    double outputScale = Math.exp(x[inputs]) * variance;
    Kernel kernel = new Kernel(shape, lengthScales, outputScale, time);
    double[] covariance = new double[n * n];
    fill(x, covariance, null);
    Cholesky cholesky = Cholesky.withJitter(covariance, n, GaussianProcess.RELATIVE_JITTER);
    return GaussianProcess.of(
        observations, kernel, noise, batchVariance(x) * variance, center + scale * mean(cholesky));
  }

  /** The covariance of the values and, where asked for, the kernel's slope of every pair. */
  private void fill(double[] x, double[] covariance, double @Nullable [] slopes) {
    double[] inverseSquares = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      inverseSquares[i] = Math.exp(-2 * x[i]);
    }
    double outputScale = Math.exp(x[inputs]);
    double batchVariance = batchVariance(x);
    double[][] points = observations.points();
    for (int i = 0; i < n; i++) {
      double[] a = points[i];
      for (int j = 0; j < i; j++) {
        double[] b = points[j];
        double square = 0;
        for (int k = 0; k < inputs; k++) {
          square += (a[k] - b[k]) * (a[k] - b[k]) * inverseSquares[k];
        }
        double factor =
            time.isTimeUsed() ? outputScale * correlationInTime[i * n + j] : outputScale;
        double value = factor * shape.at(square);
        covariance[i * n + j] = value + (observations.isInSameBatch(i, j) ? batchVariance : 0);
        if (slopes != null) {
          slopes[i * n + j] = factor * shape.slope(square);
          slopes[j * n + i] = value;
        }
      }
      covariance[i * n + i] = outputScale + batchVariance + noise(x, i);
    }
  }

  private double mean(Cholesky cholesky) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    cholesky.solve(weights);
    double total = Arrays.stream(weights).sum();
    return GaussianProcess.dot(weights, values) / total;
  }

  double negativeLogPosterior(double[] x, double[] gradient) {
    double[] covariance = new double[n * n];
    double[] slopes = new double[n * n];
    fill(x, covariance, slopes);
    Cholesky cholesky = Cholesky.ofOrNull(covariance, n);
    if (cholesky == null) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = mean(cholesky);
    double[] alpha = values.clone();
    for (int i = 0; i < n; i++) {
      alpha[i] -= mean;
    }
    double[] residuals = alpha.clone();
    cholesky.solve(alpha);
    double value =
        (GaussianProcess.dot(residuals, alpha)
                + cholesky.logDeterminant()
                + n * Math.log(2 * Math.PI))
            / 2;
    Arrays.fill(gradient, 0);
    addLikelihoodGradient(x, alpha, cholesky.inverse(), slopes, gradient);
    return value + addPriors(x, gradient);
  }

  /** Half the trace of (inverse - alpha alpha') times the derivative of the covariance. */
  private void addLikelihoodGradient(
      double[] x, double[] alpha, double[] inverse, double[] slopes, double[] gradient) {
    double[][] points = observations.points();
    double outputScale = Math.exp(x[inputs]);
    double batchTotal = 0;
    for (int i = 0; i < n; i++) {
      double diagonal = inverse[i * n + i] - alpha[i] * alpha[i];
      gradient[inputs] += diagonal * outputScale / 2;
      batchTotal += diagonal / 2;
      if (infersNoise) {
        gradient[inputs + 1] += diagonal * Math.exp(x[inputs + 1]) / 2;
      }
      double[] a = points[i];
      for (int j = 0; j < i; j++) {
        double weight = inverse[i * n + j] - alpha[i] * alpha[j];
        double[] b = points[j];
        double slope = weight * slopes[i * n + j];
        for (int k = 0; k < inputs; k++) {
          gradient[k] += slope * (a[k] - b[k]) * (a[k] - b[k]);
        }
        gradient[inputs] += weight * slopes[j * n + i];
        if (observations.isInSameBatch(i, j)) {
          batchTotal += weight;
        }
      }
    }
    for (int k = 0; k < inputs; k++) {
      gradient[k] *= Math.exp(-2 * x[k]);
    }
    if (hasBatches) {
      gradient[x.length - 1] += batchTotal * batchVariance(x);
    }
  }

  /** Minus the logarithms of the priors, log-normal but for the length scales. */
  private double addPriors(double[] x, double[] gradient) {
    double value = 0;
    for (int k = 0; k < inputs; k++) {
      double rest = LENGTH_RATE * Math.exp(x[k]);
      value += rest - (LENGTH_SHAPE - 1) * x[k];
      gradient[k] += rest - (LENGTH_SHAPE - 1);
    }
    // Values are standardised: an output scale far from 1 says that all is noise, or none of it
    // seen, which few noisy values easily seem to say.
    value += x[inputs] * x[inputs] / (2 * OUTPUT_SPREAD * OUTPUT_SPREAD);
    gradient[inputs] += x[inputs] / (OUTPUT_SPREAD * OUTPUT_SPREAD);
    for (int k = inputs + 1; k < x.length; k++) {
      // Noise and offsets: centred at 2% of the variance, open over orders of magnitude.
      double z = (x[k] + 4) / 2;
      value += z * z / 2;
      gradient[k] += z / 2;
    }
    return value;
  }
}
