package io.ranking4j.examples.data;

import io.ranking4j.schema.Encoding;

/**
 * Which features {@link KuaiRandExample} has beside ids, published attributes and duration. What
 * reads the sequences that users watched before the log is left out where the folder has none.
 *
 * @param rates rates of user, tab, user x tab, video, author and tags on earlier days
 * @param crossedRates rates of finer keys on earlier days too: user x tags, user x author, video x
 *     tab, tags x tab, duration x tab and the type of music
 * @param history how much, how long and how recently the user watched before the log began, and how
 *     the video was received
 * @param affinity likewise how author and tags were received, by all and by this user
 * @param sequence embeddings of what the user watched, long-viewed and liked last before the log
 *     began, each list pooled, from the table of videos
 * @param minCount occurrences that earn a value its own embedding; rarer ones share one, at least 1
 */
public record KuaiRandInputs(
    boolean rates,
    boolean crossedRates,
    boolean history,
    boolean affinity,
    boolean sequence,
    int minCount) {
  /** The features when nothing else is said. */
  public static final KuaiRandInputs DEFAULT =
      new KuaiRandInputs(true, false, true, false, false, Encoding.Vocabulary.DEFAULT_MIN_COUNT);

  /** Refuses a threshold below 1. */
  public KuaiRandInputs {
    if (minCount < 1) {
      throw new IllegalArgumentException("minCount must be at least 1, but was " + minCount);
    }
  }

  /** With or without rates of earlier days; without, there are no crossed ones either. */
  public KuaiRandInputs rates(boolean single, boolean crossed) {
    return new KuaiRandInputs(single, single && crossed, history, affinity, sequence, minCount);
  }

  /** With these parts of what is known from before the log. */
  public KuaiRandInputs history(boolean own, boolean affinities, boolean sequences) {
    return new KuaiRandInputs(rates, crossedRates, own, affinities, sequences, minCount);
  }

  /** With another threshold. */
  public KuaiRandInputs minCount(int occurrences) {
    return new KuaiRandInputs(rates, crossedRates, history, affinity, sequence, occurrences);
  }

  /** Without what reads the sequences. */
  KuaiRandInputs withoutSequences() {
    return history(false, false, false);
  }

  /** Whether anything reads the sequences. */
  boolean readsSequences() {
    return history || affinity || sequence;
  }
}
