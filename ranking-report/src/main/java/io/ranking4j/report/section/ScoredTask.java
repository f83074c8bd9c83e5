package io.ranking4j.report.section;

import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Predictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model predicted of one binary task, on rows with labels. Immutable and safe to share.
 *
 * @param model the name of the model, as legends have it
 * @param task the name of the task
 * @param predictions labels and probabilities of the rows that the task is about
 * @param users the user of each row, by which intervals allow for rows being alike and GAUC groups;
 *     null where rows have none
 * @param segments by the name of what segments the rows (surface, country), the segment of each row
 */
public record ScoredTask(
    String model,
    String task,
    Predictions predictions,
    @Nullable Groups users,
    Map<String, List<String>> segments) {

  /**
   * Copies the map, in its order.
   *
   * @throws IllegalArgumentException if users or segments have another number of rows
   */
  public ScoredTask {
    segments = Collections.unmodifiableMap(new LinkedHashMap<>(segments));
    if (users != null && users.rows() != predictions.rows()) {
      throw new IllegalArgumentException(
          "users must have %d rows, as the predictions have, but have %d"
              .formatted(predictions.rows(), users.rows()));
    }
    segments.forEach(
        (name, ofRows) -> {
          if (ofRows.size() != predictions.rows()) {
            throw new IllegalArgumentException(
                "segments '%s' must have %d rows, as the predictions have, but have %d"
                    .formatted(name, predictions.rows(), ofRows.size()));
          }
        });
  }

  /** Returns predictions without users or segments. */
  public static ScoredTask of(String model, String task, Predictions predictions) {
    return new ScoredTask(model, task, predictions, null, Map.of());
  }

  /** By task in the order of their first appearance, each with all models that predict it. */
  static Map<String, List<ScoredTask>> byTask(List<ScoredTask> scored) {
    Map<String, List<ScoredTask>> byTask = new LinkedHashMap<>();
    for (ScoredTask one : scored) {
      byTask.computeIfAbsent(one.task(), task -> new ArrayList<>()).add(one);
    }
    return byTask;
  }
}
