package io.ranking4j.schema;

import java.util.List;

/**
 * One feature of a row, bound by its name to a column of the training data and to a value of a
 * request. Immutable; the methods that look like setters return a changed copy.
 */
public sealed interface Feature
    permits CategoricalFeature, NumericFeature, VectorFeature, RateFeature {
  /** The name of the feature and of its column. */
  String name();

  /** What happens where a row has no value. */
  MissingPolicy missing();

  /** A feature with one of many values, each with an embedding; by vocabulary. */
  static CategoricalFeature categorical(String name) {
    return CategoricalFeature.of(name);
  }

  /** A number, standardised by the mean and deviation of the training data. */
  static NumericFeature numeric(String name) {
    return NumericFeature.of(name);
  }

  /** A dense vector, such as an embedding made elsewhere, taken as it is. */
  static VectorFeature vector(String name, int width) {
    return new VectorFeature(name, width, MissingPolicy.learned());
  }

  /** The smoothed rate of a label among the earlier impressions with the same keys. */
  static RateFeature rate(String name, String label, String... keys) {
    return new RateFeature(name, label, List.of(keys), RateFeature.DEFAULT_PRIOR_STRENGTH);
  }
}
