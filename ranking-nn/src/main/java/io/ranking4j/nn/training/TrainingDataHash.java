package io.ranking4j.nn.training;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What data a model was trained on, as a number that other data do not have: SHA-256 of the rows as
 * training reads them, in their order, with labels and weights.
 */
final class TrainingDataHash {
  private static final int CHUNK = 1 << 14;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Integer.BYTES);

  private TrainingDataHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String of(TrainingData data) {
    TrainingDataHash hash = new TrainingDataHash();
    int rows = data.rows();
    EncodedRows features = data.features();
    hash.add(rows);
    for (EmbeddingField field : features.layout().embeddings()) {
      int ids = rows;
      if (field.multiValued()) {
        int[] offsets = features.offsets(field.index());
        ids = offsets[rows];
        for (int row = 0; row <= rows; row++) {
          hash.add(offsets[row]);
        }
      }
      int[] all = features.ids(field.index());
      for (int i = 0; i < ids; i++) {
        hash.add(all[i]);
      }
    }
    hash.add(features.dense(), rows * features.denseWidth());
    hash.add(data.labels().labels(), rows * data.labels().tasks());
    hash.add(data.labels().weights(), rows * data.labels().tasks());
    hash.flush();
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void add(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      add(Float.floatToIntBits(values[i]));
    }
  }

  private void add(int value) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.putInt(value);
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
