package io.ranking4j.runtime.input;

import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what encoded rows have of each feature, in training and in serving alike. Immutable and
 * safe to share.
 */
public final class FeatureCounter {
  /** The place of the rows in the counts of a feature. */
  public static final int ROWS = 0;

  /** The place of the rows without a value. */
  public static final int MISSING = 1;

  /** The place of the values that were read. */
  public static final int VALUES = 2;

  /** The place of those that are unknown. */
  public static final int UNKNOWN = 3;

  /** The place of the first bin; the others follow. */
  public static final int BINS = 4;

  /** Most numbers that quantiles are taken of. */
  private static final int SAMPLE = 100_000;

  private final Reader[] readers;
  private final double[][] boundaries;

  /** Where the values of one feature are. */
  private abstract static class Reader {
    final Side side;

    Reader(Side side) {
      this.side = side;
    }

    /** Counts values, unknown ones and bins. */
    abstract void count(EncodedRows rows, double[] boundaries, long[] counts);

    /** What cuts the values into bins of about equal size. */
    double[] boundaries(EncodedRows rows) {
      return new double[0];
    }
  }

  private FeatureCounter(FeatureEncoder encoder, double[][] boundaries) {
    List<Feature> features = encoder.schema().features();
    this.boundaries = boundaries;
    this.readers = new Reader[features.size()];
    for (int f = 0; f < readers.length; f++) {
      readers[f] = reader(encoder, features.get(f));
    }
  }

  /** A counter for an encoder's features, with the bins of its statistics. */
  public static FeatureCounter of(FeatureEncoder encoder) {
    return new FeatureCounter(
        encoder,
        encoder.schema().features().stream()
            .map(feature -> encoder.statistics().get(feature.name()))
            .map(
                known ->
                    known == null
                        ? new double[0]
                        : known.bins().stream()
                            .flatMap(bins -> bins.boundaries().stream())
                            .mapToDouble(Double::doubleValue)
                            .toArray())
            .toArray(double[][]::new));
  }

  private static Reader reader(FeatureEncoder encoder, Feature feature) {
    String name = feature.name();
    if (EncoderState.embedded(feature)) {
      return new EmbeddedReader(
          encoder.layout().embeddings().stream()
              .filter(field -> field.feature().equals(name))
              .findFirst()
              .orElseThrow(),
          encoder.layout());
    }
    DenseField field =
        encoder.layout().dense().stream()
            .filter(one -> one.feature().equals(name))
            .findFirst()
            .orElseThrow();
    if (feature instanceof RateFeature) {
      List<Scale> scales = encoder.state().scales().getOrDefault(name, List.of());
      return new RateReader(field, scales.get(1).apply(0));
    }
    return feature instanceof NumericFeature
        ? new NumberReader(field, field.width() == 2)
        : new VectorReader(field);
  }

  /** The counts of no rows. */
  public long[][] zeros() {
    long[][] counts = new long[readers.length][];
    for (int f = 0; f < readers.length; f++) {
      counts[f] = new long[BINS + boundaries[f].length + 1];
    }
    return counts;
  }

  /**
   * Counts rows.
   *
   * @param rows of both sides or of one, encoded by the same encoder
   * @return by feature, in the order of the schema, its counts by the places above; zeros where the
   *     rows are of the other side
   */
  public long[][] count(EncodedRows rows) {
    long[][] counts = zeros();
    for (int f = 0; f < readers.length; f++) {
      if (rows.side().isEmpty() || rows.side().get() == readers[f].side) {
        counts[f][ROWS] = rows.rows();
        counts[f][MISSING] = rows.missing(f);
        readers[f].count(rows, boundaries[f], counts[f]);
      }
    }
    return counts;
  }

  /** By feature, how its values are spread in rows of both sides. */
  static Map<String, Optional<ValueBins>> bins(FeatureEncoder encoder, EncodedRows rows) {
    List<Feature> features = encoder.schema().features();
    double[][] boundaries = new double[features.size()][];
    for (int f = 0; f < boundaries.length; f++) {
      boundaries[f] = reader(encoder, features.get(f)).boundaries(rows);
    }
    FeatureCounter counter = new FeatureCounter(encoder, boundaries);
    long[][] counts = counter.count(rows);
    Map<String, Optional<ValueBins>> bins = new LinkedHashMap<>();
    for (int f = 0; f < boundaries.length; f++) {
      bins.put(
          features.get(f).name(),
          counter.readers[f] instanceof VectorReader
              ? Optional.empty()
              : Optional.of(
                  new ValueBins(
                      Arrays.stream(boundaries[f]).boxed().toList(),
                      Arrays.stream(counts[f]).skip(BINS).boxed().toList())));
    }
    return bins;
  }

