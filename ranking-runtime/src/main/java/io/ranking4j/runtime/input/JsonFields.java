package io.ranking4j.runtime.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.ModelFileException;
import java.util.ArrayList;
import java.util.List;

/** Reads fields of JSON that must be there and of one type. */
final class JsonFields {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFields() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String write(ObjectNode node) {
    return node.toString();
  }

  static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ModelFileException("the encoder is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw wrong(field, "a string", value);
    }
    return value.textValue();
  }

  static int integer(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(field, "an integer", value);
    }
    return value.intValue();
  }

  static long count(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(field, "a count", value);
    }
    return value.longValue();
  }

  static double number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isNumber()) {
      throw wrong(field, "a number", value);
    }
    return value.doubleValue();
  }

  static JsonNode list(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isArray()) {
      throw wrong(field, "an array", value);
    }
    return value;
  }

  static JsonNode map(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isObject()) {
      throw wrong(field, "an object", value);
    }
    return value;
  }

  static List<Double> numbers(JsonNode node, String field) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode value : list(node, field)) {
      if (!value.isNumber()) {
        throw wrong(field, "an array of numbers", value);
      }
      numbers.add(value.doubleValue());
    }
    return numbers;
  }

  static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list(node, field)) {
      if (!value.isTextual()) {
        throw wrong(field, "an array of strings", value);
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  private static ModelFileException wrong(String field, String needed, JsonNode actual) {
    return new ModelFileException(
        "field '"
            + field
            + "' of the encoder must be "
            + needed
            + ", but "
            + (actual.isMissingNode() ? "is missing" : "was " + actual));
  }
}
