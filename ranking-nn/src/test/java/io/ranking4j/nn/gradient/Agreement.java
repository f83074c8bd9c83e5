package io.ranking4j.nn.gradient;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares floats with doubles, element by element, relative to the largest of them. */
final class Agreement {
  private Agreement() {}

  static void check(String what, float[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(what).hasSize(expected.length);
    double largest = 1;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double distance = Math.abs(actual[i] - expected[i]);
      if (!(distance <= tolerance * largest)) {
        assertThat((double) actual[i]).as(what + ", element " + i).isEqualTo(expected[i]);
      }
    }
  }
}
