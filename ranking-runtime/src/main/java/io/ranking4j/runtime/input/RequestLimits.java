package io.ranking4j.runtime.input;

/**
 * What a request may ask for, so that one that was made wrongly, or on purpose, cannot take a
 * host's memory and time. What is beyond is refused before anything is computed.
 *
 * @param maxCandidates most candidates of a request
 * @param maxListLength most elements of one list; of those the feature may still take fewer
 * @param maxStringLength longest category, in characters
 */
public record RequestLimits(int maxCandidates, int maxListLength, int maxStringLength) {
  /** Most candidates when nothing else is said. */
  public static final int DEFAULT_MAX_CANDIDATES = 100_000;

  /** Longest list when nothing else is said. */
  public static final int DEFAULT_MAX_LIST_LENGTH = 10_000;

  /** Longest category when nothing else is said. */
  public static final int DEFAULT_MAX_STRING_LENGTH = 4096;

  /** Refuses limits below 1. */
  public RequestLimits {
    check("maxCandidates", maxCandidates);
    check("maxListLength", maxListLength);
    check("maxStringLength", maxStringLength);
  }

  private static void check(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
  }

  /** The limits when nothing else is said. */
  public static RequestLimits defaults() {
    return new RequestLimits(
        DEFAULT_MAX_CANDIDATES, DEFAULT_MAX_LIST_LENGTH, DEFAULT_MAX_STRING_LENGTH);
  }

  /** With another number of candidates. */
  public RequestLimits withMaxCandidates(int most) {
    return new RequestLimits(most, maxListLength, maxStringLength);
  }

  /** With another length of lists. */
  public RequestLimits withMaxListLength(int longest) {
    return new RequestLimits(maxCandidates, longest, maxStringLength);
  }

  /** With another length of categories. */
  public RequestLimits withMaxStringLength(int longest) {
    return new RequestLimits(maxCandidates, maxListLength, longest);
  }
}
