package io.ranking4j.schema;

/** How the embeddings of a multi-valued feature become one; zero for an empty list. */
public sealed interface Pooling {
  /** Their mean. */
  Pooling MEAN = Plain.MEAN;

  /** Their sum. */
  Pooling SUM = Plain.SUM;

  /** Target attention; see {@link Attention}. */
  static Attention attention(String query) {
    return new Attention(query, Attention.DEFAULT_SHARPNESS);
  }

  /** Those that look at the list alone. */
  enum Plain implements Pooling {
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM
  }

  /**
   * Target attention: a mean in which values count more the more alike they are to another feature
   * of the same row, {@code sum_i a_i k_i} with {@code a = softmax(s <q, k_i> / sqrt(d))} for the
   * embeddings k of the list, the embedding q of the other feature, both of length d, and a
   * sharpness s (scaled dot products: Vaswani et al. 2017; of the candidate over a user's history:
   * Zhou et al. 2018). It has no weights of its own: what is alike is learned by the table that
   * both features share. An empty list is not read as a missing value, but gives zero, unless the
   * feature has a default.
   *
   * @param query the other feature: one value, with the same table
   * @param sharpness how much being alike counts, above 0; towards 0 it becomes the mean
   */
  record Attention(String query, double sharpness) implements Pooling {
    /** The sharpness where nothing else is said. */
    public static final double DEFAULT_SHARPNESS = 1;

    /** Checks both. */
    public Attention {
      Names.check("feature", query);
      if (!(sharpness > 0) || Double.isInfinite(sharpness)) {
        throw new IllegalArgumentException(
            "sharpness must be finite and above 0, but was " + sharpness);
      }
    }

    /** With another sharpness. */
    public Attention sharpness(double other) {
      return new Attention(query, other);
    }
  }
}
