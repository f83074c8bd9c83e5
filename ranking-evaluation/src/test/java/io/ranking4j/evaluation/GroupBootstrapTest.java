package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupBootstrapTest {

  private static final GroupBootstrap.Options OPTIONS = GroupBootstrap.Options.ofSeed(3);

  /** Users of ten rows each, half of which all have the same label. */
  private static Rows users(long seed, int users) {
    Rows rows = Rows.random(seed, users * 10);
    Random random = new Random(seed);
    for (int user = 0; user < users; user++) {
      double taste = random.nextBoolean() ? .8 : .1;
      double mood = random.nextDouble();
      for (int i = 10 * user; i < 10 * user + 10; i++) {
        rows.groups[i] = user;
        rows.scores[i] = Math.min(1, Math.max(0, taste + .3 * random.nextGaussian()));
        rows.labels[i] = (i % 2 == 0 ? mood : random.nextDouble()) < taste ? 1 : 0;
      }
    }
    return rows;
  }

  @Test
  void should_agree_with_the_clustered_error_and_exceed_the_independent_one() {
    Rows rows = users(1, 200);
    Predictions predictions = rows.unweighted();
    Groups byUser = Groups.of(rows.groups);
    Estimate bootstrap =
        GroupBootstrap.compute(predictions, byUser, CalibrationRatio::compute, OPTIONS);
    Estimate clustered = CalibrationRatio.estimate(predictions, byUser);
    Estimate independent = CalibrationRatio.estimate(predictions, null);
    assertThat(bootstrap.value()).isCloseTo(clustered.value(), within(1e-12));
    assertThat(bootstrap.standardError().value())
        .isCloseTo(
            clustered.standardError().value(), within(.12 * clustered.standardError().value()))
        .isGreaterThan(1.1 * independent.standardError().value());
    Estimate auc = GroupBootstrap.compute(predictions, byUser, RocAuc::compute, OPTIONS);
    double analytic = RocAuc.estimate(predictions, byUser).standardError().value();
    assertThat(auc.standardError().value()).isCloseTo(analytic, within(.12 * analytic));
    assertThat(auc.interval().contains(auc.value())).isTrue();
  }

  @Test
  void should_agree_with_the_error_of_a_mean_over_groups() {
    Rows rows = Rows.random(4, 4000);
    Groups groups = Groups.of(rows.groups);
    GroupedValue gauc = GroupedAuc.compute(rows.unweighted(), groups);
    Estimate bootstrap =
        GroupBootstrap.compute(
            groups,
            multiplicities ->
                GroupedAuc.compute(Predictions.of(rows.labels, rows.scores, multiplicities), groups)
                    .metric(),
            new GroupBootstrap.Options(400, .95, 5));
    assertThat(gauc.standardError().value())
        .isCloseTo(
            bootstrap.standardError().value(), within(.12 * bootstrap.standardError().value()));
    assertThat(gauc.estimate().interval().lower())
        .isCloseTo(bootstrap.interval().lower(), within(.4 * gauc.standardError().value()));
  }

  @Test
  void should_give_the_same_interval_when_the_seed_is_the_same() {
    Rows rows = users(2, 30);
    Groups byUser = Groups.of(rows.groups);
    Estimate first = GroupBootstrap.compute(rows.unweighted(), byUser, LogLoss::compute, OPTIONS);
    Estimate again = GroupBootstrap.compute(rows.unweighted(), byUser, LogLoss::compute, OPTIONS);
    Estimate other =
        GroupBootstrap.compute(
            rows.unweighted(), byUser, LogLoss::compute, GroupBootstrap.Options.ofSeed(4));
    assertThat(again).isEqualTo(first);
    assertThat(other.interval()).isNotEqualTo(first.interval());
  }

  @Test
  void should_say_why_when_resamples_leave_the_metric_undefined() {
    Predictions few = Predictions.of(new double[] {0, 0, 0, 1}, new double[] {.1, .2, .3, .4});
    Estimate auc =
        GroupBootstrap.compute(few, Groups.of(new int[] {1, 2, 3, 4}), RocAuc::compute, OPTIONS);
    assertThat(auc.value()).isEqualTo(1);
    assertThat(auc.standardError().undefinedBecause())
        .contains("of 1000 resamples left the metric undefined: every row that has a weight");
    Estimate alone = GroupBootstrap.compute(few, Groups.of(new int[4]), RocAuc::compute, OPTIONS);
    assertThat(alone.standardError().undefinedBecause())
        .isEqualTo("resampling needs at least 2 groups, but there was 1");
    Predictions single = Predictions.of(new double[2], new double[2]);
    Estimate none =
        GroupBootstrap.compute(single, Groups.of(new int[] {1, 2}), RocAuc::compute, OPTIONS);
    assertThat(none.metric().undefinedBecause())
        .isEqualTo("every row that has a weight has label 0");
    assertThatThrownBy(() -> new GroupBootstrap.Options(99, .95, 1))
        .hasMessage("resamples must be at least 100, but was 99");
  }
}
