package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationCurveTest {

  @Test
  void should_match_scikit_learn_when_two_bins_separate_the_classes() {
    Predictions predictions =
        Predictions.of(new double[] {0, 0, 0, 1, 1, 1}, new double[] {0, .1, .2, .8, .9, 1});
    for (CalibrationCurve curve :
        List.of(
            CalibrationCurve.equalWidth(predictions, 2),
            CalibrationCurve.equalMass(predictions, 2))) {
      assertThat(curve.bins())
          .extracting(CalibrationCurve.Bin::observedRate)
          .containsExactly(0.0, 1.0);
      assertThat(curve.bins()).extracting(CalibrationCurve.Bin::count).containsExactly(3, 3);
      assertThat(curve.bins().get(0).meanPredicted()).isCloseTo(.1, within(1e-15));
      assertThat(curve.bins().get(1).meanPredicted()).isCloseTo(.9, within(1e-15));
    }
  }

  @Test
  void should_report_edges_counts_weights_and_intervals() {
    CalibrationCurve curve =
        CalibrationCurve.equalWidth(Predictions.of(Rows.Y6, Rows.S6, Rows.W6), 2);
    CalibrationCurve.Bin low = curve.bins().get(0);
    assertThat(low.lower()).isZero();
    assertThat(low.upper()).isEqualTo(.5);
    assertThat(low.count()).isEqualTo(5);
    assertThat(low.weight()).isEqualTo(9);
    assertThat(low.observedRate()).isCloseTo(3 / 9.0, within(1e-15));
    double effective = 81 / 19.0;
    Interval expected = WilsonInterval.of(effective / 3, effective);
    assertThat(low.observedInterval().lower()).isCloseTo(expected.lower(), within(1e-14));
    assertThat(low.observedInterval().upper()).isCloseTo(expected.upper(), within(1e-14));
    assertThat(curve.bins().get(1).count()).isEqualTo(1);
  }

  @Test
  void should_put_every_edge_on_its_closed_side() {
    for (int bins = 1; bins <= 200; bins++) {
      for (int edge = 1; edge < bins; edge++) {
        Predictions one = Predictions.of(new double[] {0}, new double[] {(double) edge / bins});
        CalibrationCurve right = CalibrationCurve.equalWidth(one, bins, ClosedSide.RIGHT);
        CalibrationCurve left = CalibrationCurve.equalWidth(one, bins, ClosedSide.LEFT);
        assertThat(right.bins().get(0).upper()).as("%d/%d", edge, bins).isEqualTo(one.score(0));
        assertThat(left.bins().get(0).lower()).as("%d/%d", edge, bins).isEqualTo(one.score(0));
      }
    }
  }

  @Test
  void should_keep_zero_and_one_inside_whichever_side_is_closed() {
    Predictions ends = Predictions.of(new double[] {0, 1}, new double[] {0, 1});
    for (ClosedSide side : ClosedSide.values()) {
      CalibrationCurve curve = CalibrationCurve.equalWidth(ends, 4, side);
      assertThat(curve.bins()).extracting(CalibrationCurve.Bin::lower).containsExactly(0.0, .75);
      assertThat(curve.bins()).extracting(CalibrationCurve.Bin::upper).containsExactly(.25, 1.0);
    }
  }

  @Test
  void should_keep_equal_predictions_in_one_bin_when_bins_have_equal_mass() {
    Predictions tied =
        Predictions.of(new double[] {0, 1, 0, 1, 1}, new double[] {.5, .5, .5, .5, .9});
    CalibrationCurve curve = CalibrationCurve.equalMass(tied, 4);
    assertThat(curve.bins()).extracting(CalibrationCurve.Bin::count).containsExactly(4, 1);
    assertThat(curve.bins()).extracting(CalibrationCurve.Bin::lower).containsExactly(.5, .9);
    assertThat(curve.bins()).extracting(CalibrationCurve.Bin::upper).containsExactly(.5, .9);
  }

  @Test
  void should_have_no_bins_when_nothing_has_weight() {
    Predictions zero = Predictions.of(Rows.Y6, Rows.S6, new double[6]);
    assertThat(CalibrationCurve.equalWidth(zero, 5).bins()).isEmpty();
    assertThat(CalibrationCurve.equalMass(zero, 5).bins()).isEmpty();
  }
}
