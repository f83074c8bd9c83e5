package io.ranking4j.runtime;

import java.time.Duration;

/** When an answer is due, by the clock of {@link System#nanoTime}. */
final class Deadline {
  static final Deadline NONE = new Deadline(0, false);

  private final long due;
  private final boolean set;

  private Deadline(long due, boolean set) {
    this.due = due;
    this.set = set;
  }

  static Deadline in(Duration within) {
    if (within.isZero() || within.isNegative()) {
      throw new IllegalArgumentException("the time must be above zero, but was " + within);
    }
    return new Deadline(System.nanoTime() + within.toNanos(), true);
  }

  boolean passed() {
    return set && System.nanoTime() - due >= 0;
  }
}
