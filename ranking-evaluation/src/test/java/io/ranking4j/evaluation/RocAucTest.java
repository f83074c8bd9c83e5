package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RocAucTest {

  /** The definition: every positive against every negative, by the product of their weights. */
  static double byDefinition(Predictions p) {
    double wins = 0;
    double pairs = 0;
    for (int i = 0; i < p.rows(); i++) {
      for (int j = 0; j < p.rows(); j++) {
        if (p.label(i) == 1 && p.label(j) == 0) {
          double weight = p.weight(i) * p.weight(j);
          pairs += weight;
          wins += weight * (1 + Math.signum(p.score(i) - p.score(j))) / 2;
        }
      }
    }
    return wins / pairs;
  }

  @Test
  void should_match_scikit_learn_when_scores_tie_and_rows_have_weights() {
    assertThat(RocAuc.compute(Predictions.of(Rows.Y6, Rows.S6)).value())
        .isCloseTo(.6666666667, within(1e-10));
    assertThat(RocAuc.compute(Predictions.of(Rows.Y6, Rows.S6, Rows.W6)).value())
        .isCloseTo(.5833333333, within(1e-10));
    assertThat(
            RocAuc.compute(
                    Predictions.of(new double[] {0, 0, 1, 1}, new double[] {.1, .4, .35, .8}))
                .value())
        .isEqualTo(.75);
  }

  @Test
  void should_be_one_half_when_every_score_is_the_same() {
    assertThat(RocAuc.compute(Predictions.of(Rows.Y8, new double[8])).value()).isEqualTo(.5);
  }

  @Test
  void should_take_negative_and_positive_zero_for_the_same_score() {
    Predictions predictions = Predictions.of(new double[] {1, 0}, new double[] {0.0, -0.0});
    assertThat(RocAuc.compute(predictions).value()).isEqualTo(.5);
  }

  @Test
  void should_match_the_definition_when_rows_are_random_with_ties_and_weights() {
    int defined = 0;
    for (long seed = 0; seed < 300; seed++) {
      Rows rows = Rows.random(seed, 2 + (int) (seed % 90));
      for (Predictions predictions : new Predictions[] {rows.weighted(), rows.unweighted()}) {
        MetricValue auc = RocAuc.compute(predictions);
        double expected = byDefinition(predictions);
        assertThat(auc.isDefined()).as("seed %d", seed).isEqualTo(!Double.isNaN(expected));
        if (auc.isDefined()) {
          defined++;
          assertThat(auc.value()).as("seed %d", seed).isCloseTo(expected, within(1e-12));
        }
      }
    }
    assertThat(defined).isGreaterThan(500);
  }
}
