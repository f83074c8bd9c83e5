package io.ranking4j.nn.loss;

/**
 * How the parts of DCMT's loss are weighed.
 *
 * @param cvrWeight the weight of the twin's loss, at least 0
 * @param productWeight the weight of the loss on products over all impressions, at least 0
 * @param priorWeight the weight of {@code |1 - (p + p*)|} within the twin's loss, at least 0; large
 *     ones push the probability down, since that of the counterfactual head is near 1
 * @param propensityFloor probabilities of the parent count as at least this and at most one minus
 *     this when divided by, in (0, 0.5]
 * @param selfNormalised whether inverse propensities are divided by their sum, in each of the two
 *     spaces, in place of the number of impressions
 */
public record DcmtOptions(
    double cvrWeight,
    double productWeight,
    double priorWeight,
    double propensityFloor,
    boolean selfNormalised) {
  /** The weight of the counterfactual prior where nothing else is said. */
  public static final double DEFAULT_PRIOR_WEIGHT = 1e-3;

  /** The floor of propensities where nothing else is said. */
  public static final double DEFAULT_PROPENSITY_FLOOR = 0.05;

  /** Checks every part. */
  public DcmtOptions {
    Escm2Options.requireWeight("cvrWeight", cvrWeight);
    Escm2Options.requireWeight("productWeight", productWeight);
    Escm2Options.requireWeight("priorWeight", priorWeight);
    if (!(propensityFloor > 0 && propensityFloor <= 0.5)) {
      throw new IllegalArgumentException(
          "propensityFloor must be in (0, 0.5], but was " + propensityFloor);
    }
  }

  /** Each part as by default. */
  public static DcmtOptions defaults() {
    return new DcmtOptions(1, 1, DEFAULT_PRIOR_WEIGHT, DEFAULT_PROPENSITY_FLOOR, false);
  }

  /** With other weights of the twin's loss and of the loss on products. */
  public DcmtOptions weights(double cvr, double product) {
    return new DcmtOptions(cvr, product, priorWeight, propensityFloor, selfNormalised);
  }

  /** With another weight of the prior. */
  public DcmtOptions priorWeight(double weight) {
    return new DcmtOptions(cvrWeight, productWeight, weight, propensityFloor, selfNormalised);
  }

  /** With inverse propensities divided by their sums. */
  public DcmtOptions selfNormalising() {
    return new DcmtOptions(cvrWeight, productWeight, priorWeight, propensityFloor, true);
  }
}
