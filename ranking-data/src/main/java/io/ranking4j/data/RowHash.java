package io.ranking4j.data;

/**
 * A uniform number in [0, 1) for every row, from the seed and the row's number alone (SplitMix64,
 * Steele et al. 2014), so that a decision about a row depends neither on chunks nor on threads.
 */
final class RowHash {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private final long base;

  RowHash(long seed) {
    // Mixed once more, so that neighbouring seeds do not give the same numbers shifted by a row.
    this.base = mix(seed + GAMMA);
  }

  double uniform(long row) {
    return (mix(base + (row + 1) * GAMMA) >>> 11) * 0x1p-53;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
