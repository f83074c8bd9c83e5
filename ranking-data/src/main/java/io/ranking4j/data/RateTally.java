package io.ranking4j.data;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.RateFeature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts one rate feature over rows that come in the order of their days. What a day adds is set
 * aside until the day is over, so that no row sees its own day.
 */
final class RateTally {
  private static final double NO_LABEL = -1;

  private final RateFeature feature;
  private final RateKeys keys;

  // By key, what was counted on the days that are over.
  private double[] positives = new double[16];
  private double[] impressions = new double[16];
  private double allPositives;
  private double allImpressions;

  // The keys and labels of the day under way.
  private int[] dayKeys = new int[16];
  private boolean[] dayLabels = new boolean[16];
  private int dayRows;
  private double day = Double.NEGATIVE_INFINITY;

  RateTally(RateFeature feature) {
    this.feature = feature;
    this.keys = new RateKeys(feature);
  }

  /**
   * Counts rows.
   *
   * @param parts data sets whose rows follow one another
   * @param days by row of all parts, its day
   * @param order the rows of all parts in the order of their days, none before the day under way
   * @param firstRow how many rows came before these, for messages
   * @return the counts of the rows of all parts
   */
  RateColumn count(List<Dataset> parts, double[] days, int[] order, long firstRow) {
    int rows = days.length;
    int[] ids = new int[rows];
    double[] labels = new double[rows];
    int start = 0;
    for (Dataset part : parts) {
      System.arraycopy(keys.of(part), 0, ids, start, part.rows());
      copyLabels(part, labels, start, firstRow);
      start += part.rows();
    }
    positives = room(positives);
    impressions = room(impressions);
    double[] rowPositives = new double[rows];
    double[] rowImpressions = new double[rows];
    double[] overall = new double[rows];
    for (int row : order) {
      if (days[row] > day) {
        endDay();
        day = days[row];
      }
      rowPositives[row] = positives[ids[row]];
      rowImpressions[row] = impressions[ids[row]];
      overall[row] = overallRate();
      if (labels[row] != NO_LABEL) {
        add(ids[row], labels[row] == 1);
      }
    }
    return new RateColumn(rowPositives, rowImpressions, overall);
  }

  /** The counts of all rows so far, the day under way included. */
  RateTable table() {
    endDay();
    Map<String, RateTable.Count> counts = new HashMap<>();
    keys.ids()
        .forEach(
            (key, id) -> {
              if (id < impressions.length && impressions[id] > 0) {
                counts.put(key, new RateTable.Count(positives[id], impressions[id]));
              }
            });
    return new RateTable(feature.name(), counts, overallRate());
  }

  private double overallRate() {
    return (allPositives + RateCounts.OVERALL_PSEUDO_POSITIVES)
        / (allImpressions + RateCounts.OVERALL_PSEUDO_IMPRESSIONS);
  }

  private void copyLabels(Dataset part, double[] labels, int start, long firstRow) {
    NumericColumn label = part.column(feature.label(), NumericColumn.class);
    for (int row = 0; row < part.rows(); row++) {
      double value = label.values()[row];
      if (label.isMissing(row)) {
        value = NO_LABEL;
      } else if (value != 0 && value != 1) {
        throw new DataException(
            "column '"
                + feature.label()
                + "', row "
                + (firstRow + row + 1)
                + ": the label of rate feature '"
                + feature.name()
                + "' must be 0 or 1 (or missing), but was "
                + Codes.text(value));
      }
      labels[start + row] = value;
    }
  }

  private void add(int key, boolean positive) {
    if (dayRows == dayKeys.length) {
      dayKeys = Arrays.copyOf(dayKeys, 2 * dayRows);
      dayLabels = Arrays.copyOf(dayLabels, 2 * dayRows);
    }
    dayKeys[dayRows] = key;
    dayLabels[dayRows++] = positive;
  }

  private void endDay() {
    for (int i = 0; i < dayRows; i++) {
      double one = dayLabels[i] ? 1 : 0;
      positives[dayKeys[i]] += one;
      impressions[dayKeys[i]]++;
      allPositives += one;
      allImpressions++;
    }
    dayRows = 0;
  }

  private double[] room(double[] counts) {
    return keys.size() <= counts.length
        ? counts
        : Arrays.copyOf(counts, Math.max(keys.size(), counts.length + (counts.length >> 1)));
  }
}
