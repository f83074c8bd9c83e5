package io.ranking4j.calibration;

/**
 * Undoes what downsampling of negatives and a positive weight do to a probability.
 *
 * <p>Keeping a negative with probability {@code alpha} divides the odds of the training data by
 * {@code alpha}; counting a positive {@code w} times in the loss multiplies them by {@code w}. A
 * network trained on such data therefore predicts odds that are {@code w / alpha} times the true
 * ones, and the true logit is
 *
 * <pre>{@code logit(p) = logit(p_s) + ln(alpha) - ln(w)}</pre>
 *
 * which in probabilities is {@code p = alpha p_s / (w (1 - p_s) + alpha p_s)}. The correction for
 * downsampling is that of He et al., <i>Practical Lessons from Predicting Clicks on Ads at
 * Facebook</i> (ADKDD 2014), section 6.3. It is strictly increasing, so that it changes no order
 * within a task; it does change sums over tasks, and comes before any fusion.
 *
 * <p>One keep rate serves every task even where rows were sampled for all tasks at once, that is
 * where a row was always kept if any task had a positive in it. Of a task's negatives, those in
 * rows without any positive were then kept at rate {@code alpha}, and those in rows kept for the
 * sake of another task at rate 1. The trainer weights the latter by {@code alpha}, so that all
 * negatives of the task weigh {@code alpha} times what they did before sampling, whatever the other
 * tasks, and the shift of {@code ln(alpha)} is exact for each of them.
 *
 * <p>Immutable and safe to share.
 *
 * @param keepRate the share of negatives that the training data kept, {@code alpha}, in (0, 1]
 * @param positiveWeight how often a positive counted in the loss, {@code w}, above 0 and finite
 */
public record SamplingCorrection(double keepRate, double positiveWeight) {
  /** The correction that changes nothing. */
  public static final SamplingCorrection NONE = new SamplingCorrection(1, 1);

  /** Checks both parts. */
  public SamplingCorrection {
    if (!(keepRate > 0 && keepRate <= 1)) {
      throw new IllegalArgumentException(
          "the keep rate of negatives must be in (0, 1], but was " + keepRate);
    }
    if (!(positiveWeight > 0 && positiveWeight <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the positive weight must be above 0 and finite, but was " + positiveWeight);
    }
  }

  /**
   * What is added to a logit of the network to make it the logit of the true probability.
   *
   * @param keepRate the share of negatives that was kept, in (0, 1]
   * @param positiveWeight how often a positive counted in the loss, above 0
   * @return {@code ln(keepRate) - ln(positiveWeight)}
   * @throws IllegalArgumentException where one is out of range
   */
  public static double logitShift(double keepRate, double positiveWeight) {
    return new SamplingCorrection(keepRate, positiveWeight).logitShift();
  }

  /** What is added to a logit of the network to make it the logit of the true probability. */
  public double logitShift() {
    return Math.log(keepRate) - Math.log(positiveWeight);
  }

  /**
   * The true probability. Exact for 0 and 1, and precise to a few units in the last place
   * everywhere: no two numbers of like size are subtracted.
   *
   * @param probability what a network trained on the sampled and weighted data predicts, in [0, 1]
   * @throws IllegalArgumentException where it is outside of [0, 1] or NaN
   */
  public double correct(double probability) {
    return scaleOdds(probability, keepRate, positiveWeight);
  }

  /**
   * The probability that a network trained on the sampled and weighted data would predict: the
   * inverse of {@link #correct}.
   *
   * @param probability a true probability, in [0, 1]
   * @throws IllegalArgumentException where it is outside of [0, 1] or NaN
   */
  public double distort(double probability) {
    return scaleOdds(probability, positiveWeight, keepRate);
  }

  /** Multiplies the odds by {@code up / down}. */
  private static double scaleOdds(double probability, double up, double down) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability must be in [0, 1], but was " + probability);
    }
    if (probability == 0 || probability == 1) {
      return probability;
    }
    // With the larger of the two at 1, the sum below can neither overflow nor become 0.
    double larger = Math.max(up, down);
    double positive = up / larger * probability;
    return positive / (down / larger * (1 - probability) + positive);
  }
}
