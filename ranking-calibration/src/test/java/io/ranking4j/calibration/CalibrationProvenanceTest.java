package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationProvenanceTest {
  private static final SamplingCorrection SAMPLED = new SamplingCorrection(0.1, 1);
  private static final CalibrationProvenance RIGHT = CalibrationProvenance.ofModel(SAMPLED);

  private static void assertRefused(CalibrationProvenance provenance, String message) {
    assertThatThrownBy(provenance::requireCorrectedOnce)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @Test
  void should_let_pass_what_is_corrected_once() {
    assertThatCode(RIGHT::requireCorrectedOnce).doesNotThrowAnyException();
    assertThatCode(() -> RIGHT.sampledRows(0.1, true).requireCorrectedOnce())
        .doesNotThrowAnyException();
  }

  @Test
  void should_refuse_what_would_be_corrected_twice_or_not_at_all() {
    assertRefused(
        RIGHT.calibrated("platt"),
        "the probabilities have already been through a calibrator of type 'platt': fit to those of"
            + " the model without it, since the new one takes its place");
    assertRefused(
        RIGHT.undone(SamplingCorrection.NONE),
        "the model was trained with a keep rate of 0.1 and a positive weight of 1.0, but a keep"
            + " rate of 1.0 and a positive weight of 1.0 was undone in the probabilities: the"
            + " calibrator works on top of the model's own correction, so it must be fitted to"
            + " that");
    assertRefused(
        RIGHT.sampledRows(0.1, false),
        "the probabilities are corrected for sampling, but the calibrator's rows keep only 0.1 of"
            + " the negatives: it would undo the correction; weight the negatives by 10.0 or take"
            + " rows that are not sampled");
    assertThatThrownBy(() -> RIGHT.sampledRows(0, false))
        .hasMessage("the keep rate of negatives must be in (0, 1], but was 0.0");
  }

  @Test
  void should_refuse_before_choosing_a_calibrator() {
    double[] p = {0.1, 0.2, 0.3, 0.4};
    double[] y = {0, 1, 0, 1};
    double[] w = {1, 1, 1, 1};
    assertThatThrownBy(() -> Calibrators.best(RIGHT.calibrated("beta"), p, y, w, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Calibrators.best(RIGHT, p, y, w, 1)).isEqualTo(Calibrators.best(p, y, w, 1));
  }

  @Test
  void should_keep_true_probabilities_true_when_sampled_rows_are_weighted_back() {
    Random random = new Random(5);
    int n = 200_000;
    double[] p = new double[n];
    double[] y = new double[n];
    int kept = 0;
    for (int row = 0; row < n; row++) {
      double probability = 0.02 + 0.2 * random.nextDouble();
      boolean positive = random.nextDouble() < probability;
      if (positive || random.nextDouble() < 0.1) {
        p[kept] = probability;
        y[kept++] = positive ? 1 : 0;
      }
    }
    p = Arrays.copyOf(p, kept);
    y = Arrays.copyOf(y, kept);
    double[] weights = RIGHT.sampledRows(0.1, true).weights(y);
    PlattCalibrator back = PlattCalibrator.fit(p, y, weights);
    assertThat(back.calibrate(0.1)).as("seed 5").isCloseTo(0.1, within(0.01));
    // What is refused: the sampling comes back into the probabilities.
    assertThat(PlattCalibrator.fit(p, y).calibrate(0.1)).isGreaterThan(0.4);
    assertThatThrownBy(() -> RIGHT.weights(new double[] {2}))
        .hasMessage("labels must be 0 or 1, but row 0 was 2.0");
  }
}
