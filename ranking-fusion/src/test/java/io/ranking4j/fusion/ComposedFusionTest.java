package io.ranking4j.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.error.DataException;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.spi.Fusion;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposedFusionTest {
  private static final LinearFusion CLICK = LinearFusion.of(Map.of("click", 1.0));
  private static final LinearFusion ORDER = LinearFusion.of(Map.of("order", 10.0));

  private static CandidatePredictions predictions() {
    return new CandidatePredictions(
        4,
        Map.of(
            "click", new double[] {.1, .9, .5, .4},
            "order", new double[] {.01, .02, .03, .04},
            "hide", new double[] {0, .5, .1, .6}),
        Map.of("surface", new double[] {0, 1, 2, 1}));
  }

  private static double[] fuse(Fusion fusion, CandidatePredictions predictions) {
    double[] utility = new double[predictions.size()];
    fusion.fuse(predictions, utility);
    for (int i = 0; i < utility.length; i++) {
      assertThat(fusion.explain(predictions, i).value()).isEqualTo(utility[i]);
    }
    return utility;
  }

  @Test
  void should_mix_the_sum_with_the_logarithm_of_the_product() {
    LogLinearFusion fusion =
        LogLinearFusion.of(CLICK, MultiplicativeFusion.of(Map.of("click", .5, "order", -1.0)), .25);
    double[] utility = fuse(fusion, predictions());
    assertThat(utility[1])
        .isEqualTo(.75 * .9 + .25 * (.5 * Math.log(.9) - Math.log(.02)), within(1e-12));
    Explanation explanation = fusion.explain(predictions(), 1);
    assertThat(explanation.details().stream().mapToDouble(Explanation::value).sum())
        .isEqualTo(utility[1], within(1e-12));
    assertThatThrownBy(
            () -> LogLinearFusion.of(CLICK, MultiplicativeFusion.of(Map.of("a", 1.0)), 2))
        .hasMessage("the share of the logarithm must be in [0, 1], but was 2.0");
  }

  @Test
  void should_use_the_fusion_of_each_band() {
    Fusion fusion = BandedFusion.bySignal("surface", CLICK).from(1, ORDER).from(2, CLICK);
    assertThat(fuse(fusion, predictions())).containsExactly(.1, .2, .5, .4);
    assertThat(fusion.tasks()).containsExactlyInAnyOrder("click", "order");
    assertThat(fusion.signals()).containsExactly("surface");
    assertThat(fusion.explain(predictions(), 1).toString())
        .contains("that of the band from 1.0 of signal 'surface'");
    CandidatePredictions noSurface =
        new CandidatePredictions(
            1,
            Map.of("click", new double[1], "order", new double[1]),
            Map.of("surface", new double[] {Double.NaN}));
    assertThatThrownBy(() -> fusion.fuse(noSurface, new double[1]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("signal 'surface' of candidate 0");
  }

  @Test
  void should_put_last_what_breaks_a_guard_rail() {
    Fusion fusion = GuardedFusion.of(CLICK).lastWhereTaskAbove("hide", .2);
    double[] utility = fuse(fusion, predictions());
    assertThat(utility[0]).isEqualTo(.1);
    assertThat(utility[2]).isEqualTo(.5);
    assertThat(utility[1]).isLessThan(.1);
    assertThat(utility[1] - utility[3]).isEqualTo(.5, within(1e-12));
    assertThat(fusion.explain(predictions(), 1).toString())
        .contains("task 'hide' breaks the guard rail: last where task:hide > 0.2");
  }

  @Test
  void should_order_by_rails_first_and_by_utility_then() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int n = 50;
      double[] click = random.doubles(n).map(u -> Math.pow(u, 20)).toArray();
      double[] a = random.doubles(n).toArray();
      double[] b = random.doubles(n).toArray();
      CandidatePredictions predictions =
          new CandidatePredictions(n, Map.of("click", click, "a", a, "b", b), Map.of());
      Fusion fusion =
          GuardedFusion.of(CLICK).lastWhereTaskAbove("a", .7).lastWhereTaskBelow("b", .4);
      double[] utility = fuse(fusion, predictions);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          int levelI = (a[i] > .7 ? 2 : 0) + (b[i] < .4 ? 1 : 0);
          int levelJ = (a[j] > .7 ? 2 : 0) + (b[j] < .4 ? 1 : 0);
          if (levelI < levelJ || (levelI == levelJ && click[i] > click[j] + 1e-9)) {
            assertThat(utility[i])
                .as("seed %d, %d before %d", seed, i, j)
                .isGreaterThan(utility[j]);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log_linear | {'share':2,'linear.task:a':1,'log.task:a':1} | must be in [0, 1]",
        "log_linear | {'linear.task:a':1,'log.task:a':1} | property 'share' is needed",
        "log_linear | {'share':0.5,'linear.task:a':1,'other.task:a':1} | unknown property",
        "banded | {'by':'signal:s'} | 'band0', must have no 'from'",
        "banded | {'by':'x','band0.type':'linear','band0.task:a':1} | must be of the form",
        "banded | {'by':'task:a*task:b','band0.type':'linear','band0.task:a':1} | on one task",
        "banded | {'by':'task:a','band0.type':'linear','band0.task:a':1,'band1.type':'linear',"
            + "'band1.task:a':1} | property 'band1.from' must be a number",
        "guarded | {'guard0':'task:hide > 1'} | needs the property 'inner.type'",
        "guarded | {'guard0':'task:hide = 1','inner.type':'linear'} | must be of the form",
        "guarded | {'guard1':'task:hide > 1','inner.type':'linear','inner.task:a':1} | unknown"
            + " property 'guard1'",
      })
  void should_refuse_properties_that_make_no_fusion(
      String type, String properties, String message) {
    String json = "{'type':'" + type + "','properties':" + properties + "}";
    assertThatThrownBy(() -> Fusions.fromJson(json.replace('\'', '"')))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void should_be_validated_against_a_model_through_all_levels() {
    Fusion fusion =
        GuardedFusion.of(BandedFusion.byTask("click", CLICK).from(.5, ORDER))
            .lastWhereTaskAbove("hide", .2);
    Fusions.validate(fusion, List.of("click", "order", "hide"), List.of());
    assertThatThrownBy(() -> Fusions.validate(fusion, List.of("click", "order"), List.of()))
        .hasMessage("unknown task 'hide', known are [click, order]");
  }
}
