package io.ranking4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.spi.TaskKind;
import io.ranking4j.spi.TaskKindProvider;
import io.ranking4j.task.RegressionKind.Penalty;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Kinds of values: through thresholds, and plain. */
class ValueKindsTest {
  private static final OrdinalKind TENS = OrdinalKind.of(0, 96, 10, 20, 30, 40, 50, 60, 70, 80, 90);

  @Test
  void should_recover_the_value_from_the_middles_of_the_bins() {
    float[] outputs = new float[9];
    for (int k = 0; k < 9; k++) {
      double p = 0.9 - 0.1 * k;
      outputs[k] = (float) Math.log(p / (1 - p));
    }

    // Each bin has a tenth: the middles are 5, 15 to 85, and 93.
    assertThat(TENS.predict(outputs, 0)).isCloseTo(49.8, within(1e-5));
  }

  @Test
  void should_divide_by_the_masses_when_probabilities_do_not_fall() {
    OrdinalKind kind = OrdinalKind.of(0, 30, 10, 20);

    // p = 0.5, 0.75: masses 0.5, 0 and 0.75.
    double value = kind.predict(new float[] {0, (float) Math.log(3)}, 0);

    assertThat(value).isCloseTo((0.5 * 5 + 0.75 * 25) / 1.25, within(1e-6));
  }

  @Test
  void should_undo_what_positive_weights_do() {
    OrdinalKind plain = OrdinalKind.of(0, 30, 10, 20);
    OrdinalKind weighted = plain.positiveWeights(2, 3);
    float[] shifted = {(float) (0.4 + Math.log(2)), (float) (-0.8 + Math.log(3))};

    assertThat(weighted.predict(shifted, 0))
        .isCloseTo(plain.predict(new float[] {0.4f, -0.8f}, 0), within(1e-5));
  }

  @Test
  void should_take_thresholds_at_quantiles_and_means_of_bins() {
    OrdinalKind kind = OrdinalKind.quantiles(new double[] {8, 1, 2, 2, 3, 5, 0, 4}, 3);

    assertThat(kind.thresholds()).containsExactly(2.0, 3.0, 5.0);
    assertThat(kind.values()).containsExactly(1.25, 3.0, 4.5, 8.0);
    assertThat(kind.rates()).containsExactly(0.5, 0.375, 0.125);
    assertThat(kind.startLogit(0)).isZero();
  }

  @Test
  void should_count_a_quantile_once_when_labels_are_alike() {
    assertThat(OrdinalKind.quantiles(new double[] {0, 0, 0, 0, 0, 7}, 4).thresholds())
        .containsExactly(0.0);
    assertThatThrownBy(() -> OrdinalKind.quantiles(new double[] {3, 3}, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labels must vary to have quantiles, but there were 2 alike");
  }

  @Test
  void should_refuse_parts_that_do_not_fit() {
    assertThatThrownBy(() -> OrdinalKind.of(0, 10, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("thresholds must be finite and increasing, but were [5.0, 5.0]");
    assertThatThrownBy(() -> TENS.positiveWeights(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there were 9 thresholds, 9 rates, 2 positive weights and 10 values");
    assertThatThrownBy(() -> RegressionKind.of(Penalty.SQUARED, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale must be finite and above 0, but was 0.0");
  }

  @Test
  void should_give_the_gradient_of_the_loss() {
    for (TaskKind kind : kinds()) {
      Random random = new Random(3);
      for (double label : new double[] {0, 7, 15, 40, 95}) {
        float[] outputs = new float[kind.width() + 2];
        for (int i = 0; i < outputs.length; i++) {
          outputs[i] = (float) random.nextGaussian() * 2;
        }
        float[] gradient = new float[outputs.length];
        kind.loss(label, outputs, gradient, 1);
        for (int i = 1; i <= kind.width(); i++) {
          float at = outputs[i];
          float[] scratch = new float[outputs.length];
          outputs[i] = at + 1e-3f;
          double above = outputs[i];
          double up = kind.loss(label, outputs, scratch, 1);
          outputs[i] = at - 1e-3f;
          double below = outputs[i];
          double down = kind.loss(label, outputs, scratch, 1);
          outputs[i] = at;
          assertThat((double) gradient[i])
              .as("%s, label %s, output %d", kind, label, i)
              .isCloseTo((up - down) / (above - below), within(2e-3));
        }
      }
    }
  }

  @Test
  void should_predict_the_label_that_the_loss_is_least_for() {
    for (Penalty penalty : Penalty.values()) {
      RegressionKind kind = RegressionKind.of(penalty, 4);
      float[] output = {(float) kind.transformForStart(13)};
      float[] gradient = new float[1];

      assertThat(kind.loss(13, output, gradient, 0)).isCloseTo(0, within(1e-9));
      assertThat(kind.predict(output, 0)).isCloseTo(13, within(1e-4));
    }
    assertThat(RegressionKind.of(Penalty.LOGARITHM, 1).accepts(-1)).isFalse();
    assertThat(RegressionKind.of(Penalty.HUBER, 1).accepts(-1)).isTrue();
    assertThat(RegressionKind.of(Penalty.HUBER, 1).loss(0, new float[] {3}, new float[1], 0))
        .isEqualTo(2.5);
  }

  @Test
  void should_be_made_again_from_their_properties() {
    for (TaskKind kind : kinds()) {
      TaskKindProvider provider =
          ServiceLoader.load(TaskKindProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(found -> found.typeId().equals(kind.typeId()))
              .findFirst()
              .orElseThrow();

      assertThat(provider.create(kind.properties())).isEqualTo(kind);
      assertThatThrownBy(() -> provider.create(Map.of("colour", "red")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[colour]");
    }
  }

  private static List<TaskKind> kinds() {
    return List.of(
        TENS,
        OrdinalKind.quantiles(new double[] {0, 1, 5, 9, 90}, 3).positiveWeights(0.9, 0.95, 1),
        RegressionKind.of(Penalty.SQUARED, 30),
        new RegressionKind(Penalty.HUBER, 30, 0.7),
        RegressionKind.of(Penalty.LOGARITHM, 10));
  }
}
