package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A calibrator for each segment (surface, country, ad product) that has enough rows to fit one, and
 * a common one for all others. Immutable and safe to share as long as its calibrators are.
 *
 * <p>A segment's calibrator maps the model's probability directly; it does not come on top of the
 * common one.
 *
 * @param feature the name of the categorical feature whose value is the segment
 * @param fallback the calibrator of every value without one of its own, of missing and of unknown
 *     values
 * @param segments by value, the calibrators of those that have one, in alphabetical order
 */
public record SegmentedCalibrator(
    String feature, Calibrator fallback, Map<String, Calibrator> segments) implements Calibrator {
  /** The id under which a model file names it. */
  public static final String TYPE_ID = "segmented";

  /** Copies the calibrators; refuses segments of segments. */
  public SegmentedCalibrator {
    if (feature.isBlank()) {
      throw new IllegalArgumentException("the feature of segments must have a name, but had none");
    }
    requirePlain("the fallback", fallback);
    segments.forEach((value, own) -> requirePlain("segment '" + value + "'", own));
    segments = Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(segments)));
  }

  private static void requirePlain(String what, Calibrator calibrator) {
    if (calibrator.segmentFeature().isPresent()) {
      throw new IllegalArgumentException(
          what
              + " must be a calibrator without segments, but was one by '"
              + calibrator.segmentFeature().get()
              + "'");
    }
  }

  /**
   * What a segment must have to get a calibrator of its own.
   *
   * @param minRows the least number of rows that have weight, at least 2
   * @param minPositives the least number of positives among them, and of negatives, at least 1
   */
  public record Options(int minRows, int minPositives) {
    /** The least number of rows where none is given. */
    public static final int DEFAULT_MIN_ROWS = 1000;

    /** The least number of positives and of negatives where none is given. */
    public static final int DEFAULT_MIN_POSITIVES = 100;

    /** Checks both. */
    public Options {
      if (minRows < 2) {
        throw new IllegalArgumentException("minRows must be at least 2, but was " + minRows);
      }
      if (minPositives < 1) {
        throw new IllegalArgumentException(
            "minPositives must be at least 1, but was " + minPositives);
      }
    }

    /** {@link #DEFAULT_MIN_ROWS} and {@link #DEFAULT_MIN_POSITIVES}. */
    public static Options defaults() {
      return new Options(DEFAULT_MIN_ROWS, DEFAULT_MIN_POSITIVES);
    }
  }

  /**
   * Fits one calibrator to all rows and one to each segment with enough of them.
   *
   * @param feature the name of the categorical feature whose values the segments are
   * @param values by row, the value of that feature; empty where it is missing, which is a segment
   *     without a calibrator of its own
   * @param probabilities by row, what is to be calibrated, in [0, 1]; like the others not kept
   * @param labels by row, 0 or 1
   * @param weights by row, how often the row counts, at least 0 and finite
   * @param fit how to fit each of them; few positives suit {@code PlattCalibrator::fit}
   * @param options what a segment must have
   * @throws IllegalArgumentException where lengths differ, a value is out of range (naming its
   *     row), or there is no positive or no negative at all
   */
  public static SegmentedCalibrator fit(
      String feature,
      List<String> values,
      double[] probabilities,
      double[] labels,
      double[] weights,
      CalibratorFit fit,
      Options options) {
    if (values.size() != probabilities.length) {
      throw new IllegalArgumentException(
          "values must have as many rows as probabilities, %d, but had %d"
              .formatted(probabilities.length, values.size()));
    }
    Observations.of(probabilities, labels, weights);
    Calibrator all = fit.fit(probabilities, labels, weights);
    Map<String, Calibrator> segments = new TreeMap<>();
    rowsOf(values)
        .forEach(
            (value, rows) -> {
              double[] p = gather(probabilities, rows);
              double[] y = gather(labels, rows);
              double[] w = gather(weights, rows);
              if (!value.isEmpty() && isSupported(y, w, options)) {
                segments.put(value, fit.fit(p, y, w));
              }
            });
    return new SegmentedCalibrator(feature, all, segments);
  }

  /** The row numbers of each value. */
  static Map<String, int[]> rowsOf(List<String> values) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String value : values) {
      counts.merge(value, 1, Integer::sum);
    }
    Map<String, int[]> rows = new TreeMap<>();
    counts.forEach((value, count) -> rows.put(value, new int[count]));
    Map<String, Integer> next = new TreeMap<>();
    int row = 0;
    for (String value : values) {
      int at = next.merge(value, 1, Integer::sum) - 1;
      int[] of = rows.getOrDefault(value, new int[0]);
      of[at] = row++;
    }
    return rows;
  }

  private static double[] gather(double[] values, int[] rows) {
    double[] gathered = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      gathered[i] = values[rows[i]];
    }
    return gathered;
  }

  private static boolean isSupported(double[] labels, double[] weights, Options options) {
    int positives = 0;
    int negatives = 0;
    for (int row = 0; row < labels.length; row++) {
      if (weights[row] > 0) {
        if (labels[row] == 1) {
          positives++;
        } else {
          negatives++;
        }
      }
    }
    return positives + negatives >= options.minRows()
        && Math.min(positives, negatives) >= options.minPositives();
  }

  /** The calibrator of rows whose feature has a value. */
  public Calibrator forSegment(String value) {
    return segments.getOrDefault(value, fallback);
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** {@inheritDoc} By the fallback: nothing is known of the row but its probability. */
  @Override
  public double calibrate(double probability) {
    return fallback.calibrate(probability);
  }

  @Override
  public Optional<String> segmentFeature() {
    return Optional.of(feature);
  }

  /**
   * What {@link #of} needs beside the {@link #parameters} to make an equal calibrator again: the
   * feature, the values, and the types of their calibrators; a copy.
   */
  @Override
  public Map<String, String> properties() {
    return SegmentedCalibratorCodec.properties(this);
  }

  /** The numbers of the fallback and of the segments in turn; a copy. */
  @Override
  public double[] parameters() {
    return SegmentedCalibratorCodec.parameters(this);
  }

  /**
   * Makes the calibrator that had these properties and parameters. The calibrators of the parts are
   * made by the {@link io.ranking4j.spi.CalibratorProvider}s on the class path and nothing else.
   *
   * @throws IllegalArgumentException where they do not fit together
   * @throws io.ranking4j.error.UnknownNameException where a part has a type that nobody provides
   */
  public static SegmentedCalibrator of(Map<String, String> properties, double[] parameters) {
    return SegmentedCalibratorCodec.read(properties, parameters);
  }
}
