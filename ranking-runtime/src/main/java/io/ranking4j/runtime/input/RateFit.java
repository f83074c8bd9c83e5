package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.RateFeature;

/** Learns the scales of a rate. */
final class RateFit extends FeatureFit {
  private final RateFeature feature;
  private final Moments logOdds = new Moments();
  private final Moments impressions = new Moments();
  private long unknown;

  RateFit(RateFeature feature) {
    super(feature.name());
    this.feature = feature;
  }

  @Override
  void accept(Dataset chunk, Place place) {
    if (!chunk.has(feature.name())) {
      throw incomplete(feature.name(), "column");
    }
    RateColumn column = RateCoder.column(feature, chunk);
    for (int row = 0; row < column.size(); row++) {
      RateCoder.check(feature, column, row, place);
      double shown = column.impressions()[row];
      logOdds.add(
          RateCoder.logOdds(feature, column.positives()[row], shown, column.overallRate()[row]));
      impressions.add(Math.log1p(shown));
      unknown += shown == 0 ? 1 : 0;
    }
    count(column.size(), 0, column.size());
  }

  static DataException incomplete(String feature, String what) {
    return new DataException(
        "the training data has no "
            + what
            + " of rate feature '"
            + feature
            + "': it needs a RateColumn of that name, with what was counted for each row's key"
            + " before its day, and a RateTable with the counts after the last day"
            + " (Dataset.Builder.column and Dataset.Builder.rateTable)");
  }

  Scale logOdds() {
    return logOdds.scale(feature.name());
  }

  Scale impressions() {
    return impressions.scale(feature.name());
  }

  @Override
  long unknown() {
    return unknown;
  }
}
