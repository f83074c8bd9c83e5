package io.ranking4j.runtime;

import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.spi.Fusion;
import java.util.Map;
import java.util.Set;

/** A utility that is one task's prediction, upside down where asked. */
record OneTask(String task, double sign) implements Fusion {
  @Override
  public String typeId() {
    return "one_task";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public Set<String> tasks() {
    return Set.of(task);
  }

  @Override
  public Set<String> signals() {
    return Set.of();
  }

  @Override
  public void fuse(CandidatePredictions predictions, double[] utility) {
    for (int i = 0; i < predictions.size(); i++) {
      utility[i] = sign * predictions.task(task)[i];
    }
  }

  @Override
  public Explanation explain(CandidatePredictions predictions, int candidate) {
    return Explanation.of(sign * predictions.task(task)[candidate], task);
  }
}
