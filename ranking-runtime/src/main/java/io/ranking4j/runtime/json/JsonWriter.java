package io.ranking4j.runtime.json;

import java.util.List;
import java.util.Map;

/** Writes JSON values. */
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private JsonWriter() {}

  static String write(Json json) {
    StringBuilder out = new StringBuilder();
    write(json, out);
    return out.toString();
  }

  private static void write(Json json, StringBuilder out) {
    Object value = json.value();
    if (value instanceof Map) {
      char before = '{';
      for (Map.Entry<String, Json> member : json.members().entrySet()) {
        out.append(before);
        before = ',';
        write(member.getKey(), out);
        out.append(':');
        write(member.getValue(), out);
      }
      out.append(before == '{' ? "{}" : "}");
    } else if (value instanceof List) {
      char before = '[';
      for (Json element : json.elements()) {
        out.append(before);
        before = ',';
        write(element, out);
      }
      out.append(before == '[' ? "[]" : "]");
    } else if (value instanceof String text) {
      write(text, out);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has finite numbers only, but was given " + number);
    } else {
      out.append(value);
    }
  }

  private static void write(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || (Character.isSurrogate(c) && !paired(text, i))) {
        // A surrogate without its other half has no UTF-8, but this survives.
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((c >> shift) & 0xF));
        }
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
