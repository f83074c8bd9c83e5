package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.DataException;
import io.ranking4j.runtime.Provenance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {
  private static Provenance provenance(String history) {
    return Provenance.of(Map.of(TrainingHistory.ENTRY, history));
  }

  @Test
  void should_give_back_the_epochs_that_were_written() {
    List<EpochReport> history =
        List.of(
            new EpochReport(1, .7, Map.of("click", .61), .61, true, 2.5),
            new EpochReport(2, .6, Map.of("click", .6), .6, false, 2.25));
    assertThat(TrainingHistory.of(provenance(TrainingHistory.toJson(history)))).isEqualTo(history);
  }

  @Test
  void should_leave_out_a_quality_that_is_not_defined() {
    EpochReport epoch =
        new EpochReport(1, .7, Map.of("click", .6, "order", Double.NaN), Double.NaN, true, 1);
    EpochReport read =
        TrainingHistory.of(provenance(TrainingHistory.toJson(List.of(epoch)))).get(0);
    assertThat(read.quality()).isEqualTo(Map.of("click", .6));
    assertThat(read.watched()).isNaN();
  }

  @Test
  void should_be_empty_when_a_model_has_no_history() {
    assertThat(TrainingHistory.of(Provenance.of(Map.of()))).isEmpty();
  }

  @Test
  void should_refuse_what_no_training_writes() {
    assertThatThrownBy(() -> TrainingHistory.of(provenance("[{\"epoch\": \"one\"}]")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("provenance entry 'train.history' must be a list of epochs");
    assertThatThrownBy(() -> TrainingHistory.of(provenance("["))).isInstanceOf(DataException.class);
  }
}
