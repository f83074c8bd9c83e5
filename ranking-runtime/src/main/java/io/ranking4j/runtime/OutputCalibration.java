package io.ranking4j.runtime;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Side;
import io.ranking4j.spi.Calibrator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calibrator of a task as the scorer applies it. A segment is known by the table row that the
 * encoder has already found for its value, so that it costs a look-up in an array: one for a
 * request where the feature is of the context, one for a candidate otherwise. Immutable and safe to
 * share.
 */
final class OutputCalibration {
  private final Calibrator all;
  private final @Nullable EmbeddingField field;

  /** By table row of the field, the calibrator. */
  private final Calibrator[] byRow;

  private OutputCalibration(Calibrator all, @Nullable EmbeddingField field, Calibrator... byRow) {
    this.all = all;
    this.field = field;
    this.byRow = byRow;
  }

  /**
   * Looks up the rows of the segments. A value that the encoder does not know has no row of its
   * own, and so goes through the calibrator of the other rows.
   */
  static OutputCalibration of(Calibrator calibrator, FeatureEncoder encoder) {
    if (calibrator.segmentFeature().isEmpty()) {
      return new OutputCalibration(calibrator, null);
    }
    String feature = calibrator.segmentFeature().get();
    check(feature, encoder.schema());
    EmbeddingField field =
        encoder.layout().embeddings().stream()
            .filter(embedding -> embedding.feature().equals(feature))
            .findFirst()
            .orElseThrow();
    Calibrator[] byRow = new Calibrator[encoder.layout().tables().get(field.table()).rows()];
    Arrays.fill(byRow, calibrator);
    for (Map.Entry<String, Calibrator> segment : calibrator.segments().entrySet()) {
      int row = encoder.row(feature, segment.getKey());
      if (row >= Encoding.RESERVED_ROWS) {
        byRow[row] = segment.getValue();
      }
    }
    return new OutputCalibration(calibrator, field, byRow);
  }

  /**
   * Refuses segments by what cannot say them.
   *
   * @throws UnknownNameException where the schema has no such feature
   * @throws IllegalArgumentException where it has not exactly one known category in a row
   */
  static void check(String feature, FeatureSchema schema) {
    boolean usable =
        schema.feature(feature) instanceof CategoricalFeature categorical
            && !categorical.multiValued()
            && isKnown(categorical, schema);
    if (!usable) {
      List<String> known =
          schema.features().stream()
              .filter(other -> other instanceof CategoricalFeature)
              .filter(other -> !((CategoricalFeature) other).multiValued())
              .filter(other -> isKnown((CategoricalFeature) other, schema))
              .map(other -> other.name())
              .toList();
      throw new IllegalArgumentException(
          "the segments of a calibrator must be values of a categorical feature with a vocabulary"
              + " and one value in a row, but were of '"
              + feature
              + "'; there are "
              + known);
    }
  }

  /** Not where values share rows by hash: an unknown one would pass for a segment. */
  private static boolean isKnown(CategoricalFeature feature, FeatureSchema schema) {
    CategoricalFeature owner =
        feature
            .sharesTableWith()
            .map(name -> (CategoricalFeature) schema.feature(name))
            .orElse(feature);
    return owner.encoding() instanceof Encoding.Vocabulary;
  }

  /**
   * Calibrates the candidates of a request.
   *
   * @param context the row of the context
   * @param candidates the rows of the candidates
   * @param values by candidate, its probability; receives the calibrated one
   * @param from the first candidate to calibrate
   * @param count how many
   */
  void apply(EncodedRows context, EncodedRows candidates, double[] values, int from, int count) {
    if (field != null && field.side() == Side.CONTEXT) {
      apply(byRow[context.ids(field.index())[0]], values, from, count);
    } else {
      apply(candidates, values, from, count);
    }
  }

  /**
   * Calibrates rows that have the feature of the segments.
   *
   * @param values by row, its probability; receives the calibrated one
   */
  void apply(EncodedRows rows, double[] values, int from, int count) {
    if (field == null) {
      apply(all, values, from, count);
      return;
    }
    int[] ids = rows.ids(field.index());
    for (int r = from; r < from + count; r++) {
      values[r] = byRow[ids[r]].calibrate(values[r]);
    }
  }

  private static void apply(Calibrator calibrator, double[] values, int from, int count) {
    for (int r = from; r < from + count; r++) {
      values[r] = calibrator.calibrate(values[r]);
    }
  }
}
