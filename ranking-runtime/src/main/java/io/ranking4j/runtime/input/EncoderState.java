package io.ranking4j.runtime.input;

import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.Side;
import io.ranking4j.schema.VectorFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that was learned from the training data.
 *
 * @param schema the features
 * @param defaultWidth the width of embeddings whose feature leaves it to the network
 * @param tables by the feature that owns the table, in the order of the schema
 * @param scales by feature that is standardised: one for a number, two for a rate
 * @param rates by rate feature, its counts
 * @param statistics by feature, in the order of the schema
 */
record EncoderState(
    FeatureSchema schema,
    int defaultWidth,
    Map<String, TableRows> tables,
    Map<String, List<Scale>> scales,
    Map<String, RateCounts> rates,
    Map<String, FeatureStatistics> statistics) {

  /** Whether a feature has an embedding. */
  static boolean embedded(Feature feature) {
    return feature instanceof CategoricalFeature
        || (feature instanceof NumericFeature number && number.bucketed());
  }

  /** The feature whose table a feature reads. */
  static String owner(Feature feature) {
    return feature instanceof CategoricalFeature categorical
        ? categorical.sharesTableWith().orElse(feature.name())
        : feature.name();
  }

  /** The columns of the input that this makes. */
  InputLayout layout() {
    Map<String, Integer> tableIndex = new LinkedHashMap<>();
    List<TableSpec> specs = new ArrayList<>();
    tables.forEach(
        (name, rows) -> {
          tableIndex.put(name, specs.size());
          specs.add(new TableSpec(name, rows.rows(), width(name)));
        });
    List<EmbeddingField> embeddings = new ArrayList<>();
    List<DenseField> dense = new ArrayList<>();
    int offset = 0;
    int denseOffset = 0;
    for (Side side : Side.values()) {
      List<Feature> features = side == Side.CONTEXT ? schema.context() : schema.candidate();
      for (Feature feature : features) {
        if (embedded(feature)) {
          int table = Objects.requireNonNull(tableIndex.get(owner(feature)));
          int width = specs.get(table).width();
          embeddings.add(
              new EmbeddingField(
                  feature.name(),
                  embeddings.size(),
                  table,
                  width,
                  offset,
                  side,
                  feature instanceof CategoricalFeature categorical
                      ? categorical.pooling()
                      : Optional.empty()));
          offset = Math.addExact(offset, width);
        }
      }
      for (Feature feature : features) {
        if (!embedded(feature)) {
          int width = denseWidth(feature);
          dense.add(new DenseField(feature.name(), offset, denseOffset, width, side));
          offset = Math.addExact(offset, width);
          denseOffset += width;
        }
      }
    }
    return new InputLayout(embeddings, dense, specs);
  }

  private int width(String owner) {
    return schema.feature(owner) instanceof CategoricalFeature categorical
            && categorical.width() > 0
        ? categorical.width()
        : defaultWidth;
  }

  private static int denseWidth(Feature feature) {
    if (feature instanceof RateFeature) {
      return 2;
    }
    int width = feature instanceof VectorFeature vector ? vector.width() : 1;
    return feature.missing() instanceof MissingPolicy.Learned ? width + 1 : width;
  }
}
