package io.ranking4j.fusion.rerank;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rerankers as JSON.
 *
 * <pre>{@code
 * {
 *   "places" : 100,
 *   "rules" : [
 *     { "type" : "spacing", "attribute" : "author", "window" : 5, "most" : 1 },
 *     { "type" : "diversity", "similarity" : "topic", "strength" : 0.3 }
 *   ]
 * }
 * }</pre>
 *
 * <p>All methods are safe to call from several threads.
 */
public final class Rerankers {
  /** The longest JSON that is read, in characters. */
  public static final int MAX_JSON_LENGTH = 65_536;

  private static final List<String> TYPES =
      List.of("diversity", "pacing", "pin", "quota", "spacing");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Rerankers() {}

  /** Writes a reranker, so that {@link #fromJson} makes one of equal rules. */
  public static String toJson(Reranker reranker) {
    ObjectNode root = MAPPER.createObjectNode().put("places", reranker.places());
    ArrayNode rules = root.putArray("rules");
    for (RerankRule rule : reranker.rules()) {
      ObjectNode node = rules.addObject();
      if (rule instanceof RerankRule.Pacing pacing) {
        node.put("type", "pacing").put("multiplier", pacing.multiplier());
      } else if (rule instanceof RerankRule.Diversity diversity) {
        node.put("type", "diversity")
            .put("similarity", diversity.similarity())
            .put("strength", diversity.strength());
      } else if (rule instanceof RerankRule.Spacing spacing) {
        node.put("type", "spacing")
            .put("attribute", spacing.attribute())
            .put("window", spacing.window())
            .put("most", spacing.most());
      } else if (rule instanceof RerankRule.Quota quota) {
        node.put("type", "quota")
            .put("attribute", quota.attribute())
            .put("category", quota.category())
            .put("places", quota.places())
            .put("least", quota.least())
            .put("most", quota.most());
      } else if (rule instanceof RerankRule.Pin pin) {
        node.put("type", "pin").put("id", pin.id()).put("position", pin.position());
      }
    }
    return root.toPrettyString();
  }

  /**
   * Reads a reranker.
   *
   * @throws DataException where it is too long, is no JSON, or its rules are malformed
   * @throws UnknownNameException where nobody knows the type of a rule, listing those that there
   *     are
   */
  public static Reranker fromJson(String json) {
    if (json.length() > MAX_JSON_LENGTH) {
      throw new DataException(
          "the JSON of a reranker must have at most "
              + MAX_JSON_LENGTH
              + " characters, but had "
              + json.length());
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException("the JSON of a reranker is malformed: " + e.getOriginalMessage(), e);
    }
    known(root, "rules", "places");
    if (!root.path("rules").isArray()) {
      throw new DataException("'rules' in the JSON of a reranker must be a list");
    }
    try {
      List<RerankRule> rules = new ArrayList<>();
      for (JsonNode rule : root.get("rules")) {
        rules.add(rule(rule));
      }
      Reranker reranker = Reranker.of(rules);
      return root.has("places") ? reranker.withPlaces(whole(root, "places")) : reranker;
    } catch (IllegalArgumentException e) {
      throw new DataException("no reranker from JSON: " + e.getMessage(), e);
    }
  }

  private static RerankRule rule(JsonNode node) {
    if (!node.isObject()) {
      throw new DataException("rerankers and their rules must be objects in JSON");
    }
    String type = text(node, "type");
    return switch (type) {
      case "pacing" -> {
        known(node, "type", "multiplier");
        yield new RerankRule.Pacing(text(node, "multiplier"));
      }
      case "diversity" -> {
        known(node, "type", "similarity", "strength");
        if (!node.path("strength").isNumber()) {
          throw wrong(node, "strength", "a number");
        }
        yield new RerankRule.Diversity(
            text(node, "similarity"), node.get("strength").doubleValue());
      }
      case "spacing" -> {
        known(node, "type", "attribute", "window", "most");
        yield new RerankRule.Spacing(
            text(node, "attribute"), whole(node, "window"), whole(node, "most"));
      }
      case "quota" -> {
        known(node, "type", "attribute", "category", "places", "least", "most");
        yield new RerankRule.Quota(
            text(node, "attribute"),
            text(node, "category"),
            whole(node, "places"),
            whole(node, "least"),
            whole(node, "most"));
      }
      case "pin" -> {
        known(node, "type", "id", "position");
        yield new RerankRule.Pin(text(node, "id"), whole(node, "position"));
      }
      default -> throw new UnknownNameException("type of rule", type, TYPES);
    };
  }

  private static void known(JsonNode node, String... keys) {
    if (!node.isObject()) {
      throw new DataException("rerankers and their rules must be objects in JSON");
    }
    Set<String> allowed = new TreeSet<>(Arrays.asList(keys));
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!allowed.contains(key)) {
                throw new DataException(
                    "unknown key '" + key + "' in the JSON of a reranker, known are " + allowed);
              }
            });
  }

  private static String text(JsonNode node, String key) {
    if (!node.path(key).isTextual()) {
      throw wrong(node, key, "a string");
    }
    return node.get(key).textValue();
  }

  private static int whole(JsonNode node, String key) {
    if (!node.path(key).canConvertToInt() || !node.path(key).isIntegralNumber()) {
      throw wrong(node, key, "a whole number");
    }
    return node.get(key).intValue();
  }

  private static DataException wrong(JsonNode node, String key, String type) {
    return new DataException(
        "'"
            + key
            + "' in the JSON of a reranker must be "
            + type
            + ", but was "
            + (node.has(key) ? node.get(key) : "missing"));
  }
}
