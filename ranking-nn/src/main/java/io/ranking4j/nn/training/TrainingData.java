package io.ranking4j.nn.training;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.error.DataException;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A log as training reads it: features as table rows and numbers, labels and weights. A few bytes a
 * value, so that a log whose texts are larger than memory can still be trained on.
 *
 * @param features the encoded features
 * @param labels labels and weights of the same rows
 * @param keepRate at which rows without a positive of any task were kept
 */
record TrainingData(EncodedRows features, EncodedLabels labels, double keepRate) {
  int rows() {
    return labels.rows();
  }

  /** Reads all of a source, chunk by chunk. */
  static TrainingData read(
      String what, DatasetSource source, FeatureEncoder encoder, LabelEncoder labelEncoder) {
    List<EncodedRows> features = new ArrayList<>();
    float[] labels = new float[0];
    float[] weights = new float[0];
    int rows = 0;
    int tasks = 0;
    try (DatasetSource.Chunks chunks = source.open()) {
      while (chunks.hasNext()) {
        Dataset chunk = chunks.next();
        features.add(encoder.encode(chunk, rows));
        EncodedLabels encoded = labelEncoder.encode(chunk, rows);
        tasks = encoded.tasks();
        labels = append(labels, rows * tasks, encoded.labels());
        weights = append(weights, rows * tasks, encoded.weights());
        rows = Math.addExact(rows, encoded.rows());
      }
    }
    if (rows == 0) {
      throw new DataException("the " + what + " data has no rows");
    }
    return new TrainingData(
        EncodedRows.concat(features),
        new EncodedLabels(
            rows, tasks, Arrays.copyOf(labels, rows * tasks), Arrays.copyOf(weights, rows * tasks)),
        labelEncoder.keepRate());
  }

  private static float[] append(float[] all, int used, float[] more) {
    int needed = Math.addExact(used, more.length);
    float[] grown =
        needed <= all.length ? all : Arrays.copyOf(all, Math.max(needed, all.length / 2 * 3));
    System.arraycopy(more, 0, grown, used, more.length);
    return grown;
  }
}
