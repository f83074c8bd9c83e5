package io.ranking4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.DataException;
import io.ranking4j.fusion.Fusions;
import io.ranking4j.ranking.CandidatePredictions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SatisfiedMinutesTest {
  private final SatisfiedMinutes fusion = new SatisfiedMinutes("click", "dwell");

  @Test
  void should_multiply_probability_and_minutes_when_fused() {
    CandidatePredictions predictions =
        new CandidatePredictions(
            2, Map.of("click", new double[] {0.5, 0.1}, "dwell", new double[] {120, 30}), Map.of());
    double[] utility = new double[2];
    fusion.fuse(predictions, utility);
    assertThat(utility).containsExactly(1, 0.05);
    assertThat(fusion.explain(predictions, 0).value()).isEqualTo(1);
  }

  @Test
  void should_be_equal_when_written_as_json_and_read() {
    assertThat(Fusions.fromJson(Fusions.toJson(fusion))).isEqualTo(fusion);
  }

  @Test
  void should_say_what_it_needs_when_a_property_is_missing() {
    assertThatThrownBy(
            () ->
                Fusions.fromJson(
                    "{\"type\": \"satisfied-minutes\", \"properties\": {\"click\": \"a\"}}"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("dwell");
  }
}
