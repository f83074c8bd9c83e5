package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.schema.VectorFeature;

/** Checks and counts vectors, of which nothing needs to be learned. */
final class VectorFit extends FeatureFit {
  private final VectorFeature feature;

  VectorFit(VectorFeature feature) {
    super(feature.name());
    this.feature = feature;
  }

  @Override
  void accept(Dataset chunk, Place place) {
    VectorColumn column = VectorCoder.column(feature, chunk);
    long missing = 0;
    for (int row = 0; row < column.size(); row++) {
      if (column.isMissing(row)) {
        missing++;
        FeatureCoder.checkMissing(feature.missing(), feature.name(), place, row);
        continue;
      }
      for (int i = row * column.width(); i < (row + 1) * column.width(); i++) {
        FeatureCoder.finite(column.values()[i], feature.name(), place, row);
      }
    }
    count(column.size(), missing, column.size() - missing);
  }
}
