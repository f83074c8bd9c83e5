package io.ranking4j.fusion;

import io.ranking4j.ranking.CandidatePredictions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Terms with a number each, the weight or the exponent, in an order that does not depend on how
 * they were given: the same fusion gives the same bits in every run. Immutable.
 */
final class Terms {
  private final String numberName;
  private final SortedMap<TermKey, Double> numbers;

  private Terms(String numberName, SortedMap<TermKey, Double> numbers) {
    this.numberName = numberName;
    this.numbers = numbers;
  }

  /**
   * Terms of tasks.
   *
   * @param numberName what the number is, for messages: {@code "weight"}
   */
  static Terms ofTasks(String numberName, Map<String, Double> byTask) {
    SortedMap<TermKey, Double> numbers = new TreeMap<>();
    byTask.forEach(
        (task, number) -> put(numberName, numbers, TermKey.of(Factor.task(task)), number));
    return new Terms(numberName, notEmpty(numberName, numbers));
  }

  /**
   * Terms as {@link #properties} writes them.
   *
   * @throws IllegalArgumentException where there is none, one is malformed or stands twice
   */
  static Terms ofProperties(String numberName, Map<String, String> properties) {
    SortedMap<TermKey, Double> numbers = new TreeMap<>();
    properties.forEach(
        (text, number) -> {
          TermKey key = TermKey.parse(text);
          if (numbers.containsKey(key)) {
            throw new IllegalArgumentException(
                "the " + numberName + " of " + key + " is given twice");
          }
          put(numberName, numbers, key, parse(numberName, key, number));
        });
    return new Terms(numberName, notEmpty(numberName, numbers));
  }

  private static double parse(String numberName, TermKey key, String number) {
    try {
      return Decimal.parse(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the " + numberName + " of " + key + " must be a number, but was '" + number + "'", e);
    }
  }

  private static void put(
      String numberName, Map<TermKey, Double> numbers, TermKey key, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "the " + numberName + " of " + key + " must be finite, but was " + number);
    }
    numbers.put(key, number);
  }

  private static SortedMap<TermKey, Double> notEmpty(
      String numberName, SortedMap<TermKey, Double> numbers) {
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("a fusion needs at least one " + numberName);
    }
    return numbers;
  }

  /** With a term added, or its number replaced. */
  Terms with(TermKey key, double number) {
    SortedMap<TermKey, Double> more = new TreeMap<>(numbers);
    put(numberName, more, key, number);
    return new Terms(numberName, more);
  }

  TermKey[] keys() {
    return numbers.keySet().toArray(new TermKey[0]);
  }

  double[] numbers() {
    return numbers.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The names of one kind of factor. */
  Set<String> names(Factor.Kind kind) {
    Set<String> names = new LinkedHashSet<>();
    for (TermKey key : numbers.keySet()) {
      for (Factor factor : key.factors()) {
        if (factor.kind() == kind) {
          names.add(factor.name());
        }
      }
    }
    return Collections.unmodifiableSet(names);
  }

  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    numbers.forEach((key, number) -> properties.put(key.text(), Double.toString(number)));
    return Collections.unmodifiableMap(properties);
  }

  /** Refuses an array too short for the utilities. */
  static void checkRoom(CandidatePredictions predictions, double[] utility) {
    if (utility.length < predictions.size()) {
      throw new IllegalArgumentException(
          "the array of utilities must have room for "
              + predictions.size()
              + " candidates, but has "
              + utility.length);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Terms that && numbers.equals(that.numbers);
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }

  /** As in {@code task 'click'=1.0, signal 'price'=0.1}. */
  @Override
  public String toString() {
    return numbers.toString();
  }
}
