package io.ranking4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DwellTimeTest {
  private static final double STEP = 1e-3;

  private final DwellTime kind = DwellTime.INSTANCE;

  private double loss(double seconds, float mean, float logDeviation) {
    return kind.loss(seconds, new float[] {mean, logDeviation}, new float[2], 0);
  }

  @Test
  void should_have_the_gradient_of_its_loss_when_outputs_are_within_bounds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      double seconds = Math.exp(2 * random.nextGaussian());
      float mean = (float) random.nextGaussian();
      float s = (float) (random.nextDouble() - 0.5);
      float[] gradient = new float[4];
      kind.loss(seconds, new float[] {9, 9, mean, s}, gradient, 2);
      double byMean =
          (loss(seconds, mean + (float) STEP, s) - loss(seconds, mean - (float) STEP, s))
              / (2 * STEP);
      double byDeviation =
          (loss(seconds, mean, s + (float) STEP) - loss(seconds, mean, s - (float) STEP))
              / (2 * STEP);
      assertThat((double) gradient[2])
          .as("seed %d", seed)
          .isCloseTo(byMean, within(2e-3 * (1 + Math.abs(byMean))));
      assertThat((double) gradient[3])
          .as("seed %d", seed)
          .isCloseTo(byDeviation, within(2e-3 * (1 + Math.abs(byDeviation))));
      assertThat(gradient[0]).isZero();
    }
  }

  @Test
  void should_be_least_at_the_mean_and_deviation_of_the_logarithm_when_averaged() {
    double[] seconds = {Math.exp(1), Math.exp(3)};
    double best = 0;
    double other = 0;
    for (double label : seconds) {
      best += loss(label, 2, 0);
      other += loss(label, 2.1f, 0) + loss(label, 2, 0.1f) + loss(label, 1.9f, -0.1f);
    }
    // ln has mean 2 and deviation 1: s + 1 / 2 each.
    assertThat(best).isCloseTo(1, within(1e-12));
    assertThat(other).isGreaterThan(3 * best);
  }

  @Test
  void should_stay_finite_when_outputs_are_extreme() {
    for (float mean : new float[] {-1e4f, 0, 1e4f}) {
      for (float s : new float[] {-1e4f, 0, 1e4f}) {
        float[] gradient = new float[2];
        assertThat(kind.loss(1e-6, new float[] {mean, s}, gradient, 0)).isFinite();
        assertThat(gradient[0]).isFinite();
        assertThat(gradient[1]).isFinite();
        assertThat(kind.predict(new float[] {mean, s}, 0))
            .isBetween(0.0, DwellTime.MAX_SECONDS * (1 + 1e-9));
      }
    }
  }

  @Test
  void should_predict_the_mean_of_the_variable_when_it_is_log_normal() {
    Random random = new Random(7);
    double sum = 0;
    for (int i = 0; i < 200_000; i++) {
      sum += Math.exp(1.5 + 0.5 * random.nextGaussian());
    }
    float[] outputs = {1.5f, (float) Math.log(0.5)};
    assertThat(kind.predict(outputs, 0)).isCloseTo(sum / 200_000, within(0.03));
  }

  @Test
  void should_accept_only_times_above_zero_when_asked() {
    assertThat(kind.accepts(0.5)).isTrue();
    assertThat(kind.accepts(0)).isFalse();
    assertThat(kind.accepts(Double.NaN)).isFalse();
    assertThat(kind.accepts(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void should_be_found_again_without_properties_and_refused_with_any() {
    DwellTimeProvider provider = new DwellTimeProvider();
    assertThat(provider.create(kind.properties())).isSameAs(kind);
    assertThatThrownBy(() -> provider.create(Map.of("unit", "s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unit");
  }
}
