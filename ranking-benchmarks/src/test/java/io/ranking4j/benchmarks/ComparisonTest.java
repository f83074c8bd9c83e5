package io.ranking4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final long MILLI = 1_000_000;

  @Test
  void should_take_turns_when_blocks_have_one_call_each() throws Exception {
    List<String> calls = new ArrayList<>();

    new Comparison(0, 1, 3)
        .run(
            () -> {
              calls.add("a");
              spin(2 * MILLI);
            },
            () -> {
              calls.add("b");
              spin(2 * MILLI);
            });

    // Twice for the warm-up, three blocks.
    assertThat(calls).containsExactly("a", "b", "a", "b", "a", "b", "a", "b", "a", "b");
  }

  @Test
  void should_divide_theirs_by_ours_when_they_take_longer() {
    Comparison.Result result =
        new Comparison.Result(samples(1, 2, 90), samples(5, 6, 7), List.of());

    assertThat(result.ratio()).isEqualTo(3);
  }

  private static Samples samples(long... nanos) {
    Samples samples = new Samples();
    for (long elapsed : nanos) {
      samples.add(elapsed);
    }
    return samples;
  }

  @Test
  void should_refuse_when_there_would_be_no_block() {
    assertThatThrownBy(() -> new Comparison(0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
