package io.ranking4j.benchmarks.train;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Logs made up for the comparisons. */
final class Logs {
  private Logs() {}

  /**
   * Ids whose frequencies follow Zipf's law with exponent 1, drawn by the inverse of the continuous
   * distribution; the names say nothing about the frequency.
   */
  static CategoricalColumn zipf(int rows, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] codes = new int[rows];
    for (int r = 0; r < rows; r++) {
      codes[r] = Math.min(size - 1, (int) Math.pow(size + 1.0, random.nextDouble()) - 1);
    }
    return new CategoricalColumn(codes, names(size));
  }

  /** Ids that are all as likely. */
  static CategoricalColumn uniform(int rows, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new CategoricalColumn(
        IntStream.range(0, rows).map(r -> random.nextInt(size)).toArray(), names(size));
  }

  private static String[] names(int size) {
    return IntStream.range(0, size).mapToObj(Integer::toString).toArray(String[]::new);
  }

  /** Labels that are positive at this rate. */
  static NumericColumn labels(int rows, double rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return NumericColumn.of(
        IntStream.range(0, rows).mapToDouble(r -> random.nextDouble() < rate ? 1 : 0).toArray());
  }

  /** Rows that come after those of training. */
  static Dataset last(Dataset log, int rows) {
    return log.slice(log.rows() - rows, log.rows());
  }
}
