package io.ranking4j.fusion.rerank;

/** A rule of a {@link Reranker}. All are immutable. */
public sealed interface RerankRule {
  /**
   * The utility is multiplied by a number of the host: below 1 to spend a budget slower, above 1 to
   * spend it faster. Utilities must not be negative.
   *
   * @param multiplier the name under which the host gives the number
   */
  record Pacing(String multiplier) implements RerankRule {
    /** Checks the name. */
    public Pacing {
      named("multiplier", multiplier);
    }
  }

  /**
   * Maximal marginal relevance (Carbonell and Goldstein, 1998): every place goes to the greatest
   * {@code (1 - strength) utility - strength similarity}, where the utility is brought to [0, 1]
   * within the request and the similarity is that to the most similar candidate already placed.
   *
   * @param similarity the name under which the host gives the similarity, of about [0, 1]
   * @param strength in [0, 1]; 0 for no diversity
   */
  record Diversity(String similarity, double strength) implements RerankRule {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where the strength is outside
     */
    public Diversity {
      named("similarity", similarity);
      if (!(strength >= 0 && strength <= 1)) {
        throw new IllegalArgumentException(
            "the strength of diversity must be in [0, 1], but was " + strength);
      }
    }
  }

  /**
   * Among any so many places in a row, at most so many are of the same category.
   *
   * @param attribute the name under which the host gives the category: {@code "author"}
   * @param window how many places in a row, at least 2
   * @param most how many of them, at least 1
   */
  record Spacing(String attribute, int window, int most) implements RerankRule {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where one is too small
     */
    public Spacing {
      named("attribute", attribute);
      if (window < 2 || most < 1) {
        throw new IllegalArgumentException(
            "spacing needs a window of at least 2 and at least 1 in it, but had "
                + window
                + " and "
                + most);
      }
    }
  }

  /**
   * Of the first so many places, at least and at most so many are of a category.
   *
   * @param attribute the name under which the host gives the category
   * @param category the category
   * @param places how many places, at least 1
   * @param least at least so many of them, where there are as many candidates
   * @param most at most so many of them, at least as many as {@code least}
   */
  record Quota(String attribute, String category, int places, int least, int most)
      implements RerankRule {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where they contradict each other
     */
    public Quota {
      named("attribute", attribute);
      if (places < 1 || least < 0 || most < least || least > places) {
        throw new IllegalArgumentException(
            "a quota must have 0 <= least <= most and least <= places, but had places %d, least %d"
                    .formatted(places, least)
                + " and most "
                + most);
      }
    }
  }

  /**
   * A candidate has a place of its own, where it is among the candidates.
   *
   * @param id the candidate's
   * @param position its place, 0 the first
   */
  record Pin(String id, int position) implements RerankRule {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where the place is below 0
     */
    public Pin {
      named("candidate", id);
      if (position < 0) {
        throw new IllegalArgumentException("a place must be at least 0, but was " + position);
      }
    }
  }

  private static void named(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of the " + what + " must not be blank");
    }
  }
}
