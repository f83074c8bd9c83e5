package io.ranking4j.nn.training;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often a training writes down how far it has come, so that one that was stopped, in
 * whatever way, can go on from there. Written at the end of each epoch in any case, and within
 * epochs when as many batches were done or as much time has passed since the last time, whichever
 * comes first. Immutable and safe to share.
 *
 * @param folder of the checkpoints of this training alone; made where it is not there
 * @param batches after which the next one is written, at least 0; 0 for not by batches
 * @param interval after which the next one is written, at least 0; 0 for not by time
 * @param keep how many of the last ones are kept, at least 1: the one before the last is what is
 *     gone back to where the last cannot be read
 */
public record Checkpoints(Path folder, int batches, Duration interval, int keep) {
  /** The time between two when nothing else is said. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  /** How many are kept when nothing else is said. */
  public static final int DEFAULT_KEEP = 2;

  /** Checks every part. */
  public Checkpoints {
    if (batches < 0) {
      throw new IllegalArgumentException("batches must be at least 0, but was " + batches);
    }
    if (interval.isNegative()) {
      throw new IllegalArgumentException("interval must be at least 0, but was " + interval);
    }
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be at least 1, but was " + keep);
    }
  }

  /** Every {@linkplain #DEFAULT_INTERVAL minute} and at the end of each epoch. */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, 0, DEFAULT_INTERVAL, DEFAULT_KEEP);
  }

  /** After so many batches, whatever time they take, and at the end of each epoch. */
  public Checkpoints everyBatches(int count) {
    return new Checkpoints(folder, count, Duration.ZERO, keep);
  }

  /** After so much time, and at the end of each epoch. */
  public Checkpoints every(Duration time) {
    return new Checkpoints(folder, 0, time, keep);
  }

  /** With another number of checkpoints that are kept. */
  public Checkpoints keep(int last) {
    return new Checkpoints(folder, batches, interval, last);
  }
}
