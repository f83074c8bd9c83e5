package io.ranking4j.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every estimator on six rows, against numbers from an independent implementation. */
class EstimatorsTest {

  private static final double[] REWARDS = {1, 0, 1, 0, 1, 0};
  private static final double[] LOGGING = {.5, .25, .25, .5, .1, .4};
  private static final double[] TARGET = {.4, .5, .5, .1, .3, .2};
  private static final int[] ACTIONS = {0, 1, 1, 0, 0, 1};
  private static final double[][] MODEL = {
    {.6, .3}, {.2, .5}, {.4, .4}, {.1, .2}, {.7, .5}, {.3, .3}
  };

  private static final LoggedFeedback LOG = LoggedFeedback.of(REWARDS, LOGGING, TARGET);

  private static double[][] policy() {
    double[][] policy = new double[6][2];
    for (int row = 0; row < 6; row++) {
      policy[row][ACTIONS[row]] = TARGET[row];
      policy[row][1 - ACTIONS[row]] = 1 - TARGET[row];
    }
    return policy;
  }

  private static final RewardEstimates EXPECTED = RewardEstimates.of(MODEL, policy(), ACTIONS);

  private static void assertEstimate(Estimate estimate, double value, double error) {
    assertThat(estimate.value()).isCloseTo(value, within(1e-7));
    assertThat(estimate.standardError().value()).isCloseTo(error, within(1e-7));
    assertThat(estimate.interval().upper())
        .isCloseTo(value + 1.959963984540054 * error, within(1e-6));
  }

  /** Where no reward is negative, neither is an interval of weighted rewards. */
  private static void assertPositive(Estimate estimate, double value, double error) {
    assertThat(estimate.value()).isCloseTo(value, within(1e-7));
    assertThat(estimate.standardError().value()).isCloseTo(error, within(1e-7));
    double factor = Math.exp(1.959963984540054 * error / value);
    assertThat(estimate.interval().lower()).isCloseTo(value / factor, within(1e-6));
    assertThat(estimate.interval().upper()).isCloseTo(value * factor, within(1e-5));
  }

  @Test
  void should_match_the_reference_when_rewards_are_weighted() {
    assertPositive(InversePropensity.compute(LOG), .9666667, .5174725);
    assertThat(InversePropensity.clipped(LOG, 2).value()).isCloseTo(.8, within(1e-12));
    assertPositive(InversePropensity.selfNormalized(LOG), .6823529, .2160904);
    assertThat(WeightDiagnostics.of(LOG).effectiveRows()).isCloseTo(4.0295594, within(1e-7));
  }

  @Test
  void should_have_a_plain_interval_when_rewards_may_be_negative() {
    double[] shifted = Arrays.stream(REWARDS).map(reward -> reward - .5).toArray();
    LoggedFeedback log = LoggedFeedback.of(shifted, LOGGING, TARGET);
    assertEstimate(InversePropensity.selfNormalized(log), .1823529, .2160904);
  }

  @Test
  void should_match_the_reference_when_there_is_a_reward_model() {
    assertThat(DirectMethod.compute(EXPECTED, null).value()).isCloseTo(.37, within(1e-12));
    assertEstimate(DoublyRobust.compute(LOG, EXPECTED), .5783333, .3514865);
    assertThat(DoublyRobust.selfNormalized(LOG, EXPECTED).value())
        .isCloseTo(.5170588, within(1e-7));
  }

  @Test
  void should_lie_between_direct_method_and_doubly_robust_when_switching() {
    assertThat(DoublyRobust.switching(LOG, EXPECTED, Double.POSITIVE_INFINITY))
        .isEqualTo(DoublyRobust.compute(LOG, EXPECTED));
    assertThat(DoublyRobust.switching(LOG, EXPECTED, 0))
        .isEqualTo(DirectMethod.compute(EXPECTED, null));
    // Without the row of weight 3, whose error is .3.
    assertThat(DoublyRobust.switching(LOG, EXPECTED, 2).value())
        .isCloseTo(DoublyRobust.compute(LOG, EXPECTED).value() - 3 * .3 / 6, within(1e-12));
  }

