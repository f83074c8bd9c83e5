package io.ranking4j.benchmarks;

/** That two sides compute the same, without which comparing their times says nothing. */
public final class Agreement {
  /** How far two probabilities may be apart. */
  public static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /**
   * The largest difference.
   *
   * @param what what is compared, for the message
   * @param ours our numbers
   * @param theirs the peer's, in the same order
   * @return the largest absolute difference
   * @throws IllegalStateException where their numbers differ, one is NaN, or two are further apart
   *     than {@link #TOLERANCE}
   */
  public static double check(String what, float[] ours, float[] theirs) {
    return check(what, ours, theirs, TOLERANCE);
  }

  /** The largest difference; see {@link #check(String, float[], float[])}. */
  public static double check(String what, float[] ours, float[] theirs, double tolerance) {
    if (ours.length != theirs.length || ours.length == 0) {
      throw new IllegalStateException(
          what + ": we give " + ours.length + " numbers, the peer gives " + theirs.length);
    }
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      double difference = Math.abs((double) ours[i] - theirs[i]);
      if (!(difference <= tolerance)) {
        throw new IllegalStateException(
            what
                + ": number "
                + i
                + " must agree within "
                + tolerance
                + ", but ours is "
                + ours[i]
                + " and the peer's "
                + theirs[i]);
      }
      largest = Math.max(largest, difference);
    }
    return largest;
  }
}
