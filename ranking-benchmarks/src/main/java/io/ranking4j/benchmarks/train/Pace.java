package io.ranking4j.benchmarks.train;

/**
 * How many batches each side does in a round, and how many of them go by before it is timed: the
 * threads of the other side may still spin then, and caches hold the other side's data.
 *
 * @param ours batches of ours
 * @param theirs batches of the peer
 * @param skipped the first of them, of either side, that are not timed
 */
record Pace(int ours, int theirs, int skipped) {
  /** For sides that are about as fast. */
  static final Pace EVEN = new Pace(16, 16, 4);

  /** For a peer that is slower by far. */
  static final Pace SLOW_PEER = new Pace(16, 5, 2);

  /** Refuses rounds in which nothing would be timed. */
  Pace {
    if (skipped < 1 || ours <= skipped || theirs <= skipped) {
      throw new IllegalArgumentException(
          "each side needs more batches than are skipped, and one must be, but had "
              + ours
              + ", "
              + theirs
              + " and "
              + skipped);
    }
  }
}
