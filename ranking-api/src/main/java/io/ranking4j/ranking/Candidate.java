package io.ranking4j.ranking;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of the things to be ranked.
 *
 * @param id the host's id of it, handed back in the ranking
 * @param features its features
 * @param signals numbers that only the fusion sees: a price, a bid, a relevance; finite
 */
public record Candidate(String id, Features features, Map<String, Double> signals) {
  /** Copies the signals. */
  public Candidate {
    signals = Map.copyOf(signals);
    for (Map.Entry<String, Double> signal : signals.entrySet()) {
      if (!Double.isFinite(signal.getValue())) {
        throw new IllegalArgumentException(
            "signal '"
                + signal.getKey()
                + "' of candidate '"
                + id
                + "' must be finite, but was "
                + signal.getValue());
      }
    }
  }

  /** A candidate without signals. */
  public static Candidate of(String id, Features features) {
    return new Candidate(id, features, Map.of());
  }

  /** With one more signal. */
  public Candidate signal(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(signals);
    more.put(name, value);
    return new Candidate(id, features, more);
  }
}
