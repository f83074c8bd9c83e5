package io.ranking4j.nn.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.nn.gate.GateResult.Verdict;
import io.ranking4j.runtime.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataGateTest {
  private static SliceProfile slice(long rows, double rate, double missing) {
    return new SliceProfile(
        false,
        rows,
        Map.of("click", new SliceProfile.Labels(rows, Math.round(rate * rows))),
        Map.of("age", missing));
  }

  private static final SliceHistory HISTORY =
      new SliceHistory(List.of(slice(10_000, 0.1, 0.2), slice(20_000, 0.12, 0.1)));

  private static List<String> failures(SliceProfile slice, SliceHistory history) {
    return DataGate.DEFAULT.check(slice, history).stream()
        .filter(result -> result.verdict() == Verdict.FAILED)
        .map(GateResult::gate)
        .toList();
  }

  @Test
  void should_pass_a_slice_like_those_before() {
    assertThat(failures(slice(15_000, 0.11, 0.15), HISTORY)).isEmpty();
  }

  @Test
  void should_fail_a_slice_that_was_cut_or_doubled() {
    assertThat(failures(slice(4_900, 0.11, 0.15), HISTORY)).containsExactly("row count");
    assertThat(failures(slice(41_000, 0.11, 0.15), HISTORY)).containsExactly("row count");
    assertThat(failures(slice(5_000, 0.11, 0.15), HISTORY)).isEmpty();
    assertThat(failures(slice(0, 0, 0), HISTORY)).contains("row count");
  }

  @Test
  void should_fail_label_rates_beyond_what_was_and_what_chance_explains() {
    assertThat(failures(slice(15_000, 0.89, 0.15), HISTORY)).containsExactly("label rate");
    assertThat(failures(slice(15_000, 0.06, 0.15), HISTORY)).containsExactly("label rate");
    assertThat(failures(slice(15_000, 0.16, 0.15), HISTORY)).isEmpty();
    SliceHistory few = new SliceHistory(List.of(slice(2_000, 0.001, 0)));
    assertThat(failures(slice(2_000, 0.002, 0), few)).as("2 positives, then 4").isEmpty();
  }

  @Test
  void should_fail_a_feature_that_is_missing_more_often() {
    assertThat(failures(slice(15_000, 0.11, 0.31), HISTORY)).containsExactly("missing values");
    assertThat(failures(slice(15_000, 0.11, 0.29), HISTORY)).isEmpty();
  }

  @Test
  void should_only_ask_for_rows_when_there_was_no_slice_before() {
    SliceHistory none = new SliceHistory(List.of());
    assertThat(failures(slice(1_000, 0.5, 0.5), none)).isEmpty();
    assertThat(failures(slice(999, 0.5, 0.5), none)).containsExactly("row count");
  }

  @Test
  void should_not_take_the_rows_of_a_first_training_for_those_of_a_slice() {
    SliceProfile base = slice(500_000, 0.1, 0.2);
    SliceHistory history =
        new SliceHistory(
            List.of(new SliceProfile(true, base.rows(), base.labels(), base.missing())));
    assertThat(failures(slice(10_000, 0.1, 0.2), history)).isEmpty();
    assertThat(failures(slice(10_000, 0.5, 0.2), history)).containsExactly("label rate");
  }

  @Test
  void should_remember_the_last_month_in_the_provenance() {
    List<SliceProfile> slices = new ArrayList<>();
    for (int day = 0; day < 40; day++) {
      slices.add(slice(1_000 + day, 0.1, 0.25));
    }
    SliceHistory history = new SliceHistory(slices);
    assertThat(history.slices()).hasSize(31).first().isEqualTo(slices.get(9));

    assertThat(SliceHistory.of(Provenance.of(Map.of("train.slices", history.toJson()))))
        .isEqualTo(history);
    assertThat(SliceHistory.of(Provenance.of(Map.of())).slices()).isEmpty();
    for (String wrong : List.of("{", "[1]", "[{\"rows\":\"many\"}]")) {
      assertThatThrownBy(() -> SliceHistory.of(Provenance.of(Map.of("train.slices", wrong))))
          .as(wrong)
          .isInstanceOf(ModelFileException.class);
    }
  }
}
