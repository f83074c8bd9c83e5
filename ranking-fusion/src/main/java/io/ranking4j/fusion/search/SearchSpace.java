package io.ranking4j.fusion.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The points that may be tried: named numbers within bounds, whose sum may be held at a total.
 * Immutable and safe to share.
 *
 * @param names one a number, distinct
 * @param lower the least of every number; copied
 * @param upper the most of every number, above the least; copied
 * @param total what the numbers add up to, or empty where they need not
 */
public record SearchSpace(
    List<String> names, double[] lower, double[] upper, OptionalDouble total) {
  private static final double TOLERANCE = 1e-9;

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException where there is no number, names repeat, bounds are not finite
   *     or not ascending, or no point within them has the total
   */
  public SearchSpace {
    names = List.copyOf(names);
    lower = lower.clone();
    upper = upper.clone();
    if (names.isEmpty() || lower.length != names.size() || upper.length != names.size()) {
      throw new IllegalArgumentException(
          "a space needs as many bounds as names, at least 1, but had "
              + names.size()
              + " names, "
              + lower.length
              + " and "
              + upper.length
              + " bounds");
    }
    if (new LinkedHashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "the names of a space must be distinct, but were " + names);
    }
    for (int i = 0; i < lower.length; i++) {
      if (!(lower[i] < upper[i]) || Double.isInfinite(lower[i]) || Double.isInfinite(upper[i])) {
        throw new IllegalArgumentException(
            "the bounds of '%s' must be finite and ascending, but were %s and %s"
                .formatted(names.get(i), lower[i], upper[i]));
      }
    }
    if (total.isPresent()) {
      double least = Arrays.stream(lower).sum();
      double most = Arrays.stream(upper).sum();
      if (!(total.getAsDouble() > least && total.getAsDouble() < most)) {
        throw new IllegalArgumentException(
            "the total must be between the sums of the bounds, %s and %s, but was %s"
                .formatted(least, most, total.getAsDouble()));
      }
    }
  }

  /** A space of equal bounds for every name. */
  public static SearchSpace box(List<String> names, double lower, double upper) {
    double[] low = new double[names.size()];
    double[] high = new double[names.size()];
    Arrays.fill(low, lower);
    Arrays.fill(high, upper);
    return new SearchSpace(names, low, high, OptionalDouble.empty());
  }

  /** Numbers of at least 0 that add up to a total above 0. */
  public static SearchSpace simplex(List<String> names, double total) {
    return box(names, 0, total).withTotal(total);
  }

  /** With a total. */
  public SearchSpace withTotal(double sum) {
    return new SearchSpace(names, lower, upper, OptionalDouble.of(sum));
  }

  /**
   * With other bounds for one name.
   *
   * @throws IllegalArgumentException where there is no such name or the bounds are out of order
   */
  public SearchSpace withBounds(String name, double least, double most) {
    int i = names.indexOf(name);
    if (i < 0) {
      throw new IllegalArgumentException("unknown name '" + name + "', known are " + names);
    }
    double[] low = lower.clone();
    double[] high = upper.clone();
    low[i] = least;
    high[i] = most;
    return new SearchSpace(names, low, high, total);
  }

  /** Returns a copy of the lower bounds. */
  @Override
  public double[] lower() {
    return lower.clone();
  }

  /** Returns a copy of the upper bounds. */
  @Override
  public double[] upper() {
    return upper.clone();
  }

  /** Returns how many numbers a point has. */
  public int size() {
    return names.size();
  }

  /** Returns a point by name, in the order of the names. */
  public Map<String, Double> toMap(double[] point) {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < point.length; i++) {
      map.put(names.get(i), point[i]);
    }
    return map;
  }

  /**
   * Returns a point from its numbers by name.
   *
   * @throws IllegalArgumentException where a name is missing or unknown, or the point is outside
   */
  public double[] toPoint(Map<String, Double> map) {
    if (!map.keySet().equals(new LinkedHashSet<>(names))) {
      throw new IllegalArgumentException(
          "a point must have the names " + names + ", but had " + map.keySet());
    }
    double[] point = names.stream().mapToDouble(map::get).toArray();
    check(point);
    return point;
  }

  /**
   * Refuses a point that is outside.
   *
   * @throws IllegalArgumentException where a number is out of its bounds or the total is missed
   */
  public void check(double[] point) {
    if (point.length != size()) {
      throw new IllegalArgumentException(
          "a point must have " + size() + " numbers, but had " + point.length);
    }
    double sum = 0;
    for (int i = 0; i < point.length; i++) {
      double slack = TOLERANCE * (upper[i] - lower[i]);
      if (!(point[i] >= lower[i] - slack && point[i] <= upper[i] + slack)) {
        throw new IllegalArgumentException(
            "'%s' must be in [%s, %s], but was %s"
                .formatted(names.get(i), lower[i], upper[i], point[i]));
      }
      sum += point[i];
    }
    if (total.isPresent()) {
      double wanted = total.getAsDouble();
      if (Math.abs(sum - wanted) > TOLERANCE * Math.max(1, Math.abs(wanted))) {
        throw new IllegalArgumentException(
            "the numbers of a point must add up to %s, but did to %s".formatted(wanted, sum));
      }
    }
  }

  /** From bounds to the unit cube, in which models work. */
  double[] toUnit(double[] point) {
    double[] unit = new double[point.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (point[i] - lower[i]) / (upper[i] - lower[i]);
    }
    return unit;
  }

  double[] ofUnit(double[] unit) {
    double[] point = new double[size()];
    for (int i = 0; i < point.length; i++) {
      point[i] = Math.max(lower[i], Math.min(upper[i], lower[i] + unit[i] * (upper[i] - lower[i])));
    }
    return point;
  }

  /** The nearest of the allowed points of the unit cube; changes the array. */
  double[] project(double[] unit) {
    if (total.isEmpty()) {
      for (int i = 0; i < unit.length; i++) {
        unit[i] = Math.max(0, Math.min(1, unit[i]));
      }
      return unit;
    }
    // u - shift * range, cut to the cube: its weighted sum falls as the shift grows.
    double wanted = total.getAsDouble() - Arrays.stream(lower).sum();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < unit.length; i++) {
      double range = upper[i] - lower[i];
      low = Math.min(low, (unit[i] - 1) / range);
      high = Math.max(high, unit[i] / range);
    }
    for (int i = 0; i < 200 && high - low > 1e-15 * Math.max(1e-3, Math.abs(high)); i++) {
      double middle = (low + high) / 2;
      if (weightedSum(unit, middle) > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    for (int i = 0; i < unit.length; i++) {
      unit[i] = Math.max(0, Math.min(1, unit[i] - (low + high) / 2 * (upper[i] - lower[i])));
    }
    return unit;
  }

  private double weightedSum(double[] unit, double shift) {
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      double range = upper[i] - lower[i];
      sum += range * Math.max(0, Math.min(1, unit[i] - shift * range));
    }
    return sum;
  }

  /** An allowed point of the unit cube from even or random numbers; the array is kept. */
  double[] spread(double[] uniform) {
    if (total.isEmpty()) {
      return uniform.clone();
    }
    // Exponential spacings are uniform on a simplex; the upper bounds may cut it.
    double[] unit = new double[uniform.length];
    double rest = total.getAsDouble() - Arrays.stream(lower).sum();
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      unit[i] = -Math.log1p(-uniform[i]);
      sum += unit[i];
    }
    for (int i = 0; i < unit.length; i++) {
      unit[i] *= rest / sum / (upper[i] - lower[i]);
    }
    return project(unit);
  }

  /** Bounds by value, as a record of arrays does not by itself. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SearchSpace that
        && names.equals(that.names)
        && Arrays.equals(lower, that.lower)
        && Arrays.equals(upper, that.upper)
        && total.equals(that.total);
  }

  @Override
  public int hashCode() {
    return names.hashCode() * 31 + Arrays.hashCode(lower) + Arrays.hashCode(upper);
  }
}
