package io.ranking4j.fusion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Fusions as JSON, and whether they fit a model.
 *
 * <pre>{@code
 * {
 *   "type" : "linear",
 *   "properties" : {
 *     "task:click" : 1.0,
 *     "task:long_view" : 20.0,
 *     "task:order*signal:price" : 0.5
 *   }
 * }
 * }</pre>
 *
 * <p>Only types of {@link FusionProvider}s on the class path can be named; no class is ever loaded
 * by what JSON says. All methods are safe to call from several threads.
 */
public final class Fusions {
  /** The longest JSON that is read, in characters. */
  public static final int MAX_JSON_LENGTH = 65_536;

  private static final int MAX_DEPTH = 8;
  private static final String TYPE = "type";
  private static final String PROPERTIES = "properties";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Fusions() {}

  /**
   * Reads a fusion. The values of properties may be strings or numbers.
   *
   * @throws DataException where it is too long, is no JSON, has a key that nobody knows, or its
   *     properties make no fusion
   * @throws UnknownNameException where no provider has its type, listing the types that there are
   */
  public static Fusion fromJson(String json) {
    if (json.length() > MAX_JSON_LENGTH) {
      throw new DataException(
          "the JSON of a fusion must have at most "
              + MAX_JSON_LENGTH
              + " characters, but had "
              + json.length());
    }
    JsonNode root = parse(json);
    if (!root.isObject()) {
      throw new DataException("the JSON of a fusion must be an object, but was " + kind(root));
    }
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!key.equals(TYPE) && !key.equals(PROPERTIES)) {
                throw new DataException(
                    "unknown key '"
                        + key
                        + "' in the JSON of a fusion, known are [type, properties]");
              }
            });
    JsonNode type = root.path(TYPE);
    if (!type.isTextual()) {
      throw new DataException(
          "'type' in the JSON of a fusion must be a string, but was " + kind(type));
    }
    Map<String, String> properties = properties(root.path(PROPERTIES));
    try {
      return create(type.textValue(), properties);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "no fusion of type '" + type.textValue() + "' from JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a fusion of a type from its properties.
   *
   * @throws UnknownNameException where no provider has the type
   * @throws IllegalArgumentException where the properties make no fusion
   */
  static Fusion create(String type, Map<String, String> properties) {
    Map<String, FusionProvider> providers = providers();
    FusionProvider provider = providers.get(type);
    if (provider == null) {
      throw new UnknownNameException("type of fusion", type, providers.keySet());
    }
    return provider.create(properties);
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException("the JSON of a fusion is malformed: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, String> properties(JsonNode node) {
    if (!node.isObject()) {
      throw new DataException(
          "'properties' in the JSON of a fusion must be an object, but was " + kind(node));
    }
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      JsonNode value = property.getValue();
      if (!value.isTextual() && !value.isNumber()) {
        throw new DataException(
            "property '"
                + property.getKey()
                + "' in the JSON of a fusion must be a string or a number, but was "
                + kind(value));
      }
      properties.put(property.getKey(), value.asText());
    }
    return properties;
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode()
        ? "missing"
        : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Writes a fusion, so that {@link #fromJson} makes an equal one where its provider is on the
   * class path. Equal fusions of this module give equal text.
   */
  public static String toJson(Fusion fusion) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put(TYPE, fusion.typeId());
    ObjectNode properties = root.putObject(PROPERTIES);
    fusion.properties().forEach(properties::put);
    return root.toPrettyString();
  }

  /**
   * Checks that a fusion can be used with what a model predicts and a host gives.
   *
   * @param tasks the tasks of the model
   * @param signals the signals of the host
   * @throws UnknownNameException for the first task or signal of the fusion that is not among them,
   *     listing those that are
   */
  public static void validate(Fusion fusion, Collection<String> tasks, Collection<String> signals) {
    checkKnown("task", fusion.tasks(), tasks);
    checkKnown("signal", fusion.signals(), signals);
  }

  private static void checkKnown(String kind, Collection<String> needed, Collection<String> known) {
    for (String name : needed) {
      if (!known.contains(name)) {
        throw new UnknownNameException(kind, name, known);
      }
    }
  }

  /** By type id. Those of this module are there even where a class loader hides its services. */
  private static Map<String, FusionProvider> providers() {
    Map<String, FusionProvider> byId = new TreeMap<>();
    add(byId, new LinearFusionProvider());
    add(byId, new MultiplicativeFusionProvider());
    add(byId, new LogLinearFusionProvider());
    add(byId, new BandedFusionProvider());
    add(byId, new GuardedFusionProvider());
    for (FusionProvider provider : ServiceLoader.load(FusionProvider.class)) {
      add(byId, provider);
    }
    return byId;
  }

  private static void add(Map<String, FusionProvider> byId, FusionProvider provider) {
    FusionProvider other = byId.putIfAbsent(provider.typeId(), provider);
    if (other != null && !other.getClass().equals(provider.getClass())) {
      throw new IllegalStateException(
          "the type of fusion '"
              + provider.typeId()
              + "' must have one provider, but has "
              + other.getClass().getName()
              + " and "
              + provider.getClass().getName());
    }
  }
}
