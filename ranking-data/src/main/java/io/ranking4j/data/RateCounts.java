package io.ranking4j.data;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.RateFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts the {@linkplain RateFeature rate features} of a schema so that no row knows its own day: a
 * row's counts are those of the rows with the same key on strictly earlier days. Immutable and safe
 * to share.
 *
 * <ul>
 *   <li>Rows whose label is missing are not counted, but have counts like any other.
 *   <li>A key is the text of its columns ({@link RateTable#key}): categories as they are, whole
 *       numbers as their decimal digits (also 3.0: {@code 3}), a missing value as the empty text.
 *   <li>The overall rate is {@code (positives + }{@value #OVERALL_PSEUDO_POSITIVES}{@code ) /
 *       (impressions + }{@value #OVERALL_PSEUDO_IMPRESSIONS}{@code )} over the earlier days
 *       (Laplace's rule): 0.5 on the first day, when nothing is known. Where that day is to be
 *       learned from, give it a history; or leave it out of the training after counting.
 *   <li>The tables that come with the data hold all rows, those of the last day included: they are
 *       for rows of later days.
 * </ul>
 *
 * <p>Negatives are sampled after counting, never before.
 */
public final class RateCounts {
  /** What the positives of the overall rate start from. */
  public static final double OVERALL_PSEUDO_POSITIVES = 1;

  /** What the impressions of the overall rate start from. */
  public static final double OVERALL_PSEUDO_IMPRESSIONS = 2;

  private final List<RateFeature> features;
  private final String dayColumn;

  private RateCounts(List<RateFeature> features, String dayColumn) {
    this.features = features;
    this.dayColumn = dayColumn;
  }

  /**
   * Of the rate features of a schema.
   *
   * @param dayColumn a column of numbers that grow with time, equal within a day
   * @throws IllegalArgumentException where the schema has no rate feature
   */
  public static RateCounts of(FeatureSchema schema, String dayColumn) {
    List<RateFeature> rates =
        schema.features().stream()
            .flatMap(f -> f instanceof RateFeature rate ? Stream.of(rate) : Stream.empty())
            .toList();
    if (rates.isEmpty()) {
      throw new IllegalArgumentException("the schema has no rate feature");
    }
    return new RateCounts(rates, dayColumn);
  }

  /**
   * Adds the columns and tables to rows in any order.
   *
   * @throws DataException where a day is missing, or a label or key is not what it must be
   * @throws IllegalArgumentException where negatives were sampled before
   */
  public Dataset addTo(Dataset data) {
    return count(List.of(data));
  }

  /**
   * Adds the columns and tables to rows that have a history: what counts for a row are its
   * history's and its own data's rows of earlier days. So a validation set is counted from the
   * training rows; its own days count for one another as they would in production, where tables are
   * renewed daily.
   *
   * @param history rows with the same key and label columns and days; its rows are not in the
   *     result
   * @return the rows of {@code data}, with tables of the history and the data together
   */
  public Dataset addTo(Dataset history, Dataset data) {
    return count(List.of(history, data));
  }

  /**
   * Adds the columns and tables to a source, whose rows must come in the order of their days. It is
   * read once here, for the tables; memory holds the keys, and the keys of the rows of one day.
   *
   * @throws DataException where a row is of an earlier day than the one before it
   */
  public DatasetSource addTo(DatasetSource data) {
    if (data instanceof Dataset whole) {
      return addTo(whole);
    }
    refuseSampled(data);
    InOrder reading = new InOrder();
    long row = 0;
    try (DatasetSource.Chunks chunks = data.open()) {
      while (chunks.hasNext()) {
        Dataset chunk = chunks.next();
        reading.columns(chunk, row);
        row += chunk.rows();
      }
    }
    Map<String, RateTable> tables = new LinkedHashMap<>(data.rateTables());
    for (RateTally tally : reading.tallies) {
      RateTable table = tally.table();
      tables.put(table.feature(), table);
    }
    return new MappedSource(data, InOrder::new, Optional.empty(), tables);
  }

  /** Counts over all parts, and adds to the last. */
  private Dataset count(List<Dataset> parts) {
    parts.forEach(RateCounts::refuseSampled);
    double[] days = new double[0];
    for (Dataset part : parts) {
      int start = days.length;
      days = Arrays.copyOf(days, start + part.rows());
      System.arraycopy(days(part, 0), 0, days, start, part.rows());
    }
    int[] order = byDay(days);
    Dataset data = parts.get(parts.size() - 1);
    int[] rows = IntStream.range(days.length - data.rows(), days.length).toArray();
    Dataset.Builder builder = data.toBuilder();
    for (RateFeature feature : features) {
      RateTally tally = new RateTally(feature);
      RateColumn column = tally.count(parts, days, order, 0);
      builder
          .column(feature.name(), parts.size() == 1 ? column : column.select(rows))
          .rateTable(tally.table());
    }
    return builder.build();
  }

  private static int[] byDay(double[] days) {
    int[] rows = IntStream.range(0, days.length).toArray();
    boolean sorted = true;
    for (int row = 1; row < days.length && sorted; row++) {
      sorted = days[row] >= days[row - 1];
    }
    return sorted
        ? rows
        : Arrays.stream(rows)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> days[row]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private double[] days(Dataset data, long firstRow) {
    NumericColumn column = data.column(dayColumn, NumericColumn.class);
    for (int row = 0; row < data.rows(); row++) {
      if (column.isMissing(row) || !Double.isFinite(column.values()[row])) {
        throw new DataException(
            "column '"
                + dayColumn
                + "', row "
                + (firstRow + row + 1)
                + ": every row needs a day, but it was "
                + (column.isMissing(row) ? "missing" : column.values()[row]));
      }
    }
    return column.values();
  }

  private static void refuseSampled(DatasetSource data) {
    if (data.negativeSampling().isPresent()) {
      throw new IllegalArgumentException(
          "rates must be counted before negatives are sampled, but they were, at "
              + data.negativeSampling().get().keepRate());
    }
  }

  /** One reading of a source. */
  private final class InOrder implements MappedSource.Step {
    private final List<RateTally> tallies = new ArrayList<>();
    private double last = Double.NEGATIVE_INFINITY;

    InOrder() {
      features.forEach(feature -> tallies.add(new RateTally(feature)));
    }

    @Override
    public Dataset apply(Dataset chunk, long firstRow) {
      List<RateColumn> columns = columns(chunk, firstRow);
      Dataset.Builder builder = chunk.toBuilder();
      for (int i = 0; i < columns.size(); i++) {
        builder.column(features.get(i).name(), columns.get(i));
      }
      return builder.build();
    }

    List<RateColumn> columns(Dataset chunk, long firstRow) {
      double[] days = days(chunk, firstRow);
      for (int row = 0; row < days.length; row++) {
        if (days[row] < last) {
          throw new DataException(
              "column '"
                  + dayColumn
                  + "', row "
                  + (firstRow + row + 1)
                  + ": rows must come in the order of their days, but "
                  + Codes.text(days[row])
                  + " came after "
                  + Codes.text(last));
        }
        last = days[row];
      }
      int[] order = IntStream.range(0, chunk.rows()).toArray();
      List<RateColumn> columns = new ArrayList<>();
      for (RateTally tally : tallies) {
        columns.add(tally.count(List.of(chunk), days, order, firstRow));
      }
      return columns;
    }
  }
}
