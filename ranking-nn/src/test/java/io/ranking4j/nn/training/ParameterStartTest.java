package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParameterStartTest {
  private static final TaskGraph TASKS =
      TaskGraph.of(Task.binary("a"), Task.binary("b").positiveWeight(3), Task.binary("c"));

  /** Base rates: a 2 of 4; b 1 of 4, whose positive counts 3 times; c 1 of 2.5. */
  private static final EncodedLabels LABELS =
      new EncodedLabels(
          4,
          3,
          new float[] {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1},
          new float[] {1, 1, 1, 1, 1, 1, 1, 1, 0.5f, 1, 1, 0});

  private static float[] head(Start start) {
    PlanBuilder builder = new PlanBuilder(2);
    builder.output("a", builder.dense("a", builder.input(), 1, start));
    float[] parameters = new ParameterStart(TASKS, LABELS, 1, true).parameters(builder.build());
    return Arrays.copyOfRange(parameters, 2, 3);
  }

  private static float difference(Start whole, Start added) {
    return head(new Start.Difference(whole, added))[0];
  }

  @Test
  void should_start_heads_at_the_rates_that_the_loss_sees() {
    assertThat(head(new Start.BaseRate("a"))[0]).isCloseTo(0, within(1e-6f));
    assertThat(head(new Start.BaseRate("b"))[0]).isCloseTo(0, within(1e-6f));
    assertThat(head(new Start.BaseRate("c"))[0])
        .isCloseTo((float) Math.log(0.4 / 0.6), within(1e-6f));
    assertThat(difference(new Start.BaseRate("c"), new Start.BaseRate("a")))
        .isCloseTo((float) (Math.log(0.4 / 0.6) - Math.log(0.5 / 0.5)), within(1e-6f));
    // The head of a product that adds the parent's logit: log(0.8 / 0.2) less log(0.4 / 0.6).
    assertThat(difference(new Start.BaseRateRatio("c", "a"), new Start.BaseRate("c")))
        .isCloseTo((float) Math.log(6), within(1e-6f));
    // 0.4 / 0.5 = 0.8.
    assertThat(head(new Start.BaseRateRatio("c", "a"))[0])
        .isCloseTo((float) Math.log(4), within(1e-6f));
    // A ratio above 1 has no logit.
    assertThat(head(new Start.BaseRateRatio("a", "c"))[0]).isFinite().isGreaterThan(10);
    assertThat(head(new Start.Constant(0.5f))).containsExactly(0.5f);
  }

  @Test
  void should_start_heads_at_zero_when_base_rates_are_turned_off() {
    PlanBuilder builder = new PlanBuilder(2);
    builder.output("c", builder.dense("c", builder.input(), 1, new Start.BaseRate("c")));
    Plan plan = builder.build();
    float[] without = new ParameterStart(TASKS, LABELS, 1, false).parameters(plan);
    float[] with = new ParameterStart(TASKS, LABELS, 1, true).parameters(plan);

    assertThat(without[2]).isZero();
    assertThat(with[2]).isNotZero();
    assertThat(Arrays.copyOf(without, 2)).isEqualTo(Arrays.copyOf(with, 2));
  }

  @Test
  void should_draw_weights_within_the_limit_and_from_streams_of_their_own() {
    PlanBuilder one = new PlanBuilder(40);
    one.output("a", one.dense("x", one.input(), 50));
    PlanBuilder two = new PlanBuilder(40);
    Value before = two.dense("before", two.input(), 40);
    two.output("a", two.dense("x", before, 50));
    float[] alone = weights(one.build(), 1);
    double limit = Math.sqrt(6.0 / 90);

    assertThat(weights(two.build(), 1)).isEqualTo(alone);
    assertThat(weights(one.build(), 2)).isNotEqualTo(alone);
    double squares = 0;
    for (float weight : alone) {
      assertThat((double) weight).isBetween(-limit, limit);
      squares += (double) weight * weight;
    }
    assertThat(squares / alone.length).isCloseTo(limit * limit / 3, within(0.05 * limit * limit));
  }

  @Test
  void should_share_no_numbers_between_seeds_and_names() {
    PlanBuilder builder = new PlanBuilder(10);
    // These two names have the same hash code.
    Value z = builder.dense("Aa", builder.input(), 10);
    builder.output("a", builder.dense("BB", z, 10));
    Plan plan = builder.build();
    Set<Float> seen = new HashSet<>();
    int drawn = 0;
    for (long seed = 41; seed < 44; seed++) {
      float[] all = new ParameterStart(TASKS, LABELS, seed, true).parameters(plan);
      for (float value : all) {
        if (value != 0) {
          seen.add(value);
          drawn++;
        }
      }
    }
    assertThat(drawn).isEqualTo(600);
    assertThat(seen).hasSizeGreaterThan(595);
  }

  private static float[] weights(Plan plan, long seed) {
    Parameter x =
        plan.parameters().stream()
            .filter(parameter -> parameter.name().equals("x.weights"))
            .findFirst()
            .orElseThrow();
    float[] all = new ParameterStart(TASKS, LABELS, seed, true).parameters(plan);
    return Arrays.copyOfRange(all, x.offset(), x.offset() + x.size());
  }

  @Test
  void should_draw_tables_with_the_deviation() {
    ParameterStart start = new ParameterStart(TASKS, LABELS, 1, true);
    float[] values = start.table(new TableSpec("t", 1000, 8), 0.05).values();
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }

    assertThat(Math.sqrt(squares / values.length)).isCloseTo(0.05, within(0.002));
    for (float value : start.table(new TableSpec("t", 3, 2), 0).values()) {
      assertThat(value).isZero();
    }
    assertThat(start.table(new TableSpec("u", 1000, 8), 0.05).values()).isNotEqualTo(values);
  }
}
