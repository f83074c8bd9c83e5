package io.ranking4j.ranking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of the features of one context or one candidate, by name. A feature without a value is
 * missing, and its policy says what that means. Immutable and safe to share.
 */
public final class Features {
  private static final Features EMPTY = new Features(Map.of());

  private final Map<String, Object> values;

  private Features(Map<String, Object> values) {
    this.values = values;
  }

  /** No feature at all. */
  public static Features empty() {
    return EMPTY;
  }

  /** Starts a set of values. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Takes values of a map: strings, numbers, lists of strings or whole numbers, or arrays of float.
   *
   * @throws IllegalArgumentException where a value is of another type or not finite
   */
  public static Features of(Map<String, ?> values) {
    Builder builder = builder();
    values.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            builder.set(name, text);
          } else if (whole(value)) {
            builder.set(name, ((Number) value).longValue());
          } else if (value instanceof Number number) {
            builder.set(name, number.doubleValue());
          } else if (value instanceof float[] vector) {
            builder.set(name, vector);
          } else if (value instanceof List<?> list) {
            builder.set(name, categories(name, list));
          } else {
            throw new IllegalArgumentException(
                "feature '"
                    + name
                    + "' must be a string, a number, a list of strings or an array of float, but"
                    + " was "
                    + typeOf(value));
          }
        });
    return builder.build();
  }

  private static List<String> categories(String name, List<?> list) {
    List<String> categories = new ArrayList<>(list.size());
    for (Object element : list) {
      // Anything else would become a category that nobody meant: "null", or the digits of a vector.
      if (!(element instanceof String) && !whole(element)) {
        throw new IllegalArgumentException(
            "element "
                + categories.size()
                + " of feature '"
                + name
                + "' must be a string or a whole number, but was "
                + typeOf(element));
      }
      categories.add(element.toString());
    }
    return categories;
  }

  private static boolean whole(@Nullable Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  private static String typeOf(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getName();
  }

  /**
   * The value of a feature as it was given: a {@link String}, {@link Long}, {@link Double}, {@code
   * List<String>} or {@code float[]} (not to be written to), or null where it is missing.
   */
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  /** The values by name, unmodifiable. */
  public Map<String, Object> asMap() {
    return values;
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /** Collects values; not safe to share between threads. A value set twice is the later one. */
  public static final class Builder {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Builder() {}

    /** Sets a category. */
    public Builder set(String name, String category) {
      values.put(name, category);
      return this;
    }

    /** Sets a whole number; for a categorical feature it means its decimal digits. */
    public Builder set(String name, long number) {
      values.put(name, number);
      return this;
    }

    /**
     * Sets a number.
     *
     * @throws IllegalArgumentException where it is NaN or infinite
     */
    public Builder set(String name, double number) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "feature '" + name + "' must be finite, but was " + number);
      }
      values.put(name, number);
      return this;
    }

    /** Sets the values of a multi-valued feature, copied. */
    public Builder set(String name, List<String> categories) {
      values.put(name, List.copyOf(categories));
      return this;
    }

    /**
     * Sets a vector, copied.
     *
     * @throws IllegalArgumentException where an element is NaN or infinite
     */
    public Builder set(String name, float[] vector) {
      for (int i = 0; i < vector.length; i++) {
        if (!Float.isFinite(vector[i])) {
          throw new IllegalArgumentException(
              "element " + i + " of feature '" + name + "' must be finite, but was " + vector[i]);
        }
      }
      values.put(name, vector.clone());
      return this;
    }

    /** Makes the set. */
    public Features build() {
      return new Features(java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }
  }
}
