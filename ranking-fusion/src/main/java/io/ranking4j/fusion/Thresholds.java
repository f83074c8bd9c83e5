package io.ranking4j.fusion;

import io.ranking4j.error.DataException;
import io.ranking4j.ranking.CandidatePredictions;
import java.util.List;
import java.util.Map;

/** Numbers in properties, and single columns that fusions compare with bounds. */
final class Thresholds {
  private Thresholds() {}

  static double number(String key, Map<String, String> properties) {
    String text = properties.get(key);
    if (text == null) {
      throw new IllegalArgumentException("property '" + key + "' is needed, but was missing");
    }
    return number(key, text);
  }

  static double number(String key, String text) {
    try {
      double number = Decimal.parse(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "property '" + key + "' must be a number, but was '" + text + "'", e);
    }
    throw new IllegalArgumentException("property '" + key + "' must be finite, but was " + text);
  }

  /** Reads {@code task:NAME} or {@code signal:NAME}. */
  static Factor factor(String text) {
    List<Factor> factors = TermKey.parse(text).factors();
    if (factors.size() != 1) {
      throw new IllegalArgumentException(
          "a bound is on one task or signal, but was on '" + text + "'");
    }
    return factors.get(0);
  }

  static String text(Factor factor) {
    return TermKey.of(factor).text();
  }

  static double value(Factor factor, CandidatePredictions predictions, int candidate) {
    double value = factor.of(predictions)[candidate];
    if (Double.isNaN(value)) {
      throw new DataException(
          factor + " of candidate " + candidate + " must be a number, but was" + " NaN");
    }
    return value;
  }
}
