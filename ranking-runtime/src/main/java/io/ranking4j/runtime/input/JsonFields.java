package io.ranking4j.runtime.input;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Reads fields of JSON that must be there and of one type. */
final class JsonFields {
  private JsonFields() {}

  static String text(Json node, String field) {
    Json value = node.path(field);
    if (!value.isText()) {
      throw wrong(field, "a string", value);
    }
    return value.text();
  }

  static int integer(Json node, String field) {
    Json value = node.path(field);
    if (!value.isInt()) {
      throw wrong(field, "an integer", value);
    }
    return value.intValue();
  }

  static long count(Json node, String field) {
    Json value = node.path(field);
    if (!value.isLong() || value.longValue() < 0) {
      throw wrong(field, "a count", value);
    }
    return value.longValue();
  }

  static double number(Json node, String field) {
    Json value = node.path(field);
    if (!value.isNumber()) {
      throw wrong(field, "a number", value);
    }
    return value.doubleValue();
  }

  static Json list(Json node, String field) {
    Json value = node.path(field);
    if (!value.isArray()) {
      throw wrong(field, "an array", value);
    }
    return value;
  }

  static Json map(Json node, String field) {
    Json value = node.path(field);
    if (!value.isObject()) {
      throw wrong(field, "an object", value);
    }
    return value;
  }

  static List<Double> numbers(Json node, String field) {
    List<Double> numbers = new ArrayList<>();
    for (Json value : list(node, field)) {
      if (!value.isNumber()) {
        throw wrong(field, "an array of numbers", value);
      }
      numbers.add(value.doubleValue());
    }
    return numbers;
  }

  static List<Long> counts(Json node, String field) {
    List<Long> counts = new ArrayList<>();
    for (Json value : list(node, field)) {
      if (!value.isLong()) {
        throw wrong(field, "an array of counts", value);
      }
      counts.add(value.longValue());
    }
    return counts;
  }

  static List<String> texts(Json node, String field) {
    List<String> texts = new ArrayList<>();
    for (Json value : list(node, field)) {
      if (!value.isText()) {
        throw wrong(field, "an array of strings", value);
      }
      texts.add(value.text());
    }
    return texts;
  }

  private static ModelFileException wrong(String field, String needed, Json actual) {
    return new ModelFileException(
        "field '"
            + field
            + "' of the encoder must be "
            + needed
            + ", but "
            + (actual.isMissing() ? "is missing" : "was " + actual));
  }
}
