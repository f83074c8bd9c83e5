package io.ranking4j.fusion;

import java.util.regex.Pattern;

/**
 * Numbers in properties, as JSON and {@link Double#toString} write them; whoever reads them refuses
 * what is not finite.
 */
final class Decimal {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+(\\.\\d+)?([eE][-+]?\\d+)?|NaN|Infinity)");

  private Decimal() {}

  /**
   * Reads a number. Java alone would take {@code 1f} and {@code 0x1p3} for numbers as well.
   *
   * @throws NumberFormatException where it is none
   */
  static double parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new NumberFormatException("not a decimal number: '" + text + "'");
    }
    return Double.parseDouble(text);
  }
}
