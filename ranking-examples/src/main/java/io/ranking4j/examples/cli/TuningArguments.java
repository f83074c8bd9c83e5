package io.ranking4j.examples.cli;

import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the weights and the constraints of a search, as they are written on the command line. */
final class TuningArguments {
  private static final Pattern CONSTRAINT =
      Pattern.compile("(.+?)\\s*(>=|<=)\\s*([^*\\s]+)\\s*(\\*\\s*baseline)?");

  private TuningArguments() {}

  /**
   * Weights with their bounds.
   *
   * @param space the bounds
   * @param current the weights that are used now
   */
  record Weights(SearchSpace space, Map<String, Double> current) {}

  /**
   * Reads {@code click=1,long_view=20} or, with bounds, {@code click=0:1:5,long_view=0:20:50}: the
   * least, the current and the greatest.
   *
   * @param hasTotal whether weights are to add up to what the current ones do; without bounds of
   *     its own a weight is then between 0 and that, otherwise between 0 and twice its size
   * @throws IllegalArgumentException where the text says something else
   */
  static Weights weights(List<String> texts, boolean hasTotal) {
    Map<String, Double> current = new LinkedHashMap<>();
    List<double[]> bounds = new ArrayList<>();
    for (String text : texts) {
      int at = text.indexOf('=');
      String[] numbers = at < 1 ? new String[0] : text.substring(at + 1).split(":", -1);
      if (numbers.length != 1 && numbers.length != 3) {
        throw new IllegalArgumentException(
            "a weight must be NAME=CURRENT or NAME=LEAST:CURRENT:MOST, but was '" + text + "'");
      }
      String name = text.substring(0, at);
      double value = number(numbers[numbers.length / 2], text);
      if (current.put(name, value) != null) {
        throw new IllegalArgumentException("weight '" + name + "' is given twice");
      }
      bounds.add(
          numbers.length == 1
              ? new double[0]
              : new double[] {number(numbers[0], text), number(numbers[2], text)});
    }
    double total = current.values().stream().mapToDouble(Double::doubleValue).sum();
    double[] lower = new double[bounds.size()];
    double[] upper = new double[bounds.size()];
    List<String> names = List.copyOf(current.keySet());
    for (int i = 0; i < lower.length; i++) {
      double[] own = bounds.get(i);
      double value = current.getOrDefault(names.get(i), 0.0);
      double reach = hasTotal ? total : 2 * Math.abs(value);
      lower[i] = own.length == 0 ? Math.min(0, 2 * value) : own[0];
      upper[i] = own.length == 0 ? (reach > 0 ? reach : 1) : own[1];
    }
    SearchSpace space =
        new SearchSpace(
            names, lower, upper, hasTotal ? OptionalDouble.of(total) : OptionalDouble.empty());
    space.toPoint(current);
    return new Weights(space, current);
  }

  /**
   * Reads {@code clicks>=0.99*baseline} or {@code hides<=0.01}.
   *
   * @throws IllegalArgumentException where the text says something else
   */
  static Constraint constraint(String text) {
    Matcher matcher = CONSTRAINT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a constraint must be METRIC>=NUMBER or METRIC>=NUMBER*baseline, or the same with <=,"
              + " but was '"
              + text
              + "'");
    }
    boolean least = matcher.group(2).equals(">=");
    boolean relative = matcher.group(4) != null;
    Constraint.Kind kind =
        least
            ? relative ? Constraint.Kind.AT_LEAST_OF_BASELINE : Constraint.Kind.AT_LEAST
            : relative ? Constraint.Kind.AT_MOST_OF_BASELINE : Constraint.Kind.AT_MOST;
    return new Constraint(matcher.group(1).strip(), kind, number(matcher.group(3), text));
  }

  private static double number(String text, String whole) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' in '" + whole + "' must be a number", e);
    }
  }

  /** Weights in a line. */
  static String text(Map<String, Double> weights) {
    List<String> parts = new ArrayList<>();
    weights.forEach(
        (name, value) -> parts.add(name + "=" + String.format(Locale.ROOT, "%.6g", value)));
    return String.join(",", parts);
  }
}
