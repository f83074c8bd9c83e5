package io.ranking4j.examples.report;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.VectorColumn;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Tells whether two reports are on the same rows. */
public final class DataHash {
  private DataHash() {}

  /**
   * SHA-256 of the columns by name and of their values by row: equal for equal data sets, and other
   * than that of any other.
   */
  public static String of(Dataset data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1 << 16))) {
        out.writeInt(data.rows());
        for (Map.Entry<String, Column> column : data.columns().entrySet()) {
          out.writeUTF(column.getKey());
          out.writeUTF(column.getValue().holds());
          write(out, column.getValue());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, Column column) throws IOException {
    if (column instanceof CategoricalColumn categories) {
      dictionary(out, categories.dictionary());
      ints(out, categories.codes());
    } else if (column instanceof ListColumn lists) {
      dictionary(out, lists.dictionary());
      ints(out, lists.offsets());
      ints(out, lists.codes());
    } else if (column instanceof NumericColumn numbers) {
      for (int row = 0; row < numbers.size(); row++) {
        out.writeDouble(numbers.isMissing(row) ? Double.NaN : numbers.values()[row]);
      }
    } else if (column instanceof VectorColumn vectors) {
      for (float value : vectors.values()) {
        out.writeFloat(value);
      }
    } else if (column instanceof RateColumn rates) {
      doubles(out, rates.positives());
      doubles(out, rates.impressions());
      doubles(out, rates.overallRate());
    }
  }

  private static void dictionary(DataOutputStream out, String[] categories) throws IOException {
    out.writeInt(categories.length);
    for (String category : categories) {
      byte[] bytes = category.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static void ints(DataOutputStream out, int[] values) throws IOException {
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static void doubles(DataOutputStream out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }
}
