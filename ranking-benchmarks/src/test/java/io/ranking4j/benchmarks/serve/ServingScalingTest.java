package io.ranking4j.benchmarks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ServingScalingTest {
  @Test
  void should_give_the_exponent_when_times_follow_a_power() {
    int[] candidates = {100, 400, 4000};
    double[] times = new double[candidates.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = 3 * Math.pow(candidates[i], 0.9);
    }

    assertThat(ServingScaling.slope(candidates, times)).isCloseTo(0.9, within(1e-12));
  }
}
