package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OfflineOnlineTest {

  private static final double[] X = {.1, .4, -.2, .8, .5, 0};
  private static final double[] Y = {.05, .3, -.1, .9, .2, .1};

  @Test
  void should_match_scipy_when_there_are_six_experiments() {
    OfflineOnline.Agreement wr = OfflineOnline.compute(Map.of("wr@20", X), Y).agreements().get(0);
    assertThat(wr.pairs()).isEqualTo(6);
    assertThat(wr.pearson().value()).isCloseTo(.9008612160, within(1e-10));
    assertThat(wr.pValue()).isCloseTo(.0142555551, within(1e-10));
    assertThat(wr.logPValue().value()).isCloseTo(Math.log(.0142555551), within(1e-8));
    assertThat(wr.interval().lower()).isCloseTo(.33210, within(5e-6));
    assertThat(wr.interval().upper()).isCloseTo(.98921, within(5e-6));
    assertThat(wr.spearman().value()).isCloseTo(.8857143, within(1e-7));
    assertThat(wr.kendall().value()).isCloseTo(.7333333, within(1e-7));
    assertThat(wr.sameSign().value()).isEqualTo(1);
    double least = 1;
    for (int out = 0; out < 6; out++) {
      double[] x = new double[5];
      double[] y = new double[5];
      for (int i = 0, to = 0; i < 6; i++) {
        if (i != out) {
          x[to] = X[i];
          y[to++] = Y[i];
        }
      }
      least = Math.min(least, Pearson.compute(x, y).value());
    }
    assertThat(wr.leaveOneOut().lower()).isCloseTo(least, within(1e-12));
    assertThat(wr.leaveOneOut().upper()).isGreaterThan(wr.pearson().value());
  }

  @Test
  void should_trust_nothing_when_experiments_are_few() {
    OfflineOnline.Verdict verdict = OfflineOnline.compute(Map.of("wr@20", X), Y).verdict();
    assertThat(verdict.metric()).isNull();
    assertThat(verdict.caveats())
        .containsExactly(
            "6 experiments are too few to trust any metric; 10 are the least.",
            "With 6 experiments the correlation of wr@20 lies anywhere in [0.33, 0.99].");
  }

  @Test
  void should_prefer_the_metric_that_tracks_the_online_uplift() {
    Random random = new Random(8);
    int n = 60;
    double[] online = new double[n];
    double[] good = new double[n];
    double[] noise = new double[n];
    double[] rarelyGood = new double[n];
    for (int i = 0; i < n; i++) {
      online[i] = random.nextGaussian();
      good[i] = online[i] + .5 * random.nextGaussian();
      noise[i] = random.nextGaussian();
      rarelyGood[i] = i < 4 ? online[i] : Double.NaN;
    }
    OfflineOnline compared =
        OfflineOnline.compute(
            Map.of("auc", noise, "wr@20", good, "rare", rarelyGood, "flat", new double[n]), online);
    assertThat(compared.agreements())
        .extracting(OfflineOnline.Agreement::metric)
        .startsWith("wr@20")
        .endsWith("flat");
    OfflineOnline.Agreement flat = compared.agreements().get(3);
    assertThat(flat.pearson().undefinedBecause()).isEqualTo("every x is 0.0");
    assertThat(flat.logPValue().value()).isNaN();
    assertThat(flat.sameSign().undefinedBecause())
        .isEqualTo("no experiment has two uplifts other than 0");
    assertThat(compared.verdict().metric()).isEqualTo("wr@20");
    assertThat(compared.verdict().caveats()).isNotEmpty();
  }

  @Test
  void should_warn_when_one_experiment_decides() {
    double[] x = {.1, -.1, .1, -.1, .1, -.1, .1, -.1, .1, -.1, 0, 50};
    double[] y = {.1, -.1, -.1, .1, .1, -.1, -.1, .1, -.1, .1, 0, 50};
    OfflineOnline.Verdict verdict = OfflineOnline.compute(Map.of("auc", x), y).verdict();
    assertThat(verdict.caveats())
        .anyMatch(caveat -> caveat.startsWith("One experiment decides: without it"));
  }

  @Test
  void should_go_on_when_the_p_value_is_too_small_for_a_double() {
    double[] line = new double[400];
    double[] nearly = new double[400];
    for (int i = 0; i < line.length; i++) {
      line[i] = i;
      nearly[i] = i + (i % 2) * 1e-2;
    }
    OfflineOnline.Agreement agreement =
        OfflineOnline.compute(Map.of("auc", line), nearly).agreements().get(0);
    assertThat(agreement.pValue()).isZero();
    assertThat(agreement.logPValue().value()).isBetween(-1e5, -800.0);
  }

  @Test
  void should_refuse_uplifts_that_do_not_fit() {
    assertThatThrownBy(() -> OfflineOnline.compute(Map.of(), Y))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OfflineOnline.compute(Map.of("auc", new double[2]), Y))
        .hasMessage("uplifts of auc must have as many rows as online uplifts, 6, but had 2");
    assertThatThrownBy(() -> OfflineOnline.compute(Map.of("auc", X), new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
