package io.ranking4j.examples;

import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.spi.Fusion;
import java.util.Map;
import java.util.Set;

/**
 * A fusion of one's own: the minutes that an impression can be expected to give, the probability of
 * a click times the expected seconds after one, divided by 60. Immutable and safe to share.
 *
 * @param click the task of the click, a probability
 * @param dwell the task of the seconds after a click
 */
public record SatisfiedMinutes(String click, String dwell) implements Fusion {
  /** Its id in JSON. */
  public static final String TYPE_ID = "satisfied-minutes";

  /** The property that names the task of the click. */
  static final String CLICK = "click";

  /** The property that names the task of the seconds. */
  static final String DWELL = "dwell";

  private static final double SECONDS_PER_MINUTE = 60;

  /** Refuses blank names. */
  public SatisfiedMinutes {
    if (click.isBlank() || dwell.isBlank()) {
      throw new IllegalArgumentException(
          "the tasks of satisfied minutes must not be blank, but were '"
              + click
              + "' and '"
              + dwell
              + "'");
    }
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(CLICK, click, DWELL, dwell);
  }

  @Override
  public Set<String> tasks() {
    return click.equals(dwell) ? Set.of(click) : Set.of(click, dwell);
  }

  @Override
  public Set<String> signals() {
    return Set.of();
  }

  @Override
  public void fuse(CandidatePredictions predictions, double[] utility) {
    double[] probability = predictions.task(click);
    double[] seconds = predictions.task(dwell);
    for (int i = 0; i < predictions.size(); i++) {
      utility[i] = probability[i] * seconds[i] / SECONDS_PER_MINUTE;
    }
  }

  @Override
  public Explanation explain(CandidatePredictions predictions, int candidate) {
    double probability = predictions.task(click)[candidate];
    double seconds = predictions.task(dwell)[candidate];
    return Explanation.of(
        probability * seconds / SECONDS_PER_MINUTE,
        "expected minutes: the product of",
        Explanation.of(probability, "probability of '" + click + "'"),
        Explanation.of(seconds / SECONDS_PER_MINUTE, "expected minutes of '" + dwell + "'"));
  }
}
