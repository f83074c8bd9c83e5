package io.ranking4j.nn.loss;

/**
 * How the parts of ESCM²'s loss are weighed.
 *
 * @param cvrWeight the weight of the counterfactual risk, at least 0
 * @param globalWeight the weight of the loss on products over all impressions, at least 0
 * @param propensityFloor probabilities below it count as this much when divided by, in (0, 1]
 * @param normaliser what sums over clicked impressions are divided by
 * @param separate whether the imputation alone learns from its own error, and only the predicted
 *     probability from the imputed risk; otherwise both learn from both
 */
public record Escm2Options(
    double cvrWeight,
    double globalWeight,
    double propensityFloor,
    Normaliser normaliser,
    boolean separate) {
  /** The weight of the counterfactual risk where nothing else is said. */
  public static final double DEFAULT_CVR_WEIGHT = 0.5;

  /** The weight of the loss on products where nothing else is said. */
  public static final double DEFAULT_GLOBAL_WEIGHT = 0.5;

  /** The floor of propensities where nothing else is said. */
  public static final double DEFAULT_PROPENSITY_FLOOR = 0.05;

  /**
   * What sums over clicked impressions are divided by. They differ by about the click rate, so that
   * a weight of the risk that suits one does not suit another.
   */
  public enum Normaliser {
    /** The number of all impressions: the textbook's unbiased estimate. The default. */
    IMPRESSIONS,
    /** The number of clicked ones. */
    CLICKS,
    /** The sum of their inverse propensities (self-normalised). */
    WEIGHTS
  }

  /** Checks every part. */
  public Escm2Options {
    requireWeight("cvrWeight", cvrWeight);
    requireWeight("globalWeight", globalWeight);
    if (!(propensityFloor > 0 && propensityFloor <= 1)) {
      throw new IllegalArgumentException(
          "propensityFloor must be in (0, 1], but was " + propensityFloor);
    }
  }

  static void requireWeight(String name, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          name + " must be finite and at least 0, but was " + weight);
    }
  }

  /** Each part as by default. */
  public static Escm2Options defaults() {
    return new Escm2Options(
        DEFAULT_CVR_WEIGHT,
        DEFAULT_GLOBAL_WEIGHT,
        DEFAULT_PROPENSITY_FLOOR,
        Normaliser.IMPRESSIONS,
        true);
  }

  /** With other weights of the counterfactual risk and of the loss on products. */
  public Escm2Options weights(double cvr, double global) {
    return new Escm2Options(cvr, global, propensityFloor, normaliser, separate);
  }

  /** With another normaliser. */
  public Escm2Options normaliser(Normaliser other) {
    return new Escm2Options(cvrWeight, globalWeight, propensityFloor, other, separate);
  }

  /** With another floor; 1 for no weighting at all. */
  public Escm2Options propensityFloor(double floor) {
    return new Escm2Options(cvrWeight, globalWeight, floor, normaliser, separate);
  }

  /** With the probability and the imputation both learning from both terms. */
  public Escm2Options together() {
    return new Escm2Options(cvrWeight, globalWeight, propensityFloor, normaliser, false);
  }
}
