package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupedAucTest {

  /** Group 1 has AUC 1 (3 rows, 2 clicks), group 2 has AUC .5 (5 rows, 1 click), 3 has none. */
  private static final Predictions PREDICTIONS =
      Predictions.of(
          new double[] {1, 0, 1, 0, 0, 1, 0, 0, 0, 0}, new double[] {3, 1, 2, 4, 3, 2, 1, 0, 9, 8});

  private static final Groups GROUPS = Groups.of(new int[] {1, 1, 1, 2, 2, 2, 2, 2, 3, 3});

  @Test
  void should_weight_groups_as_asked() {
    assertThat(GroupedAuc.compute(PREDICTIONS, GROUPS).value())
        .isCloseTo((3 * 1 + 5 * .5) / 8, within(1e-15));
    assertThat(GroupedAuc.compute(PREDICTIONS, GROUPS, GroupWeighting.CLICKS).value())
        .isCloseTo((2 * 1 + 1 * .5) / 3, within(1e-15));
    assertThat(GroupedAuc.compute(PREDICTIONS, GROUPS, GroupWeighting.EQUAL).value())
        .isCloseTo(.75, within(1e-15));
    assertThat(ListAuc.compute(PREDICTIONS, GROUPS).value()).isCloseTo(.75, within(1e-15));
  }

  @Test
  void should_report_what_it_covers() {
    GroupedValue gauc = GroupedAuc.compute(PREDICTIONS, GROUPS);
    assertThat(gauc.groups()).isEqualTo(3);
    assertThat(gauc.groupsUsed()).isEqualTo(2);
    assertThat(gauc.rows()).isEqualTo(10);
    assertThat(gauc.rowsUsed()).isEqualTo(8);
    assertThat(gauc.groupCoverage().value()).isEqualTo(2 / 3.0);
    assertThat(gauc.rowCoverage().value()).isEqualTo(.8);
  }

  @Test
  void should_match_auc_of_each_group_alone_when_rows_are_random_with_ties_and_weights() {
    for (long seed = 0; seed < 100; seed++) {
      Rows rows = Rows.random(seed, 120);
      Predictions all = rows.weighted();
      Map<Integer, int[]> members = new TreeMap<>();
      IntStream.range(0, 120)
          .forEach(
              row ->
                  members.computeIfAbsent(
                      rows.groups[row],
                      key -> IntStream.range(0, 120).filter(i -> rows.groups[i] == key).toArray()));
      for (GroupWeighting weighting : GroupWeighting.values()) {
        double sum = 0;
        double total = 0;
        int used = 0;
        for (int[] group : members.values()) {
          Predictions alone =
              Predictions.of(
                  IntStream.of(group).mapToDouble(all::label).toArray(),
                  IntStream.of(group).mapToDouble(all::score).toArray(),
                  IntStream.of(group).mapToDouble(all::weight).toArray());
          double auc = RocAucTest.byDefinition(alone);
          if (!Double.isNaN(auc)) {
            double weight =
                switch (weighting) {
                  case IMPRESSIONS -> alone.totalWeight();
                  case CLICKS -> alone.positiveWeight();
                  case EQUAL -> 1;
                };
            sum += weight * auc;
            total += weight;
            used++;
          }
        }
        GroupedValue gauc = GroupedAuc.compute(all, Groups.of(rows.groups), weighting);
        assertThat(gauc.groupsUsed()).as("seed %d", seed).isEqualTo(used);
        assertThat(gauc.value())
            .as("seed %d %s", seed, weighting)
            .isCloseTo(sum / total, within(1e-12));
      }
    }
  }

  @Test
  void should_be_undefined_with_a_reason_when_no_group_has_both_classes() {
    Predictions predictions = Predictions.of(new double[] {0, 1}, new double[] {.1, .2});
    GroupedValue gauc = GroupedAuc.compute(predictions, Groups.of(new int[] {1, 2}));
    assertThat(gauc.metric())
        .isEqualTo(
            MetricValue.undefined("no group has rows of weight with label 0 and with label 1"));
    assertThat(gauc.groupCoverage()).isEqualTo(MetricValue.of(0));
    GroupedValue none =
        GroupedAuc.compute(Predictions.of(new double[0], new double[0]), Groups.of(new int[0]));
    assertThat(none.metric()).isEqualTo(MetricValue.undefined("there are no rows"));
    assertThat(none.groupCoverage()).isEqualTo(MetricValue.undefined("there are no rows"));
  }

  @Test
  void should_refuse_groups_of_another_length() {
    assertThatThrownBy(() -> GroupedAuc.compute(PREDICTIONS, Groups.of(new int[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups must have as many rows as predictions, 10, but had 3");
  }
}
