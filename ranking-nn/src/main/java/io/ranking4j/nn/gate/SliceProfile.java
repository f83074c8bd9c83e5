package io.ranking4j.nn.gate;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.task.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What a slice of a log is like, in a few numbers: to be compared with the slices before it.
 * Immutable and safe to share.
 *
 * @param first whether it is what a first model learned from, which may be as long as many slices
 * @param rows how many rows it has
 * @param labels by task that predicts a probability, its labels
 * @param missing by feature, the share of rows without a value
 */
public record SliceProfile(
    boolean first, long rows, Map<String, Labels> labels, Map<String, Double> missing) {
  /**
   * The labels of a task.
   *
   * @param known how many rows have one
   * @param positives how many of those are 1
   */
  public record Labels(long known, long positives) {
    /** The share of positives; NaN without labels. */
    public double rate() {
      return (double) positives / known;
    }
  }

  /** Copies the maps, in their order. */
  public SliceProfile {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /**
   * Reads a slice whole, as the model would: every feature is encoded, and every label looked at.
   *
   * @param first whether it is what a first model learned from
   * @throws io.ranking4j.error.UnknownNameException where a feature or a label has no column
   * @throws DataException where a column or a value is not what the model needs
   */
  public static SliceProfile of(RankingModel model, DatasetSource slice, boolean first) {
    long rows = 0;
    Map<String, Labels> labels = new LinkedHashMap<>();
    Map<String, Long> missing = new LinkedHashMap<>();
    try (DatasetSource.Chunks chunks = slice.open()) {
      while (chunks.hasNext()) {
        Dataset chunk = chunks.next();
        model.encoder().encode(chunk, rows);
        for (Task task : model.tasks().tasks()) {
          Labels of = labels(task, chunk, rows);
          if (task.kind().probability()) {
            labels.merge(
                task.name(),
                of,
                (a, b) -> new Labels(a.known + b.known, a.positives + b.positives));
          }
        }
        for (Feature feature : model.schema().features()) {
          if (!(feature instanceof RateFeature)) {
            missing.merge(feature.name(), missing(chunk.column(feature.name())), Long::sum);
          }
        }
        rows += chunk.rows();
      }
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    double all = Math.max(1, rows);
    missing.forEach((feature, count) -> shares.put(feature, count / all));
    return new SliceProfile(first, rows, labels, shares);
  }

  private static Labels labels(Task task, Dataset chunk, long firstRow) {
    NumericColumn column = chunk.column(task.label(), NumericColumn.class);
    long known = 0;
    long positives = 0;
    for (int row = 0; row < column.size(); row++) {
      if (column.isMissing(row)) {
        continue;
      }
      double label = column.values()[row];
      if (!task.kind().accepts(label)) {
        throw new DataException(
            "label '"
                + task.label()
                + "' of task '"
                + task.name()
                + "' must be "
                + task.kind().labelRange()
                + ", but was "
                + label
                + " in row "
                + (firstRow + row));
      }
      known++;
      positives += label == 1 ? 1 : 0;
    }
    return new Labels(known, positives);
  }

  private static long missing(Column column) {
    IntPredicate none;
    if (column instanceof CategoricalColumn categories) {
      none = row -> categories.codes()[row] == CategoricalColumn.MISSING;
    } else if (column instanceof ListColumn lists) {
      none = row -> lists.offsets()[row] == lists.offsets()[row + 1];
    } else if (column instanceof NumericColumn numbers) {
      none = numbers::isMissing;
    } else if (column instanceof VectorColumn vectors) {
      none = vectors::isMissing;
    } else {
      return 0;
    }
    long count = 0;
    for (int row = 0; row < column.size(); row++) {
      count += none.test(row) ? 1 : 0;
    }
    return count;
  }

  /** As JSON; shares of 0 are left out. */
  Json toJson() {
    Json node = Json.object().put("first", first).put("rows", rows);
    Json ofLabels = node.putObject("labels");
    labels.forEach(
        (task, of) ->
            ofLabels.putObject(task).put("known", of.known).put("positives", of.positives));
    Json ofMissing = node.putObject("missing");
    missing.forEach(
        (feature, share) -> {
          if (share > 0) {
            ofMissing.put(feature, share);
          }
        });
    return node;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalStateException where it is something else
   */
  static SliceProfile fromJson(Json node) {
    Map<String, Labels> labels = new LinkedHashMap<>();
    Json ofLabels = node.path("labels");
    for (String task : ofLabels.names()) {
      labels.put(
          task,
          new Labels(
              ofLabels.path(task).path("known").longValue(),
              ofLabels.path(task).path("positives").longValue()));
    }
    Map<String, Double> missing = new LinkedHashMap<>();
    Json ofMissing = node.path("missing");
    ofMissing.names().forEach(name -> missing.put(name, ofMissing.path(name).doubleValue()));
    return new SliceProfile(
        node.path("first").flag(), node.path("rows").longValue(), labels, missing);
  }
}
