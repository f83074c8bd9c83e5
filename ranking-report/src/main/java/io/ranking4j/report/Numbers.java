package io.ranking4j.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  /** Below it a number is written with an exponent. */
  private static final double LEAST_PLAIN = 1e-4;

  private static final double GREATEST_PLAIN = 1e15;

  private Numbers() {}

  /** Returns a whole number with commas between the thousands. */
  public static String format(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns four significant digits; whole numbers in full; a dash for NaN. */
  public static String format(double number) {
    if (Double.isNaN(number)) {
      return "–";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(number);
    if (size < GREATEST_PLAIN && number == Math.rint(number)) {
      return format((long) number);
    }
    if (size < LEAST_PLAIN || size >= GREATEST_PLAIN) {
      return String.format(Locale.ROOT, "%.3e", number);
    }
    return size >= 1000
        ? String.format(Locale.ROOT, "%,.1f", number)
        : new BigDecimal(number).round(FOUR_DIGITS).toPlainString();
  }
}
