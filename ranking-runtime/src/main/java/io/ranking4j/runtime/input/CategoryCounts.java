package io.ranking4j.runtime.input;

import io.ranking4j.schema.Encoding;
import java.util.Arrays;

/**
 * Counts the categories of one table, over all features that share it, and picks those that earn a
 * row. Used by one thread.
 */
final class CategoryCounts {
  private final Encoding encoding;
  private final StringIndex index = new StringIndex();
  private long[][] counts = {};

  CategoryCounts(Encoding encoding) {
    this.encoding = encoding;
  }

  /** Adds a feature that uses the table; its counts are kept apart under the returned number. */
  int addMember() {
    counts = Arrays.copyOf(counts, counts.length + 1);
    counts[counts.length - 1] = new long[16];
    return counts.length - 1;
  }

  /** Whether there is anything to be counted. */
  boolean counting() {
    return encoding instanceof Encoding.Vocabulary;
  }

  void add(int member, Utf8Key category, long times) {
    if (!counting()) {
      return;
    }
    int number = index.findOrAdd(category);
    if (counts[member].length <= number) {
      counts[member] = Arrays.copyOf(counts[member], Math.max(16, number + (number >> 1) + 1));
    }
    counts[member][number] += times;
  }

  private long total(int number) {
    long total = 0;
    for (long[] member : counts) {
      total += number < member.length ? member[number] : 0;
    }
    return total;
  }

  /** The rows of the table. */
  TableRows.Categories rows() {
    return rows(new StringIndex());
  }

  /** The rows of the table: those that it had, and behind them those that are new. */
  TableRows.Categories grown(TableRows.Categories before) {
    return rows(before instanceof TableRows.Vocabulary known ? known.index() : new StringIndex());
  }

  private TableRows.Categories rows(StringIndex known) {
    if (encoding instanceof Encoding.Hash hash) {
      return new TableRows.Hashed(hash.buckets());
    }
    Encoding.Vocabulary limits = (Encoding.Vocabulary) encoding;
    StringIndex vocabulary = new StringIndex();
    Utf8Key key = new Utf8Key();
    for (int i = 0; i < known.size(); i++) {
      known.get(i, key);
      vocabulary.findOrAdd(key);
    }
    long[] totals = new long[index.size()];
    int kept = 0;
    for (int i = 0; i < totals.length; i++) {
      index.get(i, key);
      totals[i] = known.find(key) < 0 ? total(i) : 0;
      kept += totals[i] >= limits.minCount() ? 1 : 0;
    }
    Integer[] order = new Integer[kept];
    for (int i = 0, at = 0; i < totals.length; i++) {
      if (totals[i] >= limits.minCount()) {
        order[at++] = i;
      }
    }
    Arrays.sort(
        order,
        (left, right) ->
            totals[left] != totals[right]
                ? Long.compare(totals[right], totals[left])
                : index.compare(left, right));
    for (int i = 0; i < kept && vocabulary.size() < limits.maxSize(); i++) {
      index.get(order[i], key);
      vocabulary.findOrAdd(key);
    }
    return new TableRows.Vocabulary(vocabulary);
  }

  /** How many values of a feature have no row of their own. */
  long unknown(int member, TableRows.Categories rows) {
    long unknown = 0;
    Utf8Key key = new Utf8Key();
    for (int i = 0; i < Math.min(index.size(), counts[member].length); i++) {
      if (counts[member][i] > 0) {
        index.get(i, key);
        if (rows.row(key) == TableRows.UNKNOWN) {
          unknown += counts[member][i];
        }
      }
    }
    return unknown;
  }
}
