package io.ranking4j.schema;

import java.util.List;

/** What happens to a number before the network sees it. */
public sealed interface Transform {
  /** Taken as it is. */
  enum Identity implements Transform {
    /** The only one. */
    INSTANCE
  }

  /** {@code (x - mean) / deviation}, both of the training data. The default. */
  enum Standardize implements Transform {
    /** The only one. */
    INSTANCE
  }

  /** {@code sign(x) ln(1 + |x|)}, then standardised. */
  enum Log implements Transform {
    /** The only one. */
    INSTANCE
  }

  /**
   * The number of the quantile bucket of the training data it falls into, with an embedding each.
   *
   * @param count buckets, at least 2
   */
  record Quantiles(int count) implements Transform {
    /** Refuses fewer than two buckets. */
    public Quantiles {
      if (count < 2) {
        throw new IllegalArgumentException("a number needs at least 2 buckets, but was " + count);
      }
    }
  }

  /**
   * The number of given boundaries at or below it, with an embedding each.
   *
   * @param values the boundaries, finite and strictly increasing, at least one
   */
  record Boundaries(List<Double> values) implements Transform {
    /** Refuses boundaries that do not increase. */
    public Boundaries {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("boundaries must not be empty");
      }
      for (int i = 0; i < values.size(); i++) {
        if (!Double.isFinite(values.get(i)) || (i > 0 && values.get(i) <= values.get(i - 1))) {
          throw new IllegalArgumentException(
              "boundaries must be finite and strictly increasing, but were " + values);
        }
      }
    }
  }
}
