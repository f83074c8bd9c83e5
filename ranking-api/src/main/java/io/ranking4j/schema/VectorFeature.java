package io.ranking4j.schema;

/**
 * A dense vector, taken as it is. A missing one is zero with an indicator beside it.
 *
 * @param name the feature and its column
 * @param width its length
 * @param missing what happens where a row has no value
 */
public record VectorFeature(String name, int width, MissingPolicy missing) implements Feature {
  /** Longest vector. */
  public static final int MAX_WIDTH = 65_536;

  /** Checks every part. */
  public VectorFeature {
    Names.check("feature", name);
    if (width < 1 || width > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "the width of feature '"
              + name
              + "' must be in [1, "
              + MAX_WIDTH
              + "], but was "
              + width);
    }
    if (!(missing instanceof MissingPolicy.Learned) && !(missing instanceof MissingPolicy.Refuse)) {
      throw new IllegalArgumentException(
          "feature '"
              + name
              + "' is a vector: a missing one is learned or refused, not "
              + missing);
    }
  }

  /** Refusing rows without a value. */
  public VectorFeature required() {
    return new VectorFeature(name, width, MissingPolicy.refuse());
  }
}
