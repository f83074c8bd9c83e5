package io.ranking4j.runtime.input;

import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.Pooling;
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

  EncoderState with(Map<String, FeatureStatistics> other) {
    return new EncoderState(schema, defaultWidth, tables, scales, rates, other);
  }

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
    for (Map.Entry<String, TableRows> table : tables.entrySet()) {
      String name = table.getKey();
      tableIndex.put(name, specs.size());
      specs.add(new TableSpec(name, table.getValue().rows(), width(name)));
    }
    List<EmbeddingField> embeddings = new ArrayList<>();
    List<DenseField> dense = new ArrayList<>();
    int offset = 0;
    int denseOffset = 0;
    for (Side side : Side.values()) {
      for (Feature feature : embedded(side)) {
        int table = Objects.requireNonNull(tableIndex.get(owner(feature)));
        int width = specs.get(table).width();
        embeddings.add(field(feature, embeddings, table, width, offset, side));
        offset = Math.addExact(offset, width);
      }
      for (Feature feature : side == Side.CONTEXT ? schema.context() : schema.candidate()) {
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

  /** The features with embeddings whose columns are in the part of a side, in their order. */
  private List<Feature> embedded(Side part) {
    List<Feature> features = new ArrayList<>();
    List<Feature> attending = new ArrayList<>();
    for (Feature feature : schema.features()) {
      if (embedded(feature) && part(feature) == part) {
        (query(feature).isPresent() ? attending : features).add(feature);
      }
    }
    features.addAll(attending);
    return features;
  }

  private static Optional<String> query(Feature feature) {
    return feature instanceof CategoricalFeature categorical
            && categorical.pooling().orElse(null) instanceof Pooling.Attention attention
        ? Optional.of(attention.query())
        : Optional.empty();
  }

  private Side part(Feature feature) {
    Optional<String> query = query(feature);
    boolean byCandidate = query.isPresent() && schema.side(query.get()) == Side.CANDIDATE;
    return byCandidate ? Side.CANDIDATE : schema.side(feature.name());
  }

  private EmbeddingField field(
      Feature feature, List<EmbeddingField> before, int table, int width, int offset, Side part) {
    int query = EmbeddingField.NO_QUERY;
    if (query(feature).isPresent()) {
      for (EmbeddingField field : before) {
        query = field.feature().equals(query(feature).get()) ? field.index() : query;
      }
    }
    return new EmbeddingField(
        feature.name(),
        before.size(),
        table,
        width,
        offset,
        schema.side(feature.name()),
        part,
        feature instanceof CategoricalFeature categorical
            ? categorical.pooling()
            : Optional.empty(),
        query);
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
