package io.ranking4j.nn.training;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The classifier with one head that the multi-task network of Pinterest's related products
 * replaced: the label is any engagement, and each positive counts as much as its engagement is
 * worth, {@code L = (1/n) sum_i IW(i) BCE(y_i, p_i)}; negatives count 1, and the sum is divided by
 * the rows, not by their weights. Its output ranks, but is no probability unless all engagements
 * are worth 1. Immutable and safe to share.
 *
 * @param importance by label column, how much a positive of it counts, above 0
 * @param several what happens to an impression with several engagements
 */
public record SingleHead(Map<String, Double> importance, Several several) {
  /** The column of the label that {@link #prepare} adds, and the name of the task. */
  public static final String ENGAGEMENT = "engagement";

  /** The column of the weight that {@link #prepare} adds. */
  public static final String WEIGHT = "engagement_weight";

  /** What happens to an impression with several engagements. */
  public enum Several {
    /** It counts as the one that is worth most. */
    LARGEST,
    /** Its row is repeated for each of them. */
    EACH
  }

  /** Refuses what is worth nothing. */
  public SingleHead {
    if (importance.isEmpty()) {
      throw new IllegalArgumentException("a single head needs at least one engagement");
    }
    importance.forEach(
        (label, worth) -> {
          if (!(worth > 0) || Double.isInfinite(worth)) {
            throw new IllegalArgumentException(
                "engagement '" + label + "' must be worth more than 0, but was " + worth);
          }
        });
    importance = Collections.unmodifiableMap(new LinkedHashMap<>(importance));
  }

  /** One where an impression with several engagements counts as the one that is worth most. */
  public static SingleHead of(Map<String, Double> importance) {
    return new SingleHead(importance, Several.LARGEST);
  }

  /** The only task: any engagement, weighted. */
  public Task task() {
    return Task.binary(ENGAGEMENT).mask(WEIGHT);
  }

  /**
   * Adds the columns of label and weight.
   *
   * @throws DataException where a label is neither 0 nor 1
   */
  public Dataset prepare(Dataset data) {
    List<Integer> rows = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int r = 0; r < data.rows(); r++) {
      double largest = 0;
      for (Map.Entry<String, Double> engagement : importance.entrySet()) {
        if (!positive(data, engagement.getKey(), r)) {
          continue;
        }
        largest = Math.max(largest, engagement.getValue());
        if (several == Several.EACH) {
          add(r, 1, engagement.getValue(), rows, labels, weights);
        }
      }
      if (largest == 0) {
        add(r, 0, 1, rows, labels, weights);
      } else if (several == Several.LARGEST) {
        add(r, 1, largest, rows, labels, weights);
      }
    }
    Dataset selected =
        several == Several.LARGEST
            ? data
            : data.select(rows.stream().mapToInt(Integer::intValue).toArray());
    return selected.with(ENGAGEMENT, column(labels)).with(WEIGHT, column(weights));
  }

  private static void add(
      int row,
      double label,
      double weight,
      List<Integer> rows,
      List<Double> labels,
      List<Double> weights) {
    rows.add(row);
    labels.add(label);
    weights.add(weight);
  }

  private static NumericColumn column(List<Double> values) {
    return NumericColumn.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static boolean positive(Dataset data, String label, int row) {
    NumericColumn column = data.column(label, NumericColumn.class);
    double value = column.values()[row];
    if (column.isMissing(row) || (value != 0 && value != 1)) {
      throw new DataException(
          "label '"
              + label
              + "' must be 0 or 1, but was "
              + (column.isMissing(row) ? "missing" : value)
              + " in row "
              + row);
    }
    return value == 1;
  }
}
