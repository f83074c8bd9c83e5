package io.ranking4j.runtime.input;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.MissingPolicy;
import org.jspecify.annotations.Nullable;

/** Counts the values of a categorical feature, a missing one as the default where it has one. */
final class CategoryFit extends FeatureFit {
  private final CategoricalFeature feature;
  private final CategoryCounts counts;
  private final int member;
  private final Utf8Key key = new Utf8Key();
  private TableRows.@Nullable Categories rows;

  CategoryFit(CategoricalFeature feature, CategoryCounts counts) {
    super(feature.name());
    this.feature = feature;
    this.counts = counts;
    this.member = counts.addMember();
  }

  void fitted(TableRows.Categories table) {
    rows = table;
  }

  @Override
  long unknown() {
    return rows == null ? 0 : counts.unknown(member, rows);
  }

  @Override
  void accept(Dataset chunk, Place place) {
    Column column = chunk.column(feature.name());
    if (feature.multiValued()) {
      if (!(column instanceof ListColumn lists)) {
        throw FeatureCoder.wrongColumn(feature.name(), "lists of categories", column);
      }
      accept(lists, place);
    } else if (column instanceof CategoricalColumn categories) {
      accept(categories, place);
    } else if (column instanceof NumericColumn numbers) {
      accept(numbers, place);
    } else {
      throw FeatureCoder.wrongColumn(feature.name(), "categories or whole numbers", column);
    }
  }

  private void accept(CategoricalColumn column, Place place) {
    Tally tally = new Tally(column.dictionary(), column.size());
    int[] codes = column.codes();
    long missing = 0;
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] == CategoricalColumn.MISSING) {
        missing++;
        missing(row, place);
      } else {
        tally.add(codes[row]);
      }
    }
    tally.finish();
    count(codes.length, missing, codes.length - missing);
  }

  private void accept(ListColumn column, Place place) {
    int[] offsets = column.offsets();
    int rowCount = column.size();
    Tally tally = new Tally(column.dictionary(), offsets[rowCount] - offsets[0]);
    long missing = 0;
    long values = 0;
    for (int row = 0; row < rowCount; row++) {
      int size = Math.min(offsets[row + 1] - offsets[row], feature.maxValues());
      if (size == 0) {
        missing++;
        missing(row, place);
      }
      for (int i = 0; i < size; i++) {
        tally.add(column.codes()[offsets[row] + i]);
      }
      values += size;
    }
    tally.finish();
    count(rowCount, missing, values);
  }

  private void accept(NumericColumn column, Place place) {
    long missing = 0;
    for (int row = 0; row < column.size(); row++) {
      if (column.isMissing(row)) {
        missing++;
        missing(row, place);
      } else {
        key.clear().append(column.values()[row], feature.name(), place, row);
        counts.add(member, key, 1);
      }
    }
    count(column.size(), missing, column.size() - missing);
  }

  private void missing(int row, Place place) {
    FeatureCoder.checkMissing(feature.missing(), feature.name(), place, row);
    if (feature.missing() instanceof MissingPolicy.DefaultCategory standard) {
      counts.add(member, key.clear().append(standard.value()), 1);
    }
  }

  /** Counts codes first, so that each distinct string is looked up once. */
  private final class Tally {
    private final String[] dictionary;
    private final int[] times;

    Tally(String[] dictionary, int uses) {
      this.dictionary = dictionary;
      boolean direct = dictionary.length > 4L * uses || !counts.counting();
      this.times = new int[direct ? 0 : dictionary.length];
    }

    void add(int code) {
      if (times.length > 0) {
        times[code]++;
      } else {
        counts.add(member, key.clear().append(dictionary[code]), 1);
      }
    }

    void finish() {
      for (int code = 0; code < times.length; code++) {
        if (times[code] > 0) {
          counts.add(member, key.clear().append(dictionary[code]), times[code]);
        }
      }
    }
  }
}
