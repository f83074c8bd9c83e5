package io.ranking4j.schema;

/**
 * What a feature does where a row has no value for it. Missing, zero and NaN are three different
 * things: a NaN or an infinity is always refused.
 */
public sealed interface MissingPolicy {
  /**
   * The model learns what a missing value means (a row of its own, or an indicator). The default.
   */
  static MissingPolicy learned() {
    return Learned.INSTANCE;
  }

  /** A row without the feature is refused. */
  static MissingPolicy refuse() {
    return Refuse.INSTANCE;
  }

  /** The model learns what a missing value means. */
  enum Learned implements MissingPolicy {
    /** The only one. */
    INSTANCE
  }

  /** A row without the feature is refused. */
  enum Refuse implements MissingPolicy {
    /** The only one. */
    INSTANCE
  }

  /**
   * A missing category is read as this one.
   *
   * @param value the category
   */
  record DefaultCategory(String value) implements MissingPolicy {}

  /**
   * A missing number is read as this one.
   *
   * @param value the number, finite
   */
  record DefaultNumber(double value) implements MissingPolicy {
    /** Refuses NaN and infinities. */
    public DefaultNumber {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "the default of a missing number must be finite, but was " + value);
      }
    }
  }
}
