package io.ranking4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.onnx.TestModels.SumKind;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A plan with every kind of step, whatever architectures use today. */
class StepsTest {
  private static final TaskGraph TASKS =
      TaskGraph.of(Task.of("hidden", new SumKind(6)), Task.binary("click"));

  private static Plan plan(int width) {
    PlanBuilder plan = new PlanBuilder(width);
    Value a = plan.dense("a", plan.input(), 6);
    Value first = a;
    Value b = plan.dense("b", plan.columns(plan.input(), 3, 9), 6, (Start) null);
    for (Activation activation : Activation.values()) {
      a = plan.activate("a" + activation, a, activation);
      b = plan.batchNorm("b" + activation, plan.activate("b" + activation, b, activation));
    }
    Value shares = plan.softmax(plan.columns(b, 0, 6), 2);
    Value mixed = plan.mixture(shares, plan.concat(List.of(a, b)), 3);
    Value again = plan.denseAgain(first, plan.input());
    Value dots = plan.dot(plan.columns(mixed, 2, 6), again, 3, 0.7);
    Value pairs = plan.pairs(plan.concat(List.of(again, dots, dots)), 3);
    Value more = plan.concat(List.of(dots, pairs));
    a = plan.add(a, plan.activate("more", more, Activation.TANH));
    Value product = plan.multiply(a, b);
    Value joint = plan.logitOfProduct(a, plan.add(product, b));
    Value all = plan.dropout(plan.concat(List.of(joint, a, product)), 0.3);
    plan.output("hidden", plan.columns(all, 2, 6));
    plan.output("click", plan.dense("head", all, 1));
    return plan.build();
  }

  @Test
  void should_have_every_kind_of_step() {
    Set<Class<?>> used =
        plan(20).steps().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrder(Step.class.getPermittedSubclasses());
  }

  @Test
  void should_give_what_the_scorer_gives_when_the_plan_has_every_kind_of_step()
      throws IOException, OrtException {
    RankingModel model = TestModels.random(3, TASKS, layout -> plan(layout.width()));
    Dataset data = TestLog.rows(4, 50);
    try (Exported exported = Exported.of(OnnxExport.of(model).raw("hidden"));
        Scorer scorer = Scorer.of(model)) {
      var expected = scorer.score(data);
      var actual = exported.run(OnnxInputs.of(model.encoder().encode(data)));
      Exported.assertClose(
          "click",
          Objects.requireNonNull(actual.get("click")),
          Objects.requireNonNull(expected.get("click")));
      float[] hidden = Objects.requireNonNull(actual.get("hidden"));
      float[] sums = new float[data.rows()];
      for (int i = 0; i < hidden.length; i++) {
        sums[i / 6] += hidden[i];
      }
      Exported.assertClose("hidden", sums, Objects.requireNonNull(expected.get("hidden")));
    }
  }

  @Test
  void should_multiply_probabilities_without_overflow_when_logits_are_extreme()
      throws IOException, OrtException {
    TaskGraph tasks = TaskGraph.of(Task.of("joint", new SumKind(1)));
    RankingModel random =
        TestModels.random(
            1,
            TestLog.everyKind(),
            TestLog.rows(1, 50),
            tasks,
            layout -> {
              PlanBuilder plan = new PlanBuilder(layout.width());
              Value a = plan.dense("a", plan.input(), 1);
              Value b = plan.dense("b", plan.input(), 1);
              plan.output("joint", plan.logitOfProduct(a, b));
              return plan.build();
            });
    float[] parameters = random.parameters();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 90;
    }
    RankingModel model =
        new RankingModel(
            random.encoder(),
            random.tables(),
            random.plan(),
            parameters,
            random.states(),
            random.outputs(),
            random.provenance());
    Dataset data = TestLog.rows(2, 100);
    try (Exported exported = Exported.of(OnnxExport.of(model).raw("joint"));
        Scorer scorer = Scorer.of(model)) {
      double[] expected = Objects.requireNonNull(scorer.score(data).get("joint"));
      float[] actual =
          Objects.requireNonNull(
              exported.run(OnnxInputs.of(model.encoder().encode(data))).get("joint"));
      assertThat(Arrays.stream(expected).min().orElseThrow()).isLessThan(-100);
      for (int r = 0; r < expected.length; r++) {
        assertThat(Math.abs(actual[r] - expected[r]))
            .as("row %d, of %s", r, expected[r])
            .isLessThanOrEqualTo(1e-5 * Math.max(Math.abs(expected[r]), 10));
      }
    }
  }
}
