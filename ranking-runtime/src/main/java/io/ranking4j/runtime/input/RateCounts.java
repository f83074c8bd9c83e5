package io.ranking4j.runtime.input;

import io.ranking4j.dataset.RateTable;
import java.util.Map;

/**
 * The counts of a rate feature by key, as of the end of the training data. Stays inside the
 * package: the array is not copied.
 *
 * @param keys the keys
 * @param counts by key: its positives, then its impressions
 * @param overallRate the rate over all keys, in (0, 1)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RateCounts(StringIndex keys, double[] counts, double overallRate) {
  static RateCounts of(RateTable table) {
    StringIndex keys = new StringIndex();
    double[] counts = new double[Math.multiplyExact(2, table.size())];
    Utf8Key key = new Utf8Key();
    for (Map.Entry<String, RateTable.Count> entry : table.counts().entrySet()) {
      int number = keys.findOrAdd(key.clear().append(entry.getKey()));
      counts[2 * number] += entry.getValue().positives();
      counts[2 * number + 1] += entry.getValue().impressions();
    }
    return new RateCounts(keys, counts, table.overallRate());
  }
}
