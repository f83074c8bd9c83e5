package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationChoiceTest {
  private static final long SEED = 17;

  private final double[] p = new double[5000];
  private final double[] y = new double[5000];
  private final double[] weights = Observations.unitWeights(5000);

  CalibrationChoiceTest() {
    Random random = new Random(SEED);
    for (int row = 0; row < p.length; row++) {
      p[row] = random.nextDouble();
      y[row] = random.nextDouble() < p[row] * p[row] ? 1 : 0;
    }
  }

  @Test
  void should_report_the_same_auc_before_and_after_when_the_calibrator_increases_strictly() {
    CalibrationChoice choice = Calibrators.best(p, y, SEED);
    assertThat(choice.auc().keySet()).isEqualTo(choice.logLoss().keySet());
    assertThat(choice.auc().get("platt")).isEqualTo(choice.aucBefore());
    assertThat(choice.auc().get("beta")).isCloseTo(choice.aucBefore(), within(1e-12));
    assertThat(choice.auc().get("isotonic")).isNotEqualTo(choice.aucBefore());
    // P(p > p') for positives of density 3 p^2 and negatives of density 1.5 (1 - p^2): 7/8.
    assertThat(choice.aucBefore()).as("seed %d", SEED).isCloseTo(7 / 8.0, within(.02));
    assertThat(choice.warnings()).isEmpty();
  }

  @Test
  void should_match_scikit_learn_when_scores_tie() {
    double[] labels = {0, 0, 1, 1, 0, 1};
    double[] scores = {.1, .4, .35, .8, .4, .4};
    assertThat(HeldOutAuc.of(scores, labels, Observations.unitWeights(6)))
        .isCloseTo(.6666666667, within(1e-10));
    assertThat(HeldOutAuc.of(scores, labels, new double[] {1, 2, 1, 1, 3, 2}))
        .isCloseTo(.5833333333, within(1e-10));
  }

  @Test
  void should_compare_the_users_own_way_with_the_standard_ones() {
    Map<String, CalibratorFit> ways = new LinkedHashMap<>(Calibrators.standardWays());
    ways.put("beta-am", (ps, ys, ws) -> BetaCalibrator.fit(BetaCalibrator.Form.AM, ps, ys, ws));
    CalibrationChoice choice = Calibrators.best(ways, p, y, weights, SEED);
    assertThat(choice.logLoss()).containsKeys("none", "isotonic", "beta-am");
    assertThatThrownBy(
            () -> Calibrators.best(Map.of("platt", PlattCalibrator::fit), p, y, weights, SEED))
        .hasMessage("the ways must have one named 'none', but were [platt]");
    assertThatThrownBy(() -> Calibrators.standardWays().remove("none"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void should_warn_when_the_temperature_is_at_a_bound_or_ties_cost_auc() {
    Map<String, Double> losses = Map.of("none", .5, "temperature", .4);
    Map<String, Double> areas = Map.of("none", .7, "temperature", .65);
    assertThat(
            new CalibrationChoice("temperature", new TemperatureCalibrator(100), losses, areas)
                .warnings())
        .containsExactly(
            "The temperature is at its bound 100.0: the probabilities say nothing of the labels.",
            "Calibration lowers the AUC of held-out rows from 0.7000 to 0.6500: it makes ties.");
    assertThat(
            new CalibrationChoice("none", new TemperatureCalibrator(0.01), losses, areas)
                .warnings())
        .containsExactly(
            "The temperature is at its bound 0.01: the probabilities separate the labels.");
    assertThat(new TemperatureCalibrator(1).status())
        .isEqualTo(TemperatureCalibrator.Status.WITHIN_BOUNDS);
    assertThatThrownBy(
            () -> new CalibrationChoice("none", new TemperatureCalibrator(1), losses, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
