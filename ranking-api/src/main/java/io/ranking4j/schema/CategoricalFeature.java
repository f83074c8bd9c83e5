package io.ranking4j.schema;

import java.util.Optional;

/**
 * A feature with one value, or a list of values, out of many, each with a learned embedding.
 *
 * @param name the feature and its column
 * @param encoding how values become rows of the table
 * @param pooling how the embeddings of a list become one; empty for a feature with one value
 * @param maxValues most values of a list that are read, the first ones; 1 for a single value
 * @param width length of the embedding, or 0 to leave it to the network
 * @param sharesTableWith the feature whose vocabulary and table this one uses, if not its own
 * @param missing what happens where a row has no value
 */
public record CategoricalFeature(
    String name,
    Encoding encoding,
    Optional<Pooling> pooling,
    int maxValues,
    int width,
    Optional<String> sharesTableWith,
    MissingPolicy missing)
    implements Feature {
  /** Most values of a list that are read when nothing else is said. */
  public static final int DEFAULT_MAX_VALUES = 50;

  /** Longest embedding. */
  public static final int MAX_WIDTH = 4096;

  /** Checks every part. */
  public CategoricalFeature {
    Names.check("feature", name);
    if (width < 0 || width > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "the width of feature '"
              + name
              + "' must be in [0, "
              + MAX_WIDTH
              + "], but was "
              + width);
    }
    if (maxValues < 1) {
      throw new IllegalArgumentException(
          "maxValues of feature '" + name + "' must be at least 1, but was " + maxValues);
    }
    if (pooling.isEmpty() && maxValues != 1) {
      throw new IllegalArgumentException(
          "maxValues of feature '"
              + name
              + "' must be 1, as it has a single value, but was "
              + maxValues);
    }
    if (missing instanceof MissingPolicy.DefaultNumber) {
      throw new IllegalArgumentException(
          "feature '"
              + name
              + "' is categorical, its default must be a category, but was "
              + missing);
    }
    if (sharesTableWith.isPresent() && sharesTableWith.get().equals(name)) {
      throw new IllegalArgumentException("feature '" + name + "' cannot share its own table");
    }
  }

  static CategoricalFeature of(String name) {
    return new CategoricalFeature(
        name,
        new Encoding.Vocabulary(
            Encoding.Vocabulary.DEFAULT_MIN_COUNT, Encoding.Vocabulary.DEFAULT_MAX_SIZE),
        Optional.empty(),
        1,
        0,
        Optional.empty(),
        MissingPolicy.learned());
  }

  /** Whether a row has a list of values. */
  public boolean multiValued() {
    return pooling.isPresent();
  }

  /**
   * With a vocabulary of the values seen at least {@code minCount} times, at most {@code maxSize}.
   */
  public CategoricalFeature vocabulary(int minCount, int maxSize) {
    return with(new Encoding.Vocabulary(minCount, maxSize), missing);
  }

  /** With a fixed number of rows shared by hash. */
  public CategoricalFeature hashed(int buckets) {
    return with(new Encoding.Hash(buckets), missing);
  }

  /** With a list of values a row, pooled; reads the first {@value #DEFAULT_MAX_VALUES}. */
  public CategoricalFeature multiValued(Pooling how) {
    return multiValued(how, DEFAULT_MAX_VALUES);
  }

  /** With a list of values a row, pooled; reads the first {@code most}. */
  public CategoricalFeature multiValued(Pooling how, int most) {
    return new CategoricalFeature(
        name, encoding, Optional.of(how), most, width, sharesTableWith, missing);
  }

  /** With an embedding of this length. */
  public CategoricalFeature width(int length) {
    return new CategoricalFeature(
        name, encoding, pooling, maxValues, length, sharesTableWith, missing);
  }

  /** Using the vocabulary and table of another categorical feature. */
  public CategoricalFeature sharingTableWith(String feature) {
    return new CategoricalFeature(
        name, encoding, pooling, maxValues, width, Optional.of(feature), missing);
  }

  /** Refusing rows without a value. */
  public CategoricalFeature required() {
    return with(encoding, MissingPolicy.refuse());
  }

  /** Reading a missing value as this one. */
  public CategoricalFeature orElse(String category) {
    return with(encoding, new MissingPolicy.DefaultCategory(category));
  }

  private CategoricalFeature with(Encoding newEncoding, MissingPolicy newMissing) {
    return new CategoricalFeature(
        name, newEncoding, pooling, maxValues, width, sharesTableWith, newMissing);
  }
}
