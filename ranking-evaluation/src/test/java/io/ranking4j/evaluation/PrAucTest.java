package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PrAucTest {

  /** Precision and recall of every threshold from scratch. */
  private static double byDefinition(Predictions p, boolean trapezoidal) {
    TreeSet<Double> thresholds = new TreeSet<>();
    for (int i = 0; i < p.rows(); i++) {
      thresholds.add(p.score(i));
    }
    double area = 0;
    double lastRecall = 0;
    double lastPrecision = 1;
    for (double threshold : thresholds.descendingSet()) {
      double hits = 0;
      double predicted = 0;
      for (int i = 0; i < p.rows(); i++) {
        if (p.score(i) >= threshold) {
          predicted += p.weight(i);
          hits += p.weight(i) * p.label(i);
        }
      }
      if (predicted > 0) {
        double recall = hits / p.positiveWeight();
        double precision = hits / predicted;
        area += (recall - lastRecall) * (trapezoidal ? (precision + lastPrecision) / 2 : precision);
        lastRecall = recall;
        lastPrecision = precision;
      }
    }
    return area;
  }

  @Test
  void should_match_scikit_learn_when_scores_tie_and_rows_have_weights() {
    Predictions six = Predictions.of(Rows.Y6, Rows.S6);
    assertThat(PrAuc.compute(six).value()).isCloseTo(.7, within(1e-14));
    assertThat(PrAuc.compute(Predictions.of(Rows.Y6, Rows.S6, Rows.W6)).value())
        .isCloseTo(.5486111111, within(1e-10));
    assertThat(PrAuc.trapezoidal(six).value()).isCloseTo(.7666666667, within(1e-10));
    Predictions four = Predictions.of(new double[] {0, 0, 1, 1}, new double[] {.1, .4, .35, .8});
    assertThat(PrAuc.compute(four).value()).isCloseTo(.8333333, within(1e-7));
    assertThat(PrAuc.trapezoidal(four).value()).isCloseTo(.7916667, within(1e-7));
  }

  @Test
  void should_be_the_base_rate_when_every_score_is_the_same() {
    Predictions constant = Predictions.of(new double[] {0, 1, 0, 0}, new double[] {.3, .3, .3, .3});
    assertThat(PrAuc.compute(constant).value()).isEqualTo(.25);
  }

  @Test
  void should_match_the_definition_when_rows_are_random_with_ties_and_weights() {
    for (long seed = 0; seed < 200; seed++) {
      Predictions predictions = Rows.random(seed, 20 + (int) (seed % 50)).weighted();
      assertThat(PrAuc.compute(predictions).value())
          .as("seed %d", seed)
          .isCloseTo(byDefinition(predictions, false), within(1e-12));
      assertThat(PrAuc.trapezoidal(predictions).value())
          .as("seed %d", seed)
          .isCloseTo(byDefinition(predictions, true), within(1e-12));
    }
  }
}
