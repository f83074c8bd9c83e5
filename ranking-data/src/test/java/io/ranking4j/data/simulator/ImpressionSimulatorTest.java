package io.ranking4j.data.simulator;

import static io.ranking4j.data.simulator.SimulatedLogTest.assertCalibrated;
import static io.ranking4j.data.simulator.SimulatedLogTest.largestDifference;
import static io.ranking4j.data.simulator.SimulatedLogTest.mean;
import static io.ranking4j.data.simulator.SimulatedLogTest.numbers;
import static io.ranking4j.data.simulator.SimulatedLogTest.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ImpressionSimulatorTest {
  private static final List<String> FEATURES =
      List.of("user_id", "segment", "hour", "device", "item_id", "category", "brand", "price");

  @Test
  void should_make_the_same_log_when_the_seed_is_the_same() {
    SimulatedLog first = small(SimulatorOptions.builder().seed(3).positionBias(1));
    SimulatedLog second = small(SimulatorOptions.builder().seed(3).positionBias(1));

    for (Split split : Split.values()) {
      for (String name : first.dataset(split).columns().keySet()) {
        assertSameColumn(first.dataset(split), second.dataset(split), name);
      }
      for (String task : first.tasks().names()) {
        assertThat(first.probability(split, task)).isEqualTo(second.probability(split, task));
      }
    }
  }

  @Test
  void should_make_this_very_log_when_run_anywhere() {
    SimulatedLog log = small(SimulatorOptions.builder());
    CRC32 checksum = new CRC32();
    for (String task : log.tasks().names()) {
      for (double p : log.probability(Split.TEST, task)) {
        long bits = Double.doubleToLongBits(p);
        for (int shift = 0; shift < 64; shift += 8) {
          checksum.update((int) (bits >>> shift));
        }
      }
      for (double label : numbers(log.test(), task)) {
        checksum.update((int) label);
      }
    }

    assertThat(checksum.getValue()).isEqualTo(241033284L);
  }

  @Test
  void should_make_another_log_when_the_seed_differs() {
    SimulatedLog first = small(SimulatorOptions.builder().seed(3));
    SimulatedLog second = small(SimulatorOptions.builder().seed(4));

    assertThat(codes(first, "user_id")).isNotEqualTo(codes(second, "user_id"));
    assertThat(codes(first, "item_id")).isNotEqualTo(codes(second, "item_id"));
    assertThat(numbers(first.test(), "price")).isNotEqualTo(numbers(second.test(), "price"));
    assertThat(first.probability(Split.TEST, "click"))
        .isNotEqualTo(second.probability(Split.TEST, "click"));
    assertThat(numbers(first.test(), "click")).isNotEqualTo(numbers(second.test(), "click"));
  }

  @Test
  void should_leave_other_actions_alone_when_one_is_dropped() {
    SimulatedLog all = small(SimulatorOptions.builder());
    SimulatedLog fewer = small(SimulatorOptions.builder().actions(Action.CLICK, Action.HIDE));

    assertThat(fewer.tasks().names()).containsExactly("click", "hide");
    assertThat(fewer.test().has("cart")).isFalse();
    for (String name : fewer.test().columns().keySet()) {
      assertSameColumn(all.test(), fewer.test(), name);
    }
  }

  @Test
  void should_keep_the_earlier_days_when_there_are_more() {
    SimulatedLog fewer =
        ImpressionSimulator.simulate(
            SimulatorOptions.builder().requestsPerDay(200).trainDays(1).build());
    SimulatedLog more =
        ImpressionSimulator.simulate(
            SimulatorOptions.builder().requestsPerDay(200).trainDays(3).build());

    for (String name : fewer.test().columns().keySet()) {
      assertSameColumn(fewer.train(), more.train().slice(0, 2_000), name);
      assertSameColumn(fewer.test(), more.train().slice(4_000, 6_000), name);
    }
  }

  @Test
  void should_change_examination_alone_when_there_is_position_bias() {
    SimulatedLog none = ImpressionSimulator.simulate(SimulatorOptions.defaults());
    SimulatedLog biased =
        ImpressionSimulator.simulate(SimulatorOptions.builder().positionBias(0.7).build());

    for (String name : FEATURES) {
      assertSameColumn(none.test(), biased.test(), name);
    }
    double[] position = numbers(biased.train(), "position");
    double[] examination = biased.examination(Split.TRAIN);
    double[] declared = Arrays.stream(position).map(at -> Math.pow(at, -0.7)).toArray();
    assertThat(largestDifference(examination, declared)).isLessThan(1e-12);
    for (String task : biased.tasks().names()) {
      double[] relevance = biased.relevance(Split.TRAIN, task);
      double[] truth = biased.probability(Split.TRAIN, task);
      assertThat(relevance).isEqualTo(none.relevance(Split.TRAIN, task));
      assertThat(none.probability(Split.TRAIN, task)).isEqualTo(relevance);
      double[] product = new double[truth.length];
      Arrays.setAll(product, row -> relevance[row] * examination[row]);
      assertThat(largestDifference(truth, product)).isLessThan(1e-15);
      double[] labels = numbers(biased.train(), task);
      for (int at = 1; at <= 10; at++) {
        double here = at;
        int[] rows = rows(position, here);
        double[] labelsHere = Arrays.stream(rows).mapToDouble(row -> labels[row]).toArray();
        double[] truthHere = Arrays.stream(rows).mapToDouble(row -> truth[row]).toArray();
        assertCalibrated(labelsHere, truthHere, 0, rows.length, task + " at position " + at);
      }
    }
  }

  private static int[] rows(double[] position, double here) {
    int[] found = new int[position.length];
    int count = 0;
    for (int row = 0; row < position.length; row++) {
      if (position[row] == here) {
        found[count++] = row;
      }
    }
    return Arrays.copyOf(found, count);
  }

  @Test
  void should_put_the_relevant_first_when_ordering_is_strong() {
    assertThat(firstOverLast(0)).isBetween(0.9, 1.1);
    assertThat(firstOverLast(1)).isGreaterThan(2);
  }

  /** How many times as likely a click is on the first half of a list as on the second. */
  private static double firstOverLast(double strength) {
    SimulatedLog log =
        ImpressionSimulator.simulate(SimulatorOptions.builder().orderingStrength(strength).build());
    double[] relevance = log.relevance(Split.TEST, "click");
    double[] position = numbers(log.test(), "position");
    double first = 0;
    double last = 0;
    for (int row = 0; row < position.length; row++) {
      if (position[row] <= 5) {
        first += relevance[row];
      } else {
        last += relevance[row];
      }
    }
    return first / last;
  }

  @Test
  void should_follow_from_the_truth_without_chance_when_noise_free() {
    SimulatedLog log =
        ImpressionSimulator.simulate(SimulatorOptions.builder().noiseFree(true).build());

    for (Action action : Action.values()) {
      double[] labels = numbers(log.train(), action.label());
      assertThat(log.probability(Split.TRAIN, action.label())).isEqualTo(labels);
      assertThat(mean(labels)).isBetween(0.75 * action.defaultRate(), 1.25 * action.defaultRate());
    }
  }

  private static int[] codes(SimulatedLog log, String column) {
    return log.test().column(column, CategoricalColumn.class).codes();
  }

  private static void assertSameColumn(Dataset first, Dataset second, String name) {
    Column column = first.column(name);
    if (column instanceof CategoricalColumn one) {
      CategoricalColumn other = second.column(name, CategoricalColumn.class);
      if (name.equals("request_id")) {
        // Codes are places within a split; what a row belongs to is the name.
        assertThat(one.get(0)).isEqualTo(other.get(0));
      } else {
        assertThat(one.codes()).as(name).isEqualTo(other.codes());
        assertThat(one.dictionary()).as(name).isEqualTo(other.dictionary());
      }
    } else if (column instanceof NumericColumn one) {
      NumericColumn other = second.column(name, NumericColumn.class);
      assertThat(one.values()).as(name).isEqualTo(other.values());
    } else {
      ListColumn one = first.column(name, ListColumn.class);
      ListColumn other = second.column(name, ListColumn.class);
      assertThat(one.offsets()).as(name).isEqualTo(other.offsets());
      assertThat(one.codes()).as(name).isEqualTo(other.codes());
    }
  }
}
