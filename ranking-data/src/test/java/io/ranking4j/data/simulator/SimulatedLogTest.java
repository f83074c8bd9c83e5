package io.ranking4j.data.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.Feature;
import io.ranking4j.task.Residual;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedLogTest {
  private static final SimulatedLog LOG = ImpressionSimulator.simulate(SimulatorOptions.defaults());

  @Test
  void should_have_the_declared_rows_when_made_with_defaults() {
    assertThat(LOG.train().rows()).isEqualTo(200_000);
    assertThat(LOG.validation().rows()).isEqualTo(50_000);
    assertThat(LOG.test().rows()).isEqualTo(50_000);
    assertThat(LOG.test().columns().keySet())
        .containsExactly(
            "request_id",
            "day",
            "position",
            "user_id",
            "segment",
            "hour",
            "device",
            "item_id",
            "category",
            "brand",
            "price",
            "age_days",
            "tags",
            "click",
            "cart",
            "order",
            "save",
            "closeup",
            "long_click",
            "hide");
    assertThat(LOG.schema().features())
        .extracting(Feature::name)
        .allMatch(LOG.train()::has)
        .doesNotContain("position", "day", "request_id");
    assertThat(LOG)
        .hasToString(
            "SimulatedLog[train=200000, validation=50000, test=50000 rows, tasks=[click, cart,"
                + " order, save, closeup, long_click, hide]]");
  }

  @ParameterizedTest
  @EnumSource
  void should_reach_the_base_rate_when_drawn(Action action) {
    double[] labels = numbers(LOG.train(), action.label());

    assertThat(mean(labels)).isBetween(0.9 * action.defaultRate(), 1.1 * action.defaultRate());
  }

  @ParameterizedTest
  @EnumSource
  void should_have_labels_with_the_mean_of_the_true_probabilities(Action action) {
    for (Split split : Split.values()) {
      double[] labels = numbers(LOG.dataset(split), action.label());
      double[] truth = LOG.probability(split, action.label());

      assertCalibrated(labels, truth, 0, truth.length, action + " in " + split);
    }
  }

  @ParameterizedTest
  @EnumSource
  void should_be_calibrated_in_every_decile_of_the_truth(Action action) {
    double[] labels = numbers(LOG.train(), action.label());
    double[] truth = LOG.probability(Split.TRAIN, action.label());
    Integer[] order = new Integer[truth.length];
    Arrays.setAll(order, row -> row);
    Arrays.sort(order, (a, b) -> Double.compare(truth[a], truth[b]));
    double[] sortedLabels = Arrays.stream(order).mapToDouble(row -> labels[row]).toArray();
    double[] sortedTruth = Arrays.stream(order).mapToDouble(row -> truth[row]).toArray();

    int tenth = truth.length / 10;
    for (int decile = 0; decile < 10; decile++) {
      assertCalibrated(
          sortedLabels,
          sortedTruth,
          decile * tenth,
          (decile + 1) * tenth,
          action + " in decile " + decile);
    }
  }

  @ParameterizedTest
  @EnumSource
  void should_imply_the_parent_when_an_action_happened(Action action) {
    for (Split split : Split.values()) {
      double[] label = numbers(LOG.dataset(split), action.label());
      double[] given = LOG.conditional(split, action.label());
      double[] truth = LOG.probability(split, action.label());
      assertThat(Arrays.stream(label).allMatch(y -> y == 0 || y == 1)).isTrue();
      assertThat(Arrays.stream(given).allMatch(p -> p > 0 && p < 1)).isTrue();
      if (action.parent().isPresent()) {
        String parent = action.parent().get().label();
        double[] parentLabel = numbers(LOG.dataset(split), parent);
        double[] parentTruth = LOG.probability(split, parent);
        double[] product = new double[label.length];
        int orphans = 0;
        for (int row = 0; row < label.length; row++) {
          product[row] = given[row] * parentTruth[row];
          orphans += label[row] > parentLabel[row] ? 1 : 0;
        }
        assertThat(orphans).isZero();
        assertThat(largestDifference(truth, product)).isLessThan(1e-15);
      } else {
        assertThat(truth).isEqualTo(given);
      }
    }
  }

  @Test
  void should_put_validation_and_test_after_training_when_split_by_day() {
    assertThat(distinct(LOG.train(), "day")).containsExactly(0, 1, 2, 3);
    assertThat(distinct(LOG.validation(), "day")).containsExactly(4);
    assertThat(distinct(LOG.test(), "day")).containsExactly(5);
    assertThat(numbers(LOG.train(), "day")).isSorted();
    assertThat(LOG.requestIds(Split.TRAIN))
        .hasSize(20_000)
        .doesNotContainAnyElementsOf(LOG.requestIds(Split.VALIDATION))
        .doesNotContainAnyElementsOf(LOG.requestIds(Split.TEST));
    CategoricalColumn hours = LOG.test().column("hour", CategoricalColumn.class);
    assertThat(hours.codes()).isSorted();
  }

  @Test
  void should_show_every_item_once_when_a_request_lists_its_candidates() {
    SimulatedRequest request = LOG.request(Split.VALIDATION, 17);

    assertThat(request.candidates()).extracting(Candidate::id).doesNotHaveDuplicates().hasSize(10);
    assertThat(Arrays.copyOfRange(numbers(LOG.validation(), "position"), 170, 180))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @ParameterizedTest
  @EnumSource
  void should_agree_with_the_rows_when_a_request_is_made(Split split) {
    Dataset rows = LOG.dataset(split);
    CategoricalColumn ids = rows.column("request_id", CategoricalColumn.class);
    List<String> known = LOG.requestIds(split);
    for (int index : new int[] {0, 1, 1234, known.size() - 1}) {
      SimulatedRequest request = LOG.request(known.get(index));

      assertThat(request.firstRow()).isEqualTo(10 * index);
      for (int at = 0; at < 10; at++) {
        int row = request.firstRow() + at;
        Candidate candidate = request.candidates().get(at);
        assertThat(ids.get(row)).isEqualTo(request.id());
        assertThat(candidate.id()).isEqualTo(value(rows, "item_id", row));
        assertThat(candidate.signals()).containsExactly(entry(rows, row));
        assertSame(LOG.schema().context(), request.context(), rows, row);
        assertSame(LOG.schema().candidate(), candidate.features(), rows, row);
      }
    }
  }

  private static java.util.Map.Entry<String, Double> entry(Dataset rows, int row) {
    return java.util.Map.entry("price", numbers(rows, "price")[row]);
  }

  private static void assertSame(List<Feature> features, Features given, Dataset rows, int row) {
    assertThat(given.asMap()).hasSize(features.size());
    for (Feature feature : features) {
      assertThat(given.get(feature.name())).isEqualTo(value(rows, feature.name(), row));
    }
  }

  private static Object value(Dataset rows, String name, int row) {
    Column column = rows.column(name);
    if (column instanceof CategoricalColumn categories) {
      return categories.dictionary()[categories.codes()[row]];
    }
    return column instanceof ListColumn lists ? lists.get(row) : numbers(rows, name)[row];
  }

  @Test
  void should_describe_items_the_same_way_when_shown_again() {
    CategoricalColumn items = LOG.train().column("item_id", CategoricalColumn.class);
    double[] price = numbers(LOG.train(), "price");
    double[] age = numbers(LOG.train(), "age_days");
    double[] day = numbers(LOG.train(), "day");
    double[] priceOf = new double[items.dictionary().length];
    double[] ageOf = new double[items.dictionary().length];
    Arrays.fill(ageOf, Double.NaN);
    int changes = 0;
    for (int row = 0; row < price.length; row++) {
      int item = items.codes()[row];
      if (Double.isNaN(ageOf[item])) {
        priceOf[item] = price[row];
        ageOf[item] = age[row] - day[row];
      }
      changes += price[row] != priceOf[item] || age[row] - day[row] != ageOf[item] ? 1 : 0;
    }
    assertThat(changes).isZero();
    assertThat(Arrays.stream(priceOf).min().orElseThrow()).isPositive();
    assertThat(Arrays.stream(ageOf).allMatch(age0 -> age0 >= 0 && age0 <= 60)).isTrue();
  }

  @Test
  void should_link_tasks_when_asked_for_the_graph() {
    assertThat(LOG.tasks().names())
        .containsExactly("click", "cart", "order", "save", "closeup", "long_click", "hide");
    assertThat(LOG.tasks().task("click").residual()).isEmpty();
    assertThat(LOG.tasks().task("cart").residual()).contains(Residual.both("click"));
    assertThat(LOG.tasks().task("order").residual()).contains(Residual.both("cart"));
    assertThat(LOG.tasks().task("save").residual()).contains(Residual.both("click"));
    assertThat(LOG.funnel().names()).containsExactly("click", "cart", "order");
  }

  @Test
  void should_list_what_is_known_when_a_name_is_not() {
    assertThatExceptionOfType(UnknownNameException.class)
        .isThrownBy(() -> LOG.probability(Split.TEST, "buy"))
        .withMessageContaining("unknown task 'buy', known are [click, cart");
    assertThatExceptionOfType(UnknownNameException.class)
        .isThrownBy(() -> LOG.request("yesterday"))
        .withMessageContaining("unknown request 'yesterday', known are [day-5-request-0,");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> LOG.request(Split.TEST, 5_000));
  }

  @Test
  void should_have_no_funnel_when_there_is_no_click() {
    SimulatedLog log = small(SimulatorOptions.builder().actions(Action.SAVE));

    assertThat(log.tasks().task("save").residual()).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(log::funnel)
        .withMessage("a funnel starts with CLICK, but the log has only [SAVE]");
  }

  @Test
  void should_leave_the_truth_alone_when_a_caller_writes_into_its_copy() {
    double before = LOG.conditional(Split.TEST, "order")[0];
    LOG.conditional(Split.TEST, "order")[0] = 2;
    LOG.probability(Split.TEST, "order")[0] = 2;
    LOG.examination(Split.TEST)[0] = 2;

    assertThat(LOG.conditional(Split.TEST, "order")[0]).isEqualTo(before);
    assertThat(LOG.examination(Split.TEST)).containsOnly(1);
  }

  static SimulatedLog small(SimulatorOptions.Builder builder) {
    return ImpressionSimulator.simulate(builder.requestsPerDay(300).trainDays(2).build());
  }

  static double[] numbers(Dataset rows, String column) {
    return rows.column(column, NumericColumn.class).values();
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double[] distinct(Dataset rows, String column) {
    return Arrays.stream(numbers(rows, column)).distinct().toArray();
  }

  static double largestDifference(double[] one, double[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  /** The number of positives lies within 4.5 deviations of its expectation. */
  static void assertCalibrated(double[] labels, double[] truth, int from, int to, String what) {
    double positives = 0;
    double expected = 0;
    double variance = 0;
    for (int row = from; row < to; row++) {
      positives += labels[row];
      expected += truth[row];
      variance += truth[row] * (1 - truth[row]);
    }
    assertThat((positives - expected) / Math.sqrt(variance))
        .as("deviations of %s, seed %s", what, SimulatorOptions.DEFAULT_SEED)
        .isBetween(-4.5, 4.5);
  }
}
