package io.ranking4j.fusion.gp;

import java.util.Arrays;

/**
 * Joint draws of the function at chosen points, and the function anywhere else given each of these
 * draws: normal, with a mean of its own for every draw and one standard deviation for all. That is
 * what noisy expected improvement integrates over, and what lets a candidate be compared with the
 * same draw of a baseline.
 *
 * <p>Immutable and safe to share; its {@link Evaluator}s are not.
 */
public final class ConditionalSamples {
  private final GaussianProcess process;
  private final double[][] chosen;
  private final double[][] atChosen;
  private final double[][] chosenColumns;
  private final Cholesky chosenCholesky;
  private final double[][] observedWeights;
  private final double[][] chosenWeights;
  private final double leastVariance;

  /**
   * Draws.
   *
   * @param chosen one row a point, no two of them equal; at least one
   * @param normals one row a draw, of as many standard normal numbers as there are points or more
   */
  public ConditionalSamples(GaussianProcess process, double[][] chosen, double[][] normals) {
    this.process = process;
    this.chosen = chosen.clone();
    int m = chosen.length;
    int n = process.alpha().length;
    double outputScale = process.kernel().outputScale();
    this.leastVariance = 1e-9 * outputScale;
    this.chosenColumns = new double[m][];
    double[] covariance = new double[m * m];
    for (int i = 0; i < m; i++) {
      chosenColumns[i] = process.crossCovariance(chosen[i]);
      process.cholesky().solveLower(chosenColumns[i]);
      for (int j = 0; j <= i; j++) {
        covariance[i * m + j] =
            process.kernel().at(chosen[i], chosen[j])
                - GaussianProcess.dot(chosenColumns[i], chosenColumns[j]);
      }
    }
    this.chosenCholesky = Cholesky.withJitter(covariance, m, leastVariance);
    this.atChosen = new double[normals.length][];
    this.observedWeights = new double[normals.length][];
    this.chosenWeights = new double[normals.length][];
    double[] means = new double[m];
    for (int i = 0; i < m; i++) {
      means[i] = process.mean(chosen[i]);
    }
    for (int s = 0; s < normals.length; s++) {
      double[] z = Arrays.copyOf(normals[s], m);
      atChosen[s] = chosenCholesky.times(z);
      for (int i = 0; i < m; i++) {
        atChosen[s][i] += means[i];
      }
      // mean(x) + k_post(x)' C^-1 (f - mean) as one sum of covariances with all points.
      chosenCholesky.solveUpper(z);
      double[] pulled = new double[n];
      for (int i = 0; i < m; i++) {
        for (int k = 0; k < n; k++) {
          pulled[k] -= chosenColumns[i][k] * z[i];
        }
      }
      process.cholesky().solveUpper(pulled);
      for (int k = 0; k < n; k++) {
        pulled[k] += process.alpha()[k];
      }
      observedWeights[s] = pulled;
      chosenWeights[s] = z;
    }
  }

  /** Returns the number of draws. */
  public int count() {
    return atChosen.length;
  }

  /** Returns a draw at one of the chosen points. */
  public double at(int draw, int point) {
    return atChosen[draw][point];
  }

  /** Returns room to evaluate in, for one thread. */
  public Evaluator evaluator() {
    return new Evaluator();
  }

  /** The function at one point after another, given the draws. Not safe to share. */
  public final class Evaluator {
    private final double[] means = new double[count()];
    private double deviation;
    private boolean clamped;
    private double[] point = new double[0];
    private double[] observedCovariance = new double[0];
    private double[] posteriorCovariance = new double[0];

    /** Moves to a point. */
    public void moveTo(double[] newPoint) {
      point = newPoint;
      Kernel kernel = process.kernel();
      double[] toObserved = process.crossCovariance(newPoint);
      double[] toChosen = new double[chosen.length];
      for (int i = 0; i < toChosen.length; i++) {
        toChosen[i] = kernel.at(newPoint, chosen[i]);
      }
      for (int s = 0; s < means.length; s++) {
        means[s] =
            process.mean()
                + GaussianProcess.dot(toObserved, observedWeights[s])
                + GaussianProcess.dot(toChosen, chosenWeights[s]);
      }
      observedCovariance = toObserved;
      process.cholesky().solveLower(observedCovariance);
      for (int i = 0; i < toChosen.length; i++) {
        toChosen[i] -= GaussianProcess.dot(chosenColumns[i], observedCovariance);
      }
      posteriorCovariance = toChosen;
      chosenCholesky.solveLower(posteriorCovariance);
      double variance =
          kernel.outputScale()
              - GaussianProcess.dot(observedCovariance, observedCovariance)
              - GaussianProcess.dot(posteriorCovariance, posteriorCovariance);
      clamped = !(variance > leastVariance);
      deviation = Math.sqrt(clamped ? leastVariance : variance);
    }

    /** Returns the mean at the point given a draw. */
    public double mean(int draw) {
      return means[draw];
    }

    /** Returns the standard deviation at the point given any draw, always above 0. */
    public double standardDeviation() {
      return deviation;
    }

    /**
     * Adds the gradient of {@code sum over draws of meanWeights * mean + deviationWeight *
     * standardDeviation} by the inputs of the point.
     */
    public void addGradient(double[] meanWeights, double deviationWeight, double[] gradient) {
      int n = observedCovariance.length;
      int m = chosen.length;
      double[] onObserved = new double[n];
      double[] onChosen = new double[m];
      for (int s = 0; s < meanWeights.length; s++) {
        double weight = meanWeights[s];
        if (weight != 0) {
          for (int k = 0; k < n; k++) {
            onObserved[k] += weight * observedWeights[s][k];
          }
          for (int k = 0; k < m; k++) {
            onChosen[k] += weight * chosenWeights[s][k];
          }
        }
      }
      if (!clamped) {
        double[] c = posteriorCovariance.clone();
        chosenCholesky.solveUpper(c);
        double[] rest = observedCovariance.clone();
        for (int i = 0; i < m; i++) {
          for (int k = 0; k < n; k++) {
            rest[k] -= chosenColumns[i][k] * c[i];
          }
        }
        process.cholesky().solveUpper(rest);
        double factor = -deviationWeight / deviation;
        for (int k = 0; k < n; k++) {
          onObserved[k] += factor * rest[k];
        }
        for (int k = 0; k < m; k++) {
          onChosen[k] += factor * c[k];
        }
      }
      for (int k = 0; k < n; k++) {
        process
            .kernel()
            .addGradient(point, process.observations().points()[k], onObserved[k], gradient);
      }
      for (int k = 0; k < m; k++) {
        process.kernel().addGradient(point, chosen[k], onChosen[k], gradient);
      }
    }
  }
}