  private static int bin(double[] boundaries, double value) {
    int low = 0;
    int high = boundaries.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (boundaries[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** A feature with a table: its values are rows. */
  private static final class EmbeddedReader extends Reader {
    private final EmbeddingField field;
    private final int tableRows;

    EmbeddedReader(EmbeddingField field, InputLayout layout) {
      super(field.side());
      this.field = field;
      this.tableRows = layout.tables().get(field.table()).rows();
    }

    private int values(EncodedRows rows) {
      return field.multiValued() ? rows.offsets(field.index())[rows.rows()] : rows.rows();
    }

    @Override
    void count(EncodedRows rows, double[] boundaries, long[] counts) {
      int[] ids = rows.ids(field.index());
      int count = values(rows);
      for (int i = 0; i < count; i++) {
        if (ids[i] != TableRows.MISSING) {
          counts[VALUES]++;
          counts[UNKNOWN] += ids[i] == TableRows.UNKNOWN ? 1 : 0;
          counts[BINS + bin(boundaries, ids[i])]++;
        }
      }
    }

    @Override
    double[] boundaries(EncodedRows rows) {
      long[] uses = new long[tableRows];
      int[] ids = rows.ids(field.index());
      int count = values(rows);
      long total = 0;
      for (int i = 0; i < count; i++) {
        uses[ids[i]]++;
        total += ids[i] >= Encoding.RESERVED_ROWS ? 1 : 0;
      }
      List<Double> found = new ArrayList<>();
      found.add((double) Encoding.RESERVED_ROWS);
      long inBin = 0;
      for (int row = Encoding.RESERVED_ROWS; row < tableRows - 1; row++) {
        inBin += uses[row];
        if (inBin > 0 && inBin * (ValueBins.BINS - 1) >= total) {
          found.add(row + 1.0);
          inBin = 0;
        }
      }
      return found.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /** A feature whose first column is its value. */
  private static class NumberReader extends Reader {
    final DenseField field;
    private final boolean indicator;

    NumberReader(DenseField field, boolean indicator) {
      super(field.side());
      this.field = field;
      this.indicator = indicator;
    }

    boolean unknown(EncodedRows rows, int at) {
      return false;
    }

    @Override
    final void count(EncodedRows rows, double[] boundaries, long[] counts) {
      for (int row = 0; row < rows.rows(); row++) {
        int at = rows.denseAt(row, field.denseOffset());
        if (present(rows, at)) {
          counts[VALUES]++;
          counts[UNKNOWN] += unknown(rows, at) ? 1 : 0;
          counts[BINS + bin(boundaries, rows.dense()[at])]++;
        }
      }
    }

    private boolean present(EncodedRows rows, int at) {
      return !indicator || rows.dense()[at + 1] == 0;
    }

    @Override
    final double[] boundaries(EncodedRows rows) {
      int step = Math.max(1, rows.rows() / SAMPLE);
      float[] sample = new float[rows.rows() / step + 1];
      int size = 0;
      for (int row = 0; row < rows.rows(); row += step) {
        int at = rows.denseAt(row, field.denseOffset());
        if (present(rows, at)) {
          sample[size++] = rows.dense()[at];
        }
      }
      Arrays.sort(sample, 0, size);
      List<Double> found = new ArrayList<>();
      float before = size == 0 ? 0 : sample[0];
      for (int part = 1; part < ValueBins.BINS && size > 0; part++) {
        float boundary = sample[(int) ((long) part * size / ValueBins.BINS)];
        if (boundary > before) {
          found.add((double) boundary);
          before = boundary;
        }
      }
      return found.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /** A rate: its log-odds, and beside them how often its key was shown. */
  private static final class RateReader extends NumberReader {
    private final float never;

    RateReader(DenseField field, float never) {
      super(field, false);
      this.never = never;
    }

    @Override
    boolean unknown(EncodedRows rows, int at) {
      return rows.dense()[at + 1] == never;
    }
  }

  /** A vector, which has no bins. */
  private static final class VectorReader extends Reader {
    VectorReader(DenseField field) {
      super(field.side());
    }

    @Override
    void count(EncodedRows rows, double[] boundaries, long[] counts) {
      counts[VALUES] = counts[ROWS] - counts[MISSING];
    }
  }
}
