package io.ranking4j.schema;

import java.util.Arrays;

/**
 * A number.
 *
 * @param name the feature and its column
 * @param transform what happens to it before the network sees it
 * @param missing what happens where a row has no value
 */
public record NumericFeature(String name, Transform transform, MissingPolicy missing)
    implements Feature {
  /** Checks every part. */
  public NumericFeature {
    Names.check("feature", name);
    if (missing instanceof MissingPolicy.DefaultCategory) {
      throw new IllegalArgumentException(
          "feature '" + name + "' is numeric, its default must be a number, but was " + missing);
    }
  }

  static NumericFeature of(String name) {
    return new NumericFeature(name, Transform.Standardize.INSTANCE, MissingPolicy.learned());
  }

  /** Taken as it is. */
  public NumericFeature asIs() {
    return with(Transform.Identity.INSTANCE);
  }

  /** Through a signed logarithm, then standardised. */
  public NumericFeature log() {
    return with(Transform.Log.INSTANCE);
  }

  /** As the quantile of the training data it falls into, each with an embedding. */
  public NumericFeature quantiles(int count) {
    return with(new Transform.Quantiles(count));
  }

  /** As the bucket between given boundaries it falls into, each with an embedding. */
  public NumericFeature buckets(double... boundaries) {
    return with(new Transform.Boundaries(Arrays.stream(boundaries).boxed().toList()));
  }

  /** Whether the network sees an embedding of a bucket rather than a number. */
  public boolean bucketed() {
    return transform instanceof Transform.Quantiles || transform instanceof Transform.Boundaries;
  }

  /** Refusing rows without a value. */
  public NumericFeature required() {
    return new NumericFeature(name, transform, MissingPolicy.refuse());
  }

  /** Reading a missing value as this one. */
  public NumericFeature orElse(double number) {
    return new NumericFeature(name, transform, new MissingPolicy.DefaultNumber(number));
  }

  private NumericFeature with(Transform newTransform) {
    return new NumericFeature(name, newTransform, missing);
  }
}
