package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.Transform;

/**
 * Learns mean, deviation and quantiles of a number, a missing one as the default if there is one.
 */
final class NumberFit extends FeatureFit {
  private final NumericFeature feature;
  private final Moments moments = new Moments();
  private final Reservoir reservoir = new Reservoir();
  private final boolean sampled;

  NumberFit(NumericFeature feature) {
    super(feature.name());
    this.feature = feature;
    this.sampled = feature.transform() instanceof Transform.Quantiles;
  }

  @Override
  void accept(Dataset chunk, Place place) {
    NumericColumn column = NumberCoder.column(feature, chunk);
    long missing = 0;
    for (int row = 0; row < column.size(); row++) {
      if (!column.isMissing(row)) {
        add(FeatureCoder.finite(column.values()[row], feature.name(), place, row));
        continue;
      }
      missing++;
      FeatureCoder.checkMissing(feature.missing(), feature.name(), place, row);
      if (feature.missing() instanceof MissingPolicy.DefaultNumber standard) {
        add(standard.value());
      }
    }
    count(column.size(), missing, column.size() - missing);
  }

  private void add(double value) {
    if (sampled) {
      reservoir.add(value);
    } else {
      moments.add(NumberCoder.transform(feature.transform(), value));
    }
  }

  Scale scale() {
    return feature.transform() instanceof Transform.Identity
        ? Scale.NONE
        : moments.scale(feature.name());
  }

  TableRows.Buckets buckets() {
    if (feature.transform() instanceof Transform.Quantiles quantiles) {
      return new TableRows.Buckets(reservoir.boundaries(quantiles.count()));
    }
    Transform.Boundaries given = (Transform.Boundaries) feature.transform();
    return new TableRows.Buckets(
        given.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
