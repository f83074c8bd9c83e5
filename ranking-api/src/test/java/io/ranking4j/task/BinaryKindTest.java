package io.ranking4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryKindTest {
  private static final BinaryKind KIND = BinaryKind.INSTANCE;

  /** The references were calculated with 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "   0, 0, 0.693147180559945309,    0.5",
    "   0, 1, 0.693147180559945309,   -0.5",
    "   2, 1, 0.126928011042972497,   -0.119202922022117556",
    "   2, 0, 2.12692801104297250,     0.880797077977882444",
    "-1.5, 1, 1.70141327798275241,    -0.817574476193643659",
    "-1.5, 0, 0.201413277982752410,    0.182425523806356341",
    " -20, 1, 20.0000000020611536,   -1",
    " -20, 0, 2.06115362031438070e-9,  2.06115361819020378e-9",
    "  20, 1, 2.06115362031438070e-9, -2.06115361819020378e-9",
    "  80, 0, 80,                      1",
    " -80, 1, 80,                     -1",
    " -80, 0, 1.80485138784541517e-35, 1.80485138784541517e-35"
  })
  void should_match_reference_when_loss_and_gradient_are_taken(
      float z, double label, double loss, double gradient) {
    float[] outputs = {9, z, 9};
    float[] actual = {7, Float.NaN, 7};
    assertThat(KIND.loss(label, outputs, actual, 1))
        .isCloseTo(loss, Percentage.withPercentage(1e-10));
    assertThat((double) actual[1]).isCloseTo(gradient, Percentage.withPercentage(1e-4));
    assertThat(actual[0]).as("before the row").isEqualTo(7);
    assertThat(actual[2]).as("after the row").isEqualTo(7);
    assertThat(outputs).containsExactly(9, z, 9);
  }

  @Test
  void should_have_the_whole_gradient_when_confidently_wrong() {
    float[] gradient = new float[1];
    KIND.loss(1, new float[] {-20}, gradient, 0);
    assertThat(gradient[0]).isEqualTo(-1f);
    KIND.loss(0, new float[] {80}, gradient, 0);
    assertThat(gradient[0]).isEqualTo(1f);
  }

  @Test
  void should_vanish_when_confidently_right() {
    float[] gradient = new float[1];
    assertThat(KIND.loss(1, new float[] {80}, gradient, 0))
        .isCloseTo(1.8048513878454153e-35, Percentage.withPercentage(1e-10));
    assertThat(gradient[0]).isCloseTo(0, within(1e-30f));
  }

  @Test
  void should_count_positives_alone_when_there_is_a_positive_weight() {
    float[] gradient = new float[1];
    assertThat(KIND.loss(1, new float[] {2}, gradient, 0, 3))
        .isCloseTo(0.3807840331289175, within(1e-14));
    assertThat(gradient[0]).isCloseTo(-0.35760877f, within(1e-7f));
    assertThat(KIND.loss(0, new float[] {2}, gradient, 0, 3))
        .isCloseTo(2.1269280110429727, within(1e-14));
    assertThat(gradient[0]).isCloseTo(0.8807971f, within(1e-7f));
  }

  @Test
  void should_give_the_probability_when_predicting() {
    float[] outputs = {0, 2, -80, 80, -2000, 2000};
    double[] expected = {0.5, 0.8807970779778824, 1.8048513878454153e-35, 1, 0, 1};
    for (int i = 0; i < outputs.length; i++) {
      assertThat(KIND.predict(outputs, i))
          .as("z = %s", outputs[i])
          .isCloseTo(expected[i], Percentage.withPercentage(1e-10));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.1, -2.19722457733621938",
    "0.9, 2.19722457733621938",
    "0, -16.1180955509583",
    "1, 16.1180955509583"
  })
  void should_start_at_the_logit_of_the_base_rate_when_it_may_be_zero_or_one(
      double rate, float logit) {
    float[] start = new float[1];
    KIND.start(rate, rate * (1 - rate), start);
    assertThat(start[0]).isCloseTo(logit, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0.5, 2, Double.NaN, Double.POSITIVE_INFINITY})
  void should_refuse_a_label_when_it_is_neither_zero_nor_one(double label) {
    assertThat(KIND.accepts(label)).isFalse();
  }

  @Test
  void should_describe_itself_when_asked() {
    assertThat(KIND.accepts(0)).isTrue();
    assertThat(KIND.accepts(1)).isTrue();
    assertThat(KIND.labelRange()).isEqualTo("0 or 1");
    assertThat(KIND.width()).isEqualTo(1);
    assertThat(KIND.probability()).isTrue();
    assertThat(KIND.typeId()).isEqualTo("binary");
    assertThat(KIND).hasToString("binary");
    assertThat(KIND.properties()).isEmpty();
    assertThat(KIND.transformForStart(1)).isEqualTo(1);
  }

  @Test
  void should_refuse_a_positive_weight_when_the_kind_has_no_positives() {
    float[] gradient = new float[1];
    assertThatThrownBy(() -> new SecondsKind().loss(4, new float[] {1}, gradient, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a task of kind 'seconds' has no positive weight, but was given 2.0");
    assertThat(new SecondsKind().loss(4, new float[] {1}, gradient, 0, 1)).isEqualTo(9);
    assertThat(gradient).containsExactly(-6);
  }
}
