package io.ranking4j.fusion.personal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Personal weights as JSON whose numbers are read back to the bit. */
final class PersonalCodec {
  private static final String FORMAT = "ranking4j-personal-weights";
  private static final int VERSION = 1;
  private static final int MAX_HIDDEN = 1 << 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private PersonalCodec() {}

  static String write(PersonalWeights policy) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION);
    ArrayNode arms = root.putArray("arms");
    for (Map<String, Double> weights : policy.arms()) {
      ObjectNode arm = arms.addObject();
      weights.forEach(arm::put);
    }
    PolicyNetwork network = policy.network();
    if (network == null) {
      root.put("fixed", policy.fixedArm());
    } else {
      ObjectNode node = root.putObject("network").put("hidden", network.hidden());
      write(node.putArray("center"), network.center());
      write(node.putArray("scale"), network.scale());
      write(node.putArray("parameters"), network.parameters());
    }
    return root.toPrettyString();
  }

  private static void write(ArrayNode node, double[] numbers) {
    for (double number : numbers) {
      node.add(number);
    }
  }

  static PersonalWeights read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "the JSON of personal weights is malformed: " + e.getOriginalMessage(), e);
    }
    if (!FORMAT.equals(root.path("format").asText()) || root.path("version").asInt() != VERSION) {
      throw new DataException(
          "personal weights must have format '%s' and version %d, but had '%s' and '%s'"
              .formatted(
                  FORMAT, VERSION, root.path("format").asText(), root.path("version").asText()));
    }
    List<Map<String, Double>> arms = new ArrayList<>();
    for (JsonNode arm : root.path("arms")) {
      Map<String, Double> weights = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> weight : arm.properties()) {
        weights.put(weight.getKey(), number("arms", weight.getValue()));
      }
      arms.add(weights);
    }
    try {
      return root.has("fixed")
          ? PersonalWeights.fixed(arms, whole("fixed", root.path("fixed"), Integer.MAX_VALUE))
          : PersonalWeights.personal(arms, network(root.path("network"), arms.size()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DataException("personal weights are altered: " + e.getMessage(), e);
    }
  }

  private static PolicyNetwork network(JsonNode node, int arms) {
    double[] center = numbers("center", node.path("center"));
    double[] scale = numbers("scale", node.path("scale"));
    for (double one : scale) {
      if (!(one > 0)) {
        throw new IllegalArgumentException("scales must be above 0, but one was " + one);
      }
    }
    if (center.length != scale.length || arms < 2) {
      throw new IllegalArgumentException(
          "a policy needs as many centers as scales and at least 2 arms, but had %d, %d and %d"
              .formatted(center.length, scale.length, arms));
    }
    return new PolicyNetwork(
        center,
        scale,
        arms,
        whole("hidden", node.path("hidden"), MAX_HIDDEN),
        numbers("parameters", node.path("parameters")));
  }

  private static int whole(String name, JsonNode node, int most) {
    if (!node.canConvertToInt()
        || !node.isIntegralNumber()
        || node.intValue() < 0
        || node.intValue() > most) {
      throw new DataException(
          "'"
              + name
              + "' of personal weights must be a whole number of at least 0, but was "
              + node);
    }
    return node.intValue();
  }

  private static double[] numbers(String name, JsonNode node) {
    double[] numbers = new double[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(name, node.get(i));
    }
    return numbers;
  }

  private static double number(String name, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw new DataException(
          "'" + name + "' of personal weights must hold finite numbers, but held " + node);
    }
    return node.doubleValue();
  }
}
