package io.ranking4j.runtime.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Puts a value together from the tokens of one text, strictly and without recursion. */
final class JsonReader {
  /** Digits of the longest whole number that a long holds, and its sign. */
  private static final int LONGEST = 20;

  /** Longest number: parsing one takes time that grows faster than its length. */
  private static final int MAX_NUMBER = 1000;

  private final com.google.gson.stream.JsonReader tokens;
  private final int maxDepth;
  private final ArrayDeque<Json> open = new ArrayDeque<>();
  private @Nullable Json whole;

  JsonReader(String text, int maxDepth) {
    this.maxDepth = maxDepth;
    tokens = new com.google.gson.stream.JsonReader(new StringReader(text));
    tokens.setStrictness(Strictness.STRICT);
    tokens.setNestingLimit(Integer.MAX_VALUE); // held here, with a message of our own
  }

  Json read() {
    try {
      String name = "";
      while (true) {
        JsonToken token = tokens.peek();
        switch (token) {
          case NAME -> name = name();
          case BEGIN_OBJECT, BEGIN_ARRAY -> begin(token, name);
          case END_OBJECT -> {
            tokens.endObject();
            open.pop();
          }
          case END_ARRAY -> {
            tokens.endArray();
            open.pop();
          }
          case END_DOCUMENT -> {
            Json value = whole;
            if (value == null) {
              throw bad("it is empty");
            }
            return value;
          }
          default -> attach(scalar(token), name);
        }
      }
    } catch (MalformedJsonException | EOFException e) {
      throw bad("it is no JSON (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name() throws IOException {
    String name = tokens.nextName();
    if (open.element().has(name)) {
      throw bad("duplicate member '" + name + "'");
    }
    return name;
  }

  private void begin(JsonToken token, String name) throws IOException {
    if (open.size() == maxDepth) {
      throw bad("depth of nesting beyond " + maxDepth);
    }
    Json value;
    if (token == JsonToken.BEGIN_OBJECT) {
      tokens.beginObject();
      value = Json.object();
    } else {
      tokens.beginArray();
      value = Json.array();
    }
    attach(value, name);
    open.push(value);
  }

  private void attach(Json value, String name) {
    Json parent = open.peek();
    if (parent == null) {
      whole = value;
    } else if (parent.isObject()) {
      parent.put(name, value);
    } else {
      parent.add(value);
    }
  }

  private Json scalar(JsonToken token) throws IOException {
    if (token == JsonToken.STRING) {
      return Json.of(tokens.nextString());
    } else if (token == JsonToken.NUMBER) {
      return number(tokens.nextString());
    } else if (token == JsonToken.BOOLEAN) {
      return Json.of(tokens.nextBoolean());
    }
    tokens.nextNull();
    return Json.ofNull();
  }

  private Json number(String digits) {
    if (digits.length() > MAX_NUMBER) {
      throw bad("a number of more than " + MAX_NUMBER + " characters");
    }
    if (digits.length() <= LONGEST
        && digits.indexOf('.') < 0
        && digits.indexOf('e') < 0
        && digits.indexOf('E') < 0) {
      try {
        return Json.of(Long.parseLong(digits));
      } catch (NumberFormatException e) {
        return Json.of(Double.parseDouble(digits)); // just beyond the range of a long
      }
    }
    return Json.of(Double.parseDouble(digits));
  }

  private JsonException bad(String what) {
    return new JsonException(what + " at " + tokens.getPath());
  }
}
