package io.ranking4j.schema;

import java.util.List;

/**
 * The rate of a label among the impressions of earlier days that had the same keys, for example the
 * click-through of a video, or of a user on a tab. The network sees the log-odds of the smoothed
 * rate {@code (positives + strength * overall) / (impressions + strength)} and {@code ln(1 +
 * impressions)}, both standardised.
 *
 * <p>In training the counts come from a {@link io.ranking4j.dataset.RateColumn} of this name, which
 * holds for each row what was known before its day. In serving they come from the {@link
 * io.ranking4j.dataset.RateTable} that travels in the model, so that a request needs only the keys.
 *
 * @param name the feature and its column
 * @param label the label whose positives are counted
 * @param keys the columns that together are the key, at least one
 * @param priorStrength impressions that the overall rate counts for, above 0
 */
public record RateFeature(String name, String label, List<String> keys, double priorStrength)
    implements Feature {
  /** Impressions that the overall rate counts for when nothing else is said. */
  public static final double DEFAULT_PRIOR_STRENGTH = 20;

  /** Checks every part. */
  public RateFeature {
    Names.check("feature", name);
    Names.check("label", label);
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("rate feature '" + name + "' needs at least one key");
    }
    for (String key : keys) {
      Names.check("key of rate feature '" + name + "'", key);
    }
    if (!(priorStrength > 0) || !Double.isFinite(priorStrength)) {
      throw new IllegalArgumentException(
          "the prior strength of rate feature '"
              + name
              + "' must be above 0 and finite, but was "
              + priorStrength);
    }
  }

  /** A key that was never seen has the overall rate and no impressions: nothing is ever missing. */
  @Override
  public MissingPolicy missing() {
    return MissingPolicy.learned();
  }

  /** With another strength of the overall rate. */
  public RateFeature priorStrength(double impressions) {
    return new RateFeature(name, label, keys, impressions);
  }
}
