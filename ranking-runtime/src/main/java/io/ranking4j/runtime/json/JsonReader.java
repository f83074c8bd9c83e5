package io.ranking4j.runtime.json;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text (RFC 8259), strictly and without recursion. */
final class JsonReader {
  /** Longest number: parsing one takes time that grows faster than its length. */
  private static final int MAX_NUMBER = 1000;

  private final String text;
  private final int maxDepth;
  private int at;

  JsonReader(String text, int maxDepth) {
    this.text = text;
    this.maxDepth = maxDepth;
  }

  Json read() {
    ArrayDeque<Json> open = new ArrayDeque<>();
    ArrayDeque<String> names = new ArrayDeque<>();
    skipSpace();
    while (true) {
      Json value = start();
      if (value.isObject() || value.isArray()) {
        if (open.size() == maxDepth) {
          throw bad("depth of nesting beyond " + maxDepth);
        }
        boolean object = value.isObject();
        skipSpace();
        if (!take(object ? '}' : ']')) {
          open.push(value);
          if (object) {
            names.push(name(value));
          }
          continue;
        }
      }
      value = attach(value, open, names);
      if (value != null) {
        return value;
      }
    }
  }

  /** Puts a whole value where it belongs, up to the next that is to be read; or gives the last. */
  private @Nullable Json attach(Json whole, ArrayDeque<Json> open, ArrayDeque<String> names) {
    Json value = whole;
    while (true) {
      skipSpace();
      Json parent = open.peek();
      if (parent == null) {
        if (at < text.length()) {
          throw bad("there is more after its end");
        }
        return value;
      }
      boolean object = parent.isObject();
      if (object) {
        parent.put(names.pop(), value);
      } else {
        parent.add(value);
      }
      if (take(',')) {
        skipSpace();
        if (object) {
          names.push(name(parent));
        }
        return null;
      }
      if (!take(object ? '}' : ']')) {
        throw bad(object ? "expected ',' or '}'" : "expected ',' or ']'");
      }
      value = open.pop();
    }
  }

  private String name(Json object) {
    if (!take('"')) {
      throw bad("expected the name of a member");
    }
    String name = string();
    if (object.has(name)) {
      throw bad("duplicate member '" + name + "'");
    }
    skipSpace();
    if (!take(':')) {
      throw bad("expected ':'");
    }
    skipSpace();
    return name;
  }

  /** A value; of an object or array, its beginning. */
  private Json start() {
    if (at == text.length()) {
      throw bad(at == 0 ? "it is empty" : "unexpected end");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> {
        at++;
        yield Json.object();
      }
      case '[' -> {
        at++;
        yield Json.array();
      }
      case '"' -> {
        at++;
        yield Json.of(string());
      }
      case 't' -> word("true", Json.of(true));
      case 'f' -> word("false", Json.of(false));
      case 'n' -> word("null", Json.ofNull());
      default -> number();
    };
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw bad("unknown word");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    int from = at;
    take('-');
    if (!take('0') && digits() == 0) {
      throw bad("expected a value");
    }
    boolean whole = true;
    if (take('.')) {
      whole = false;
      if (digits() == 0) {
        throw bad("expected a digit");
      }
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) {
        take('-');
      }
      if (digits() == 0) {
        throw bad("expected a digit");
      }
    }
    if (at - from > MAX_NUMBER) {
      throw bad("a number of more than " + MAX_NUMBER + " characters");
    }
    // 18 digits fit into a long whatever they are.
    return whole && at - from <= 18
        ? Json.of(Long.parseLong(text, from, at, 10))
        : numberOf(text.substring(from, at), whole);
  }

  private static Json numberOf(String number, boolean whole) {
    if (whole && number.length() <= 20) {
      try {
        return Json.of(Long.parseLong(number));
      } catch (NumberFormatException e) {
        return Json.of(Double.parseDouble(number));
      }
    }
    return Json.of(Double.parseDouble(number));
  }

  private int digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }

  /** The rest of a string, whose first quote was taken. */
  private String string() {
    int from = at;
    StringBuilder escaped = null;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        String rest = text.substring(from, at++);
        return escaped == null ? rest : escaped.append(rest).toString();
      }
      if (c < 0x20) {
        throw bad("a control character in a string");
      }
      at++;
      if (c == '\\') {
        escaped = escaped == null ? new StringBuilder() : escaped;
        escaped.append(text, from, at - 1).append(escape());
        from = at;
      }
    }
    throw bad("unexpected end in a string");
  }

  private char escape() {
    if (at == text.length()) {
      throw bad("unexpected end in a string");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> throw bad("unknown escape");
    };
  }

  private char codeUnit() {
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) >= 0x80) {
        throw bad("expected four hexadecimal digits");
      }
      code = (code << 4) | digit;
    }
    return (char) code;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private JsonException bad(String what) {
    return new JsonException(what + " at character " + at);
  }
}
