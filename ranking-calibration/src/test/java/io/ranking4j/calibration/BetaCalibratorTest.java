package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.calibration.BetaCalibrator.Form;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BetaCalibratorTest {
  private static final double[] P = {.05, .22, .31, .58, .71, .9, .83, .95};
  private static final double[] Y = {0, 0, 1, 0, 1, 1, 0, 1};
  private static final double[] W = {1, 2, 1, 1, 3, 2, .5, 1};
  private static final double LN_2 = 0.6931471805599453;

  /** The expected numbers are the optima without a ridge, by Newton's method in 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "ABM, false, 0.651061864224436, 0.760034512024285, -0.408013549630562",
    "AM, false, 0.710720623366076, 0.710720623366076, -0.305989203516669",
    "AB, false, 0.951908442442483, 0.450579438495127, 0.3474947856190",
    "ABM, true, 1.75545844797656, 0.796842352116068, 0.956913767592967",
    "AM, true, 1.24087150265103, 1.24087150265103, 0.143868787387503",
    "AB, true, 1.33009180243563, 1.20995002784122, 0.0832759323276"
  })
  void should_match_reference_when_optimum_is_inside(
      Form form, boolean weighted, double a, double b, double c) {
    double[] weights = weighted ? W : Observations.unitWeights(P.length);
    BetaCalibrator fitted = BetaCalibrator.fit(form, P, Y, weights);
    assertThat(fitted.a()).isCloseTo(a, within(2e-8));
    assertThat(fitted.b()).isCloseTo(b, within(2e-8));
    assertThat(fitted.c()).isCloseTo(c, within(2e-8));
  }

  /**
   * The loss is convex, so a point is the optimum under a, b >= 0 exactly where the gradient is 0
   * in what is free and not negative in what stands at 0.
   */
  @ParameterizedTest
  @EnumSource(Form.class)
  void should_satisfy_the_optimality_conditions_when_data_are_random(Form form) {
    long seed = 31;
    Random random = new Random(seed);
    int constrained = 0;
    int free = 0;
    for (int trial = 0; trial < 200; trial++) {
      int rows = 30 + random.nextInt(100);
      double slope = 2 * random.nextDouble() - 0.4;
      double[] p = new double[rows];
      double[] y = new double[rows];
      double[] w = new double[rows];
      for (int i = 0; i < rows; i++) {
        double z = 1.5 * random.nextGaussian();
        p[i] = LogOdds.sigmoid(z);
        y[i] = random.nextDouble() < LogOdds.sigmoid(slope * z - 0.5) ? 1 : 0;
        w[i] = 0.2 + random.nextDouble();
      }
      BetaCalibrator fitted = BetaCalibrator.fit(form, p, y, w);
      double[] gradient = gradient(form, fitted, p, y, w);
      String seen = "trial %d, seed %d, %s".formatted(trial, seed, fitted);
      double[] coefficients =
          form == Form.AM ? new double[] {fitted.a()} : new double[] {fitted.a(), fitted.b()};
      for (int j = 0; j < coefficients.length; j++) {
        if (coefficients[j] == 0) {
          constrained++;
          assertThat(gradient[j]).as(seen).isGreaterThan(-1e-4);
        } else {
          free++;
          assertThat(gradient[j]).as(seen).isCloseTo(0, within(1e-4));
        }
      }
      if (form != Form.AB) {
        assertThat(gradient[2]).as(seen).isCloseTo(0, within(1e-4));
      }
    }
    assertThat(constrained).isGreaterThan(20);
    assertThat(free).isGreaterThan(100);
  }

  private static double[] gradient(
      Form form, BetaCalibrator at, double[] p, double[] y, double[] w) {
    double[] gradient = new double[3];
    double inColumns = form == Form.AB ? LN_2 : 0;
    for (int i = 0; i < p.length; i++) {
      double residual = w[i] * (at.calibrate(p[i]) - y[i]);
      double positive = Math.log(p[i]) + inColumns;
      double negative = -Math.log1p(-p[i]) - inColumns;
      gradient[0] += residual * (form == Form.AM ? positive + negative : positive);
      gradient[1] += residual * negative;
      gradient[2] += residual;
    }
    return gradient;
  }

  @Test
  void should_beat_every_point_of_a_grid() {
    BetaCalibrator fitted = BetaCalibrator.fit(P, Y, W);
    double best = loss(fitted);
    // The minimum that SciPy finds.
    assertThat(best).isCloseTo(4.64553519631532, within(1e-9));
    for (double a = 0; a <= 4; a += 0.1) {
      for (double b = 0; b <= 4; b += 0.1) {
        for (double c = -3; c <= 3; c += 0.1) {
          assertThat(loss(new BetaCalibrator(a, b, c))).isGreaterThanOrEqualTo(best - 1e-9);
        }
      }
    }
  }

  private static double loss(BetaCalibrator beta) {
    double loss = 0;
    for (int i = 0; i < P.length; i++) {
      double q = beta.calibrate(P[i]);
      loss -= W[i] * Math.log(Y[i] == 1 ? q : 1 - q);
    }
    return loss;
  }

  @Test
  void should_be_the_identity_when_labels_follow_the_probabilities() {
    long seed = 8;
    Random random = new Random(seed);
    int rows = 400_000;
    double[] p = new double[rows];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      p[i] = random.nextDouble();
      y[i] = random.nextDouble() < p[i] ? 1 : 0;
    }
    BetaCalibrator fitted = BetaCalibrator.fit(p, y);
    for (double q = 0.05; q < 1; q += 0.1) {
      assertThat(fitted.calibrate(q)).as("seed %d", seed).isCloseTo(q, within(0.005));
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void should_stay_finite_when_classes_do_not_overlap_or_run_backwards(Form form) {
    double[] p = {0, 0.1, 0.9, 1};
    BetaCalibrator separated =
        BetaCalibrator.fit(form, p, new double[] {0, 0, 1, 1}, new double[] {1, 1, 1, 1});
    assertThat(separated.calibrate(0.1)).isLessThan(0.01);
    assertThat(separated.calibrate(0.9)).isGreaterThan(0.99);
    BetaCalibrator reversed =
        BetaCalibrator.fit(form, p, new double[] {1, 1, 0, 0}, new double[] {1, 1, 1, 1});
    assertThat(reversed).isEqualTo(new BetaCalibrator(0, 0, reversed.c()));
    assertThat(reversed.calibrate(0.1)).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void should_refuse_parameters_when_out_of_range() {
    assertThatThrownBy(() -> new BetaCalibrator(-1, 1, 0))
        .hasMessage("a of beta calibration must be at least 0 and finite, but was -1.0");
    assertThatThrownBy(() -> new BetaCalibrator(1, Double.POSITIVE_INFINITY, 0))
        .hasMessage("b of beta calibration must be at least 0 and finite, but was Infinity");
    assertThatThrownBy(() -> new BetaCalibrator(1, 1, Double.NaN))
        .hasMessage("c of beta calibration must be finite, but was NaN");
  }

  /**
   * Scores and labels of the tests of the method's reference implementation (Kull, Silva Filho and
   * Flach 2017), with the optimum found by two other programs.
   */
  @Test
  void should_match_reference_on_the_data_of_the_reference_implementation() {
    double[] p = {
      0.43155171, 0.81164906, 0.66544901, 0.53177918, 0.15549116, 0.16259166, 0.36480309,
      0.81877874, 0.94360637, 0.73610746, 0.55979712, 0.85662239, 0.38039252, 0.7806386,
      0.38548359, 0.7468978, 0.26136641, 0.21377051, 0.01270956, 0.05394571, 0.51571459,
      0.31820521, 0.65717799, 0.25428535, 0.45378324, 0.62464611, 0.20519146, 0.87777557,
      0.11439908, 0.53848995, 0.64487573, 0.08061064, 0.46484883, 0.40406019, 0.81670188,
      0.9357303, 0.40183604, 0.09328503, 0.9462795, 0.26967112
    };
    double[] y = new double[p.length];
    for (int positive : new int[] {1, 2, 7, 8, 9, 11, 12, 20, 25, 30, 33, 34, 35, 38}) {
      y[positive] = 1;
    }
    BetaCalibrator fitted = BetaCalibrator.fit(p, y);
    assertThat(fitted.a()).isCloseTo(2.805166, within(1e-6));
    assertThat(fitted.b()).isCloseTo(.497713, within(1e-6));
    assertThat(fitted.c()).isCloseTo(.802960, within(1e-6));
    double loss = 0;
    for (int row = 0; row < p.length; row++) {
      double q = fitted.calibrate(p[row]);
      loss -= Math.log(y[row] == 1 ? q : 1 - q);
    }
    assertThat(loss).isCloseTo(16.408429, within(1e-6));
  }
}
