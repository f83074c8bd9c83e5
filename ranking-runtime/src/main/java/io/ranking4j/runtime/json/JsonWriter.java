package io.ranking4j.runtime.json;

import com.google.gson.Strictness;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes a value as a text without white space. */
final class JsonWriter {
  private JsonWriter() {}

  static String write(Json json) {
    StringWriter text = new StringWriter();
    try (var out = new com.google.gson.stream.JsonWriter(text)) {
      out.setStrictness(Strictness.STRICT);
      write(json, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Json json, com.google.gson.stream.JsonWriter out) throws IOException {
    Object value = json.value();
    if (value instanceof Map) {
      out.beginObject();
      for (Map.Entry<String, Json> member : json.members().entrySet()) {
        out.name(member.getKey());
        write(member.getValue(), out);
      }
      out.endObject();
    } else if (value instanceof List) {
      out.beginArray();
      for (Json element : json.elements()) {
        write(element, out);
      }
      out.endArray();
    } else if (value instanceof String text) {
      out.value(text);
    } else if (value instanceof Long number) {
      out.value(number.longValue());
    } else if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("JSON has finite numbers only, but was given " + number);
      }
      out.value(number.doubleValue());
    } else if (value instanceof Boolean flag) {
      out.value(flag.booleanValue());
    } else {
      out.nullValue();
    }
  }
}
