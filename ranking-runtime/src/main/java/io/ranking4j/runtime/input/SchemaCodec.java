package io.ranking4j.runtime.input;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.Transform;
import io.ranking4j.schema.VectorFeature;
import java.util.List;
import java.util.Optional;

/** A schema as JSON; every type by an id of its own, no class names. */
final class SchemaCodec {
  private static final String TYPE = "type";

  private SchemaCodec() {}

  static Json write(FeatureSchema schema) {
    Json node = Json.object();
    Json context = node.putArray("context");
    schema.context().forEach(feature -> context.add(feature(feature)));
    Json candidate = node.putArray("candidate");
    schema.candidate().forEach(feature -> candidate.add(feature(feature)));
    return node;
  }

  static FeatureSchema read(Json node) {
    FeatureSchema.Builder builder = FeatureSchema.builder();
    for (Json feature : JsonFields.list(node, "context")) {
      builder.context(feature(feature));
    }
    for (Json feature : JsonFields.list(node, "candidate")) {
      builder.candidate(feature(feature));
    }
    return builder.build();
  }

  private static Json feature(Feature feature) {
    Json node = Json.object();
    if (feature instanceof CategoricalFeature categorical) {
      node.put(TYPE, "categorical").put("name", categorical.name());
      node.put("encoding", encoding(categorical.encoding()));
      categorical.pooling().ifPresent(pooling -> node.put("pooling", pooling(pooling)));
      node.put("maxValues", categorical.maxValues()).put("width", categorical.width());
      categorical.sharesTableWith().ifPresent(owner -> node.put("sharesTableWith", owner));
      node.put("missing", missing(categorical.missing()));
    } else if (feature instanceof NumericFeature numeric) {
      node.put(TYPE, "numeric").put("name", numeric.name());
      node.put("transform", transform(numeric.transform()));
      node.put("missing", missing(numeric.missing()));
    } else if (feature instanceof VectorFeature vector) {
      node.put(TYPE, "vector").put("name", vector.name()).put("width", vector.width());
      node.put("missing", missing(vector.missing()));
    } else {
      RateFeature rate = (RateFeature) feature;
      node.put(TYPE, "rate").put("name", rate.name()).put("label", rate.label());
      Json keys = node.putArray("keys");
      rate.keys().forEach(keys::add);
      node.put("priorStrength", rate.priorStrength());
    }
    return node;
  }

  private static Feature feature(Json node) {
    String name = JsonFields.text(node, "name");
    String type = JsonFields.text(node, TYPE);
    return switch (type) {
      case "categorical" ->
          new CategoricalFeature(
              name,
              encoding(JsonFields.map(node, "encoding")),
              node.has("pooling") ? Optional.of(pooling(node)) : Optional.empty(),
              JsonFields.integer(node, "maxValues"),
              JsonFields.integer(node, "width"),
              node.has("sharesTableWith")
                  ? Optional.of(JsonFields.text(node, "sharesTableWith"))
                  : Optional.empty(),
              missing(JsonFields.map(node, "missing")));
      case "numeric" ->
          new NumericFeature(
              name,
              transform(JsonFields.map(node, "transform")),
              missing(JsonFields.map(node, "missing")));
      case "vector" ->
          new VectorFeature(
              name, JsonFields.integer(node, "width"), missing(JsonFields.map(node, "missing")));
      case "rate" ->
          new RateFeature(
              name,
              JsonFields.text(node, "label"),
              JsonFields.texts(node, "keys"),
              JsonFields.number(node, "priorStrength"));
      default ->
          throw new UnknownNameException(
              "type of feature", type, List.of("categorical", "numeric", "vector", "rate"));
    };
  }

  private static Json encoding(Encoding encoding) {
    Json node = Json.object();
    if (encoding instanceof Encoding.Vocabulary vocabulary) {
      node.put(TYPE, "vocabulary");
      return node.put("minCount", vocabulary.minCount()).put("maxSize", vocabulary.maxSize());
    }
    return node.put(TYPE, "hash").put("buckets", ((Encoding.Hash) encoding).buckets());
  }

