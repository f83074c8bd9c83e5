package io.ranking4j.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.task.OrdinalKind;
import org.junit.jupiter.api.Test;

class RegressionTableTest {
  private static final double[] LABELS = {1, 1, 2, 4, 8, 16};

  @Test
  void should_stand_for_means_when_thresholds_are_given() {
    OrdinalKind kind = RegressionTable.means(LABELS, 1, 5);
    assertThat(kind.thresholds()).containsExactly(1.0, 5.0);
    assertThat(kind.values()).containsExactly(1.0, 3.0, 12.0);
    assertThat(kind.rates()).containsExactly(4.0 / 6, 2.0 / 6);
  }

  @Test
  void should_divide_the_sum_when_thresholds_are_by_time() {
    assertThat(RegressionTable.byTime(LABELS, 1).thresholds()).containsExactly(8.0);
    assertThat(RegressionTable.byTime(LABELS, 3).thresholds()).containsExactly(4.0, 8.0);
  }

  @Test
  void should_leave_the_spread_within_bins_when_bins_are_known() {
    OrdinalKind kind = RegressionTable.means(LABELS, 1, 5);
    // 1 and 1 are exact, 2 and 4 are 1 away from 3, 8 and 16 are 4 away from 12
    double expected = (0 + 0 + 1 + 1 + 16 + 16) / 6.0;
    assertThat(Measures.ofKnownBins(kind, LABELS)).isCloseTo(expected, within(1e-12));
    assertThat(Measures.ofKnownBins(kind.positiveWeights(0.5, 2), LABELS))
        .isCloseTo(expected, within(1e-12));
  }
}
