package io.ranking4j.nn.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.nn.gate.GateResult.Verdict;
import io.ranking4j.runtime.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelGatesTest {
  private static final int ROWS = 4000;
  private static final DoubleUnaryOperator SAME = DoubleUnaryOperator.identity();

  /** Labels that follow the true probabilities, which two models see through their functions. */
  private static ModelComparison comparison(
      DoubleUnaryOperator candidate, Optional<DoubleUnaryOperator> current, int rows) {
    Random random = new Random(7);
    double[] labels = new double[rows];
    double[] now = new double[rows];
    double[] before = new double[rows];
    for (int row = 0; row < rows; row++) {
      double p = 1 / (1 + Math.exp(1 - random.nextGaussian()));
      labels[row] = random.nextDouble() < p ? 1 : 0;
      now[row] = candidate.applyAsDouble(p);
      before[row] = current.orElse(SAME).applyAsDouble(p);
    }
    Groups users = Groups.of(IntStream.range(0, rows).map(row -> row / 5).toArray());
    return new ModelComparison(
        List.of(
            new ModelComparison.OfTask(
                "click",
                Predictions.of(labels, now),
                current.map(unused -> Predictions.of(labels, before)),
                users)));
  }

  private static ModelComparison comparison(DoubleUnaryOperator candidate) {
    return comparison(candidate, Optional.of(SAME), ROWS);
  }

  private static Verdict only(List<GateResult> results) {
    assertThat(results).hasSize(1);
    return results.get(0).verdict();
  }

  @Test
  void should_pass_all_gates_when_the_candidate_says_the_same() {
    ModelComparison same = comparison(SAME);
    for (ModelGate gate : ModelGate.DEFAULT) {
      assertThat(gate.check(same))
          .as(gate.toString())
          .allMatch(result -> result.verdict() == Verdict.PASSED);
    }
  }

  @Test
  void should_fail_a_candidate_that_is_surely_worse_than_the_current_model() {
    assertThat(only(AucGate.DEFAULT.check(comparison(p -> 1 - p)))).isEqualTo(Verdict.FAILED);
    Random noise = new Random(1);
    ModelComparison noisy =
        comparison(p -> Math.min(1, Math.max(0, p + 0.15 * noise.nextGaussian())));
    assertThat(only(AucGate.DEFAULT.check(noisy))).isEqualTo(Verdict.FAILED);
    assertThat(only(AucGate.DEFAULT.tolerance(0.2).check(noisy))).isEqualTo(Verdict.PASSED);
  }

  @Test
  void should_pass_a_candidate_that_only_chance_makes_look_worse() {
    Random noise = new Random(1);
    ModelComparison slightly =
        comparison(p -> Math.min(1, Math.max(0, p + 0.01 * noise.nextGaussian())));
    assertThat(only(new AucGate(0, 20, GroupBootstrap.Options.ofSeed(1)).check(slightly)))
        .isEqualTo(Verdict.PASSED);
  }

  @Test
  void should_compare_with_chance_when_there_is_no_current_model() {
    assertThat(only(AucGate.DEFAULT.check(comparison(SAME, Optional.empty(), ROWS))))
        .isEqualTo(Verdict.PASSED);
    assertThat(only(AucGate.DEFAULT.check(comparison(p -> 1 - p, Optional.empty(), ROWS))))
        .isEqualTo(Verdict.FAILED);
  }

  @Test
  void should_fail_when_no_task_can_be_measured() {
    List<GateResult> results = AucGate.DEFAULT.check(comparison(SAME, Optional.of(SAME), 10));
    assertThat(results)
        .extracting(GateResult::verdict)
        .containsExactly(Verdict.UNDECIDED, Verdict.FAILED);
  }

  @Test
  void should_fail_probabilities_that_are_too_high_or_bent() {
    assertThat(CalibrationGate.DEFAULT.check(comparison(p -> Math.min(1, 1.3 * p))))
        .extracting(GateResult::verdict)
        .containsExactly(Verdict.FAILED, Verdict.FAILED);
    // Overconfident around the mean rate: right in sum, wrong in most places.
    assertThat(
            CalibrationGate.DEFAULT.check(
                comparison(p -> Math.min(1, Math.max(0, 0.3 + 2 * (p - 0.3))))))
        .extracting(GateResult::verdict)
        .containsExactly(Verdict.PASSED, Verdict.FAILED);
  }

  @Test
  void should_pass_probabilities_that_are_too_high_but_less_so_than_those_of_the_current_model() {
    ModelComparison better =
        comparison(p -> Math.min(1, 1.3 * p), Optional.of(p -> Math.min(1, 1.5 * p)), ROWS);
    assertThat(CalibrationGate.DEFAULT.check(better))
        .allMatch(result -> result.verdict() == Verdict.PASSED);
  }

  @Test
  void should_fail_scores_that_moved_whatever_is_true() {
    assertThat(ScoreShiftGate.DEFAULT.check(comparison(p -> p * p)))
        .extracting(GateResult::verdict)
        .containsExactly(Verdict.FAILED, Verdict.FAILED);
    assertThat(ScoreShiftGate.DEFAULT.check(comparison(p -> 1.01 * p)))
        .allMatch(result -> result.verdict() == Verdict.PASSED);
    assertThat(ScoreShiftGate.DEFAULT.check(comparison(SAME, Optional.empty(), ROWS)))
        .allMatch(result -> result.verdict() == Verdict.UNDECIDED);
  }

  /** By hand: 20 scores 0 to 19 before, so two a bin; after, those of the upper half twice. */
  @Test
  void should_compute_the_population_stability_index() {
    double[] before = IntStream.range(0, 20).asDoubleStream().toArray();
    double[] after = IntStream.range(0, 20).mapToDouble(i -> 10 + i / 2).toArray();

    double empty = (0.5 / 20 - 0.1) * Math.log(0.5 / 20 / 0.1);
    double twice = (0.2 - 0.1) * Math.log(2);
    assertThat(ScoreShiftGate.index(before, after)).isCloseTo(5 * empty + 5 * twice, within(1e-12));
    assertThat(ScoreShiftGate.index(before, before)).isZero();
  }

  @Test
  void should_fail_labels_that_the_current_model_no_longer_predicts() {
    Provenance good = Provenance.of(Map.of("validation.click", "0.72"));
    LabelAgreement agreement = LabelAgreement.DEFAULT;
    assertThat(only(agreement.check(comparison(SAME), good))).isEqualTo(Verdict.PASSED);
    assertThat(only(agreement.check(comparison(p -> 1 - p), good))).isEqualTo(Verdict.FAILED);
    assertThat(only(agreement.check(comparison(SAME), Provenance.of(Map.of()))))
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void should_report_failures_first_and_as_json() {
    GateReport report =
        new GateReport(
            List.of(
                GateResult.of("auc", "click", true, "must be good", "0.9"),
                GateResult.failed("row count", "the slice", "must be at least 5", "3")));

    assertThat(report.passed()).isFalse();
    assertThat(report.toString())
        .startsWith("FAILED    row count of the slice: must be at least 5, but was 3\nPASSED");
    assertThat(report.toJson())
        .startsWith("{\"passed\":false,\"results\":[{\"gate\":\"auc\",\"subject\":\"click\",");
  }

  @Test
  void should_refuse_limits_out_of_range() {
    assertThatThrownBy(() -> AucGate.DEFAULT.tolerance(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tolerance must be at least 0, but was -1.0");
    assertThatThrownBy(() -> new CalibrationGate(1.2, 1.1, 0.1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScoreShiftGate(0, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LabelAgreement(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DataGate(0, 0.5, 2, 1.5, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