  @Test
  void should_not_shrink_errors_when_every_row_is_logged_twice_by_its_user() {
    double[] rewards = twice(REWARDS);
    Groups users = Groups.of(new int[] {0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5});
    LoggedFeedback doubled = LoggedFeedback.of(rewards, twice(LOGGING), twice(TARGET), users);
    RewardEstimates expected =
        RewardEstimates.of(
            twice(column(EXPECTED::ofLoggedAction)), twice(column(EXPECTED::ofPolicy)));
    assertPositive(InversePropensity.compute(doubled), .9666667, .5174725);
    assertPositive(InversePropensity.selfNormalized(doubled), .6823529, .2160904);
    assertEstimate(DoublyRobust.compute(doubled, expected), .5783333, .3514865);
    LoggedFeedback independent = LoggedFeedback.of(rewards, twice(LOGGING), twice(TARGET));
    assertThat(InversePropensity.compute(independent).standardError().value()).isLessThan(.4);
  }

  private static double[] column(IntToDoubleFunction of) {
    return IntStream.range(0, 6).mapToDouble(of).toArray();
  }

  private static double[] twice(double[] values) {
    double[] twice = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, twice, values.length, values.length);
    return twice;
  }

  @Test
  void should_be_undefined_when_the_judged_policy_takes_no_logged_action() {
    LoggedFeedback none = LoggedFeedback.of(REWARDS, LOGGING, new double[6]);
    assertThat(InversePropensity.selfNormalized(none).value()).isNaN();
    assertThat(InversePropensity.selfNormalized(none).metric().undefinedBecause())
        .isEqualTo("every weight is 0: the judged policy takes no logged action");
    assertThat(DoublyRobust.selfNormalized(none, EXPECTED).value()).isNaN();
    assertThat(InversePropensity.compute(none).value()).isZero();
    WeightDiagnostics diagnostics = WeightDiagnostics.of(none);
    assertThat(diagnostics.effectiveRows()).isZero();
    assertThat(diagnostics.zeroShare()).isEqualTo(1);
    assertThat(diagnostics.warnings()).hasSize(3);
    assertThat(diagnostics.effectiveRewards()).isZero();
  }

  @Test
  void should_name_row_limit_and_value_when_a_log_is_wrong() {
    assertThatThrownBy(() -> LoggedFeedback.of(new double[2], new double[] {.5, 0}, new double[2]))
        .hasMessage("propensities must be in (0, 1], but row 1 was 0.0");
    assertThatThrownBy(
            () -> LoggedFeedback.of(new double[1], new double[] {.5}, new double[] {1.5}))
        .hasMessage("targetProbabilities must be in [0, 1], but row 0 was 1.5");
    assertThatThrownBy(() -> LoggedFeedback.of(new double[0], new double[0], new double[0]))
        .hasMessage("a log must have at least 1 row, but had 0");
    assertThatThrownBy(() -> LoggedFeedback.of(new double[2], new double[1], new double[2]))
        .hasMessage("propensities must have as many rows as rewards, 2, but had 1");
    assertThatThrownBy(
            () ->
                RewardEstimates.of(new double[][] {{1, 2}}, new double[][] {{.5, .4}}, new int[1]))
        .hasMessage("the policy's probabilities must sum to 1, but those of row 0 sum to 0.9");
    assertThatThrownBy(
            () ->
                RewardEstimates.of(
                    new double[][] {{1, 2}}, new double[][] {{.5, .5}}, new int[] {2}))
        .hasMessage("actions must be in [0, 2), but row 0 was 2");
    assertThatThrownBy(() -> InversePropensity.clipped(LOG, 0))
        .hasMessage("maxWeight must be above 0, but was 0.0");
    assertThatThrownBy(
            () -> DoublyRobust.compute(LOG, RewardEstimates.of(new double[2], new double[2])))
        .hasMessage("rewards must have as many rows as the log, 6, but had 2");
  }

  @Test
  void should_warn_when_few_rows_carry_the_weight() {
    double[] logging = new double[1000];
    double[] target = new double[1000];
    Arrays.fill(logging, .5);
    Arrays.fill(target, .5);
    assertThat(WeightDiagnostics.of(LoggedFeedback.of(target, logging, target)).warnings())
        .isEmpty();
    logging[0] = 1e-4;
    target[0] = 1;
    WeightDiagnostics heavy = WeightDiagnostics.of(LoggedFeedback.of(target, logging, target));
    assertThat(heavy.maxWeight()).isCloseTo(1e4, within(1e-8));
    assertThat(heavy.topShare()).isGreaterThan(.9);
    assertThat(heavy.effectiveRows()).isLessThan(2);
    assertThat(heavy.warnings()).hasSize(3);
  }
}