  private static Encoding encoding(Json node) {
    String type = JsonFields.text(node, TYPE);
    return switch (type) {
      case "vocabulary" ->
          new Encoding.Vocabulary(
              JsonFields.integer(node, "minCount"), JsonFields.integer(node, "maxSize"));
      case "hash" -> new Encoding.Hash(JsonFields.integer(node, "buckets"));
      default ->
          throw new UnknownNameException("type of encoding", type, List.of("vocabulary", "hash"));
    };
  }

  private static Json pooling(Pooling pooling) {
    if (pooling instanceof Pooling.Attention attention) {
      return Json.object()
          .put(TYPE, "attention")
          .put("query", attention.query())
          .put("sharpness", attention.sharpness());
    }
    return Json.of(pooling == Pooling.MEAN ? "mean" : "sum");
  }

  private static Pooling pooling(Json node) {
    Json attention = node.path("pooling");
    String id =
        JsonFields.text(
            attention.isObject() ? attention : node, attention.isObject() ? TYPE : "pooling");
    return switch (id) {
      case "mean" -> Pooling.MEAN;
      case "sum" -> Pooling.SUM;
      case "attention" ->
          new Pooling.Attention(
              JsonFields.text(attention, "query"), JsonFields.number(attention, "sharpness"));
      default -> throw new UnknownNameException("pooling", id, List.of("mean", "sum", "attention"));
    };
  }

  private static Json transform(Transform transform) {
    Json node = Json.object();
    if (transform instanceof Transform.Identity) {
      return node.put(TYPE, "identity");
    } else if (transform instanceof Transform.Standardize) {
      return node.put(TYPE, "standardize");
    } else if (transform instanceof Transform.Log) {
      return node.put(TYPE, "log");
    } else if (transform instanceof Transform.Quantiles quantiles) {
      return node.put(TYPE, "quantiles").put("count", quantiles.count());
    }
    node.put(TYPE, "boundaries");
    Json values = node.putArray("values");
    ((Transform.Boundaries) transform).values().forEach(value -> values.add(value.doubleValue()));
    return node;
  }

  private static Transform transform(Json node) {
    String type = JsonFields.text(node, TYPE);
    return switch (type) {
      case "identity" -> Transform.Identity.INSTANCE;
      case "standardize" -> Transform.Standardize.INSTANCE;
      case "log" -> Transform.Log.INSTANCE;
      case "quantiles" -> new Transform.Quantiles(JsonFields.integer(node, "count"));
      case "boundaries" -> new Transform.Boundaries(JsonFields.numbers(node, "values"));
      default ->
          throw new UnknownNameException(
              "type of transform",
              type,
              List.of("identity", "standardize", "log", "quantiles", "boundaries"));
    };
  }

  private static Json missing(MissingPolicy policy) {
    Json node = Json.object();
    if (policy instanceof MissingPolicy.Learned) {
      return node.put(TYPE, "learned");
    } else if (policy instanceof MissingPolicy.Refuse) {
      return node.put(TYPE, "refuse");
    } else if (policy instanceof MissingPolicy.DefaultCategory category) {
      return node.put(TYPE, "category").put("value", category.value());
    }
    return node.put(TYPE, "number").put("value", ((MissingPolicy.DefaultNumber) policy).value());
  }

  private static MissingPolicy missing(Json node) {
    String type = JsonFields.text(node, TYPE);
    return switch (type) {
      case "learned" -> MissingPolicy.learned();
      case "refuse" -> MissingPolicy.refuse();
      case "category" -> new MissingPolicy.DefaultCategory(JsonFields.text(node, "value"));
      case "number" -> new MissingPolicy.DefaultNumber(JsonFields.number(node, "value"));
      default ->
          throw new UnknownNameException(
              "type of missing policy", type, List.of("learned", "refuse", "category", "number"));
    };
  }
}
