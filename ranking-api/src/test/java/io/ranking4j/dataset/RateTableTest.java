package io.ranking4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.RateTable.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTableTest {
  @Test
  void should_join_the_parts_when_a_key_has_several() {
    assertThat(RateTable.key(List.of("a"))).isEqualTo("a");
    assertThat(RateTable.key(List.of("a", "b", "c"))).isEqualTo("a\u001fb\u001fc");
    assertThat(RateTable.key(List.of("", "b"))).isEqualTo("\u001fb");
    assertThat(RateTable.key(List.of("ab", "c"))).isNotEqualTo(RateTable.key(List.of("a", "bc")));
  }

  @Test
  void should_tell_unseen_keys_from_seen_ones_when_looked_up() {
    RateTable table = new RateTable("ctr", Map.of("a", new Count(0, 0)), 0.25);
    assertThat(table.count("a")).isEqualTo(new Count(0, 0));
    assertThat(table.count("b")).isNull();
    assertThat(table.feature()).isEqualTo("ctr");
    assertThat(table.overallRate()).isEqualTo(0.25);
  }

  @Test
  void should_hand_out_a_sorted_copy_when_asked_for_all() {
    Map<String, Count> given = new HashMap<>();
    for (String key : List.of("c", "a", "b")) {
      given.put(key, new Count(1, 2));
    }
    RateTable table = new RateTable("ctr", given, 0.5);
    given.clear();
    assertThat(table.size()).isEqualTo(3);
    Map<String, Count> copy = table.counts();
    assertThat(copy.keySet()).containsExactly("a", "b", "c");
    copy.clear();
    assertThat(table.counts()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void should_refuse_an_overall_rate_when_outside_of_zero_to_one(double rate) {
    assertThatThrownBy(() -> new RateTable("ctr", Map.of(), rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the overall rate of 'ctr' must be in (0, 1), but was " + rate);
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "3, 2", "NaN, 2", "1, NaN", "1, Infinity", "Infinity, Infinity"})
  void should_refuse_counts_when_impossible(double positives, double impressions) {
    assertThatThrownBy(() -> new Count(positives, impressions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "counts must be finite and satisfy 0 <= positives <= impressions, but were "
                + positives
                + " and "
                + impressions);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void should_refuse_a_keep_rate_when_outside_of_zero_to_one(double rate) {
    assertThatThrownBy(() -> new NegativeSampling(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the keep rate of negatives must be in (0, 1], but was " + rate);
  }

  @Test
  void should_accept_a_keep_rate_when_tiny_or_one() {
    assertThat(new NegativeSampling(1).keepRate()).isEqualTo(1);
    assertThat(new NegativeSampling(Double.MIN_VALUE).keepRate()).isEqualTo(Double.MIN_VALUE);
  }
}
