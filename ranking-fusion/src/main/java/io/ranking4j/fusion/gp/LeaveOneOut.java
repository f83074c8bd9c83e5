package io.ranking4j.fusion.gp;

/**
 * Every observation beside what the others predict for it.
 *
 * @param observed the observed values
 * @param mean what the others predict, by observation
 * @param variance the variance of that prediction, noise included
 */
public record LeaveOneOut(double[] observed, double[] mean, double[] variance) {
  /**
   * Returns the share of the variance of the observed values that the predictions explain: 1 is
   * perfect, 0 no better than the mean, and it may be negative. NaN where all values are equal.
   */
  public double rSquared() {
    double average = 0;
    for (double value : observed) {
      average += value / observed.length;
    }
    double total = 0;
    double unexplained = 0;
    for (int i = 0; i < observed.length; i++) {
      total += (observed[i] - average) * (observed[i] - average);
      unexplained += (observed[i] - mean[i]) * (observed[i] - mean[i]);
    }
    return total == 0 ? Double.NaN : 1 - unexplained / total;
  }

  /**
   * Returns the share of observations within 1.96 standard deviations of their prediction: about
   * 0.95 where the model knows how little it knows.
   */
  public double coverage() {
    int within = 0;
    for (int i = 0; i < observed.length; i++) {
      if (Math.abs(observed[i] - mean[i]) <= 1.96 * Math.sqrt(variance[i])) {
        within++;
      }
    }
    return (double) within / observed.length;
  }
}
