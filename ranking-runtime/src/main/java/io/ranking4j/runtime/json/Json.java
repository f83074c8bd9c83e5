package io.ranking4j.runtime.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, read and written through Gson's tokens. A serving process reads one manifest when
 * it starts, and a library that binds JSON to classes takes longer to start than the rest of the
 * reading. Asking for a member or element that is not there gives a value that {@link #isMissing}.
 * Objects and arrays may be added to; not safe to share while they are.
 */
public final class Json implements Iterable<Json> {
  private static final Object ABSENT = new Object();
  private static final Json MISSING = new Json(ABSENT);

  /** A map, a list, a string, a Long, a Double, a Boolean, null, or {@link #ABSENT}. */
  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  /** An object without members. */
  public static Json object() {
    return new Json(new LinkedHashMap<String, Json>());
  }

  /** An array without elements. */
  public static Json array() {
    return new Json(new ArrayList<Json>());
  }

  /** A string. */
  public static Json of(String text) {
    return new Json(text);
  }

  /** A whole number. */
  public static Json of(long number) {
    return new Json(number);
  }

  /** A number; writing one that is not finite is refused. */
  public static Json of(double number) {
    return new Json(number);
  }

  /** True or false. */
  public static Json of(boolean flag) {
    return new Json(flag);
  }

  static Json ofNull() {
    return new Json(null);
  }

  /**
   * Reads a text.
   *
   * @param text one JSON value
   * @param maxDepth deepest nesting of objects and arrays
   * @throws JsonException where it is no JSON, nested more deeply, or names a member twice
   */
  public static Json read(String text, int maxDepth) {
    return new JsonReader(text, maxDepth).read();
  }

  @SuppressWarnings("unchecked")
  Map<String, Json> members() {
    if (value instanceof Map) {
      return (Map<String, Json>) value;
    }
    throw new IllegalStateException("not a JSON object: " + this);
  }

  @SuppressWarnings("unchecked")
  List<Json> elements() {
    if (value instanceof List) {
      return (List<Json>) value;
    }
    throw new IllegalStateException("not a JSON array: " + this);
  }

  @Nullable Object value() {
    return value;
  }

  /** Sets a member of this object. */
  public Json put(String name, Json member) {
    members().put(name, member);
    return this;
  }

  /** Sets a member of this object. */
  public Json put(String name, String text) {
    return put(name, of(text));
  }

  /** Sets a member of this object. */
  public Json put(String name, long number) {
    return put(name, of(number));
  }

  /** Sets a member of this object. */
  public Json put(String name, double number) {
    return put(name, of(number));
  }

  /** Sets a member of this object, to the number that a reader takes for the same float. */
  public Json put(String name, float number) {
    return put(name, Double.parseDouble(Float.toString(number)));
  }

  /** Sets a member of this object. */
  public Json put(String name, boolean flag) {
    return put(name, of(flag));
  }

  /** Sets a member of this object to an empty object, and gives that. */
  public Json putObject(String name) {
    Json member = object();
    put(name, member);
    return member;
  }

  /** Sets a member of this object to an empty array, and gives that. */
  public Json putArray(String name) {
    Json member = array();
    put(name, member);
    return member;
  }

  /** Appends to this array. */
  public Json add(Json element) {
    elements().add(element);
    return this;
  }

  /** Appends to this array. */
  public Json add(String text) {
    return add(of(text));
  }

  /** Appends to this array. */
  public Json add(long number) {
    return add(of(number));
  }

  /** Appends to this array. */
  public Json add(double number) {
    return add(of(number));
  }

  /** Appends an empty object to this array, and gives that. */
  public Json addObject() {
    Json element = object();
    add(element);
    return element;
  }

  /** The member of this object, or a missing value. */
  public Json path(String name) {
    Json member = value instanceof Map ? members().get(name) : null;
    return member == null ? MISSING : member;
  }

  /** The element of this array, or a missing value. */
  public Json path(int index) {
    return value instanceof List && index >= 0 && index < elements().size()
        ? elements().get(index)
        : MISSING;
  }

  /** Whether this is an object with such a member. */
  public boolean has(String name) {
    return value instanceof Map && members().containsKey(name);
  }

  /** The names of the members of this object in their order; of anything else, none. */
  public Set<String> names() {
    return value instanceof Map ? members().keySet() : Set.of();
  }

  /** How many members or elements there are; of anything else, 0. */
  public int size() {
    return value instanceof Map ? members().size() : value instanceof List ? elements().size() : 0;
  }

  /** The elements of this array; of anything else, none. */
  @Override
  public Iterator<Json> iterator() {
    return value instanceof List ? elements().iterator() : List.<Json>of().iterator();
  }

  /** Whether there is nothing here. */
  public boolean isMissing() {
    return value == ABSENT;
  }

  /** Whether this is an object. */
  public boolean isObject() {
    return value instanceof Map;
  }

  /** Whether this is an array. */
  public boolean isArray() {
    return value instanceof List;
  }

  /** Whether this is a string. */
  public boolean isText() {
    return value instanceof String;
  }

  /** Whether this is true or false. */
  public boolean isFlag() {
    return value instanceof Boolean;
  }

  /** Whether this is a number. */
  public boolean isNumber() {
    return value instanceof Number;
  }

  /** Whether this is a number written without fraction and exponent that a long holds. */
  public boolean isLong() {
    return value instanceof Long;
  }

  /** Whether this is a number written without fraction and exponent that an int holds. */
  public boolean isInt() {
    return value instanceof Long number && number == number.intValue();
  }

  /** The string. */
  public String text() {
    return as(String.class, "a string");
  }

  /** The truth. */
  public boolean flag() {
    return as(Boolean.class, "true or false");
  }

  /** The number, rounded towards zero. */
  public int intValue() {
    return as(Number.class, "a number").intValue();
  }

  /** The number, rounded towards zero. */
  public long longValue() {
    return as(Number.class, "a number").longValue();
  }

  /** The number. */
  public double doubleValue() {
    return as(Number.class, "a number").doubleValue();
  }

  /** The number as a float. */
  public float floatValue() {
    return (float) doubleValue();
  }

  private <T> T as(Class<T> type, String what) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new IllegalStateException("not " + what + ": " + this);
  }

  /**
   * The text of this value, without white space.
   *
   * @throws IllegalArgumentException where a number in it is not finite
   */
  @Override
  public String toString() {
    return value == ABSENT ? "" : JsonWriter.write(this);
  }
}
