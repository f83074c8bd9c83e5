package io.ranking4j.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Times two sides that do the same work, in one process and on one thread: both are warmed up, then
 * they take turns in blocks, A B A B, so that a machine that slows down slows both. Each call is
 * timed.
 *
 * @param warmUpMillis how long each side runs before anything is timed, at least 0
 * @param blockMillis how long a block takes at least; it has one call at least, and at least 1
 * @param blocks how many blocks each side has, at least 1
 */
public record Comparison(long warmUpMillis, long blockMillis, int blocks) {
  /** Refuses what would measure nothing. */
  public Comparison {
    if (warmUpMillis < 0 || blockMillis < 1 || blocks < 1) {
      throw new IllegalArgumentException(
          "a comparison needs a warm-up of 0 ms or more, blocks of 1 ms or more and at least one of"
              + " them, but was given "
              + warmUpMillis
              + " ms, "
              + blockMillis
              + " ms and "
              + blocks);
    }
  }

  /** For calls that take less than a few milliseconds. */
  public static Comparison ofShortCalls() {
    return new Comparison(1000, 200, 14);
  }

  /** A side: one call of it is one unit of work. */
  @FunctionalInterface
  public interface Side {
    /**
     * Does the work once.
     *
     * @throws Exception whatever a peer throws
     */
    void call() throws Exception;
  }

  /**
   * The times of both.
   *
   * @param ours the times of our calls
   * @param theirs the times of the peer's
   * @param ratios by pair of blocks, the peer's median divided by ours
   */
  public record Result(Samples ours, Samples theirs, List<Double> ratios) {
    /** The peer's median divided by ours: above 1 where ours is faster. */
    public double ratio() {
      return theirs.median() / ours.median();
    }
  }

  /**
   * Runs both in turn.
   *
   * @throws Exception what a side throws
   */
  public Result run(Side ours, Side theirs) throws Exception {
    Samples unused = new Samples();
    // Twice in turn: what the second side loads or allocates may slow the first one at once.
    for (int i = 0; i < 2; i++) {
      block(ours, warmUpMillis / 2, unused);
      block(theirs, warmUpMillis / 2, unused);
    }
    Samples all = new Samples();
    Samples allTheirs = new Samples();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      double own = block(ours, blockMillis, all);
      double other = block(theirs, blockMillis, allTheirs);
      ratios.add(other / own);
    }
    return new Result(all, allTheirs, List.copyOf(ratios));
  }

  /** Calls until the time is over; gives the median of the block. */
  private static double block(Side side, long millis, Samples all) throws Exception {
    Samples block = new Samples();
    long end = System.nanoTime() + millis * 1_000_000;
    long before = System.nanoTime();
    do {
      side.call();
      long after = System.nanoTime();
      block.add(after - before);
      all.add(after - before);
      before = after;
    } while (before < end);
    return block.median();
  }
}
