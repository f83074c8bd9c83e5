package io.ranking4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.Progressive;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.architecture.WideTerm;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Part;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.OrdinalKind;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every architecture over every kind of feature gives in ONNX Runtime what the scorer gives. */
class ArchitecturesTest {
  private static final Task CLICK = Task.binary("click");
  private static final Task LIKE = Task.binary("like");
  private static final Task ORDER = Task.binary("order");
  private static final String DOMAINS = "+domains=age,price";

  /** Every name that the library knows, and what may stand behind it. */
  static Stream<Arguments> names() {
    return Stream.concat(
            Architectures.names().stream()
                .map(name -> name.equals("domain-towers") ? name + DOMAINS : name),
            Stream.of(
                "nse+fm", "resflow+cross2+fm", "escm2-dr+fm", "mmoe+cross" + DOMAINS, "ple+cross"))
        .flatMap(
            name ->
                Stream.of(
                    Arguments.of(chain(Residual.both("click")), Architectures.of(name, 8, 5)),
                    Arguments.of(chain(Residual.none("click")), Architectures.of(name, 8))));
  }

  static Stream<Arguments> architectures() {
    return Stream.concat(names(), switches());
  }

  private static Stream<Arguments> switches() {
    Mlp full = Mlp.of(9, 6).batchNorm(true).dropout(0.2);
    return Stream.of(
        Arguments.of(chain(Residual.both("click")), new ResFlow(Mlp.of(7), full)),
        Arguments.of(chain(Residual.features("click")), new ResFlow(Mlp.of(), full)),
        Arguments.of(chain(Residual.features("click", 2)), ResFlow.of(8, 5).shared(6)),
        Arguments.of(chain(Residual.logit("click")), ResFlow.of(8)),
        Arguments.of(chain(Residual.logit("click")), ResFlow.of()),
        Arguments.of(TaskGraph.of(CLICK, LIKE), SharedBottom.of(8, 5)),
        Arguments.of(TaskGraph.of(CLICK, LIKE), SharedBottom.of(8)),
        Arguments.of(
            TaskGraph.of(CLICK, LIKE), new SharedBottom(full.activation(Activation.RELU), full)),
        Arguments.of(
            TaskGraph.of(CLICK, LIKE), new SeparateTowers(full.activation(Activation.TANH))),
        Arguments.of(
            TaskGraph.of(CLICK), new SeparateTowers(Mlp.of(8).activation(Activation.SIGMOID))),
        Arguments.of(
            TaskGraph.of(CLICK), new SeparateTowers(Mlp.of(8).activation(Activation.SOFTPLUS))),
        Arguments.of(
            TaskGraph.of(CLICK), new SeparateTowers(Mlp.of(8, 4).activation(Activation.NONE))),
        Arguments.of(chain(Residual.none("click")), Esmm.of(8, 5)),
        Arguments.of(
            chain(Residual.both("click")),
            new WideTerm(Architectures.of("resflow", 8, 5), List.of())),
        Arguments.of(
            TaskGraph.of(
                CLICK,
                LIKE.residual(Residual.none("click")),
                ORDER.residual(Residual.none("like"))),
            new Esmm(full.activation(Activation.RELU))));
  }

  /** Without what only a loss reads, as training gives it. */
  private static Plan served(Plan plan, TaskGraph tasks) {
    return Part.of(plan, tasks.names()).plan();
  }

  private static TaskGraph chain(Residual link) {
    return TaskGraph.of(CLICK, ORDER.residual(link));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("architectures")
  void should_give_what_the_scorer_gives_when_exported(TaskGraph tasks, Architecture architecture)
      throws IOException, OrtException {
    RankingModel model =
        TestModels.random(5, tasks, layout -> served(architecture.plan(layout, tasks), tasks));
    Dataset data = TestLog.rows(6, 200);

    Exported.assertAgrees(model, data);

    try (Scorer scorer = Scorer.of(model)) {
      scorer
          .score(data)
          .forEach(
              (task, values) ->
                  assertThat(Arrays.stream(values).max().orElseThrow())
                      .as("differences between rows are what is tested: %s", task)
                      .isGreaterThan(Arrays.stream(values).min().orElseThrow() + 0.005));
    }
  }

  /** ONNX has no means of thresholds; the logits are what is exported. */
  @Test
  void should_give_the_logits_of_thresholds_when_regression_is_progressive()
      throws IOException, OrtException {
    OrdinalKind kind = OrdinalKind.of(0, 9, 1, 2, 4);
    TaskGraph tasks = TaskGraph.of(Task.of("minutes", kind), CLICK);
    RankingModel model =
        TestModels.random(5, tasks, layout -> Progressive.of(8, 5).plan(layout, tasks));
    Dataset data = TestLog.rows(6, 50);
    try (Exported exported = Exported.of(OnnxExport.of(model).raw("minutes"));
        Scorer scorer = Scorer.of(model)) {
      double[] expected = Objects.requireNonNull(scorer.score(data).get("minutes"));
      float[] logits =
          Objects.requireNonNull(
              exported.run(OnnxInputs.of(model.encoder().encode(data))).get("minutes"));
      for (int r = 0; r < expected.length; r++) {
        assertThat(kind.predict(logits, r * kind.width()))
            .as("row %d", r)
            .isCloseTo(expected[r], within(9e-5)); // 1e-5 of the range of the values
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 400})
  void should_take_any_number_of_rows(int rows) throws IOException, OrtException {
    Exported.assertAgrees(resFlow(), TestLog.rows(7, rows));
  }

  @Test
  void should_take_another_number_of_rows_when_run_again() throws IOException, OrtException {
    RankingModel model = resFlow();
    try (Exported exported = Exported.of(OnnxExport.of(model));
        Scorer scorer = Scorer.of(model)) {
      for (int rows : List.of(7, 400, 1)) {
        Dataset data = TestLog.rows(rows, rows);
        float[] actual =
            Objects.requireNonNull(
                exported.run(OnnxInputs.of(model.encoder().encode(data))).get("click"));
        Exported.assertClose(
            "click", actual, Objects.requireNonNull(scorer.score(data).get("click")));
      }
    }
  }

  private static RankingModel resFlow() {
    TaskGraph tasks = chain(Residual.both("click"));
    return TestModels.random(8, tasks, layout -> ResFlow.of(8, 5).plan(layout, tasks));
  }
}
