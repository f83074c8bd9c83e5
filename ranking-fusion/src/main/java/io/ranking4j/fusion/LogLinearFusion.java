package io.ranking4j.fusion;

import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.spi.Fusion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mix of a weighted sum and the logarithm of a product of powers: {@code utility = (1 - share)
 * sum + share ln(product)}. The sum says what an item is worth, the logarithm keeps one task from
 * making up for the others.
 *
 * <p>Immutable and safe to share.
 */
public final class LogLinearFusion implements Fusion {
  /** Its id in JSON. */
  public static final String TYPE_ID = "log_linear";

  private static final String SHARE = "share";
  private static final String LINEAR = "linear";
  private static final String LOG = "log";

  private final LinearFusion linear;
  private final MultiplicativeFusion product;
  private final double share;

  private LogLinearFusion(LinearFusion linear, MultiplicativeFusion product, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of the logarithm must be in [0, 1], but was " + share);
    }
    this.linear = linear;
    this.product = product;
    this.share = share;
  }

  /**
   * A mix.
   *
   * @param share of the logarithm of the product, in [0, 1]
   * @throws IllegalArgumentException where the share is outside
   */
  public static LogLinearFusion of(
      LinearFusion linear, MultiplicativeFusion product, double share) {
    return new LogLinearFusion(linear, product, share);
  }

  static LogLinearFusion ofProperties(Map<String, String> properties) {
    Nested.checkKnown(properties, Set.of(SHARE), Set.of(LINEAR, LOG));
    Map<String, String> typed = new LinkedHashMap<>(properties);
    typed.put(LINEAR + ".type", LinearFusion.TYPE_ID);
    typed.put(LOG + ".type", MultiplicativeFusion.TYPE_ID);
    return new LogLinearFusion(
        (LinearFusion) Nested.read(LINEAR, typed),
        (MultiplicativeFusion) Nested.read(LOG, typed),
        Thresholds.number(SHARE, properties));
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** The share, the weights after {@code linear.} and the exponents after {@code log.}. */
  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(SHARE, Double.toString(share));
    linear.properties().forEach((key, value) -> properties.put(LINEAR + "." + key, value));
    product.properties().forEach((key, value) -> properties.put(LOG + "." + key, value));
    return Collections.unmodifiableMap(properties);
  }

  @Override
  public Set<String> tasks() {
    return Nested.tasks(List.of(linear, product));
  }

  @Override
  public Set<String> signals() {
    return Nested.signals(List.of(linear, product));
  }

  @Override
  public void fuse(CandidatePredictions predictions, double[] utility) {
    linear.fuse(predictions, utility);
    double[] products = new double[predictions.size()];
    product.fuse(predictions, products);
    for (int i = 0; i < products.length; i++) {
      utility[i] = mix(utility[i], products[i]);
    }
  }

  private double mix(double sum, double product) {
    return (1 - share) * sum + share * Math.log(product);
  }

  @Override
  public Explanation explain(CandidatePredictions predictions, int candidate) {
    Explanation sum = linear.explain(predictions, candidate);
    Explanation power = product.explain(predictions, candidate);
    return Explanation.of(
        mix(sum.value(), power.value()),
        "utility: the sum of",
        Explanation.of((1 - share) * sum.value(), (1 - share) + " times the weighted sum", sum),
        Explanation.of(
            share * Math.log(power.value()), share + " times the logarithm of the product", power));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogLinearFusion that
        && linear.equals(that.linear)
        && product.equals(that.product)
        && share == that.share;
  }

  @Override
  public int hashCode() {
    return properties().hashCode();
  }

  @Override
  public String toString() {
    return "LogLinearFusion" + properties();
  }
}
