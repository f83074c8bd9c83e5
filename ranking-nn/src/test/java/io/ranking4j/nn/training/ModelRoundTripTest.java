package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.calibration.IsotonicCalibrator;
import io.ranking4j.calibration.PlattCalibrator;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.architecture.WideTerm;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.embedding.InputAssembler;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.UnknownFeatures;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.schema.Side;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What was trained, what serves and what was loaded from a file are one model. */
class ModelRoundTripTest {
  private static final Dataset TRAIN = TestLogs.every(1, 600);
  private static final Dataset VALIDATION = TestLogs.every(2, 300);

  static List<Arguments> networks() {
    Task click = Task.binary("click").positiveWeight(2);
    Task like = Task.binary("like").mask("seen").lossWeight(0.5);
    Task order = Task.binary("order");
    return List.of(
        Arguments.of(ResFlow.of(8, 4), of(click, order.residualFrom("click"), like)),
        Arguments.of(
            new ResFlow(Mlp.of(), Mlp.of(8, 4).batchNorm(true)).shared(8),
            of(click, like.residual(Residual.features("click", 2)), order.residualFrom("like"))),
        Arguments.of(
            new ResFlow(Mlp.of(), Mlp.of(8, 4).dropout(0.2)),
            of(click, order.residual(Residual.logit("click")))),
        Arguments.of(
            ResFlow.of(8), of(order.residual(Residual.features("click")).positiveWeight(5), click)),
        Arguments.of(
            new WideTerm(ResFlow.of(8, 4), List.of()),
            of(click, order.residualFrom("click"), like)),
        Arguments.of(SharedBottom.of(8, 4), of(click, like, order.given("click"))),
        Arguments.of(SeparateTowers.of(8), of(click.negativeKeepRate(0.5), like)),
        Arguments.of(
            new Esmm(Mlp.of(8).batchNorm(true)),
            of(click, order.residual(Residual.none("click")), like)));
  }

  private static TaskGraph of(Task... tasks) {
    return TaskGraph.of(tasks);
  }

  /** As on a worker thread of a host whose class loader does not know the library. */
  private static RankingModel loadWhereTheContextLoaderSeesNothing(Path file) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      return RankingModel.load(file);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void should_be_one_model_in_training_in_serving_and_from_a_file(
      Architecture architecture, TaskGraph tasks, @TempDir Path folder) throws IOException {
    Network network = Network.of(TestLogs.everyKind(), architecture, tasks).embeddingWidth(4);
    TrainingRun run =
        Trainer.of(network)
            .options(TrainerOptions.defaults().epochs(2).batchSize(64).learningRate(0.01))
            .negativeKeepRate(0.5)
            .run(TRAIN, VALIDATION);
    RankingModel model =
        run.model()
            .withCalibrator(tasks.names().get(0), new PlattCalibrator(0.9, -0.1))
            .withCalibrator(
                tasks.names().get(1),
                IsotonicCalibrator.fit(
                    new double[] {0.1, 0.2, 0.5, 0.6}, new double[] {0, 1, 0, 1}))
            .withProvenance("note", "ü \u0000 \"quoted\"");

    checkGraph(run.graph(), run.model());

    Path file = folder.resolve("model.r4j");
    model.save(file);
    RankingModel loaded = loadWhereTheContextLoaderSeesNothing(file);
    assertThat(loaded.schema()).isEqualTo(model.schema());
    assertThat(loaded.tasks().tasks()).isEqualTo(tasks.tasks());
    assertThat(loaded.provenance()).isEqualTo(model.provenance());
    assertThat(loaded.parameters()).isEqualTo(model.parameters());
    assertThat(loaded.states()).isEqualTo(model.states());
    assertThat(loaded.plan().steps()).isEqualTo(model.plan().steps());
    for (int t = 0; t < tasks.size(); t++) {
      assertThat(loaded.outputs().get(t).logitShift())
          .isEqualTo(model.outputs().get(t).logitShift());
    }
    try (Scorer before = Scorer.of(model);
        Scorer after = Scorer.of(loaded)) {
      equal(after.score(VALIDATION), before.score(VALIDATION));
      equal(after.score(context(), candidates()), before.score(context(), candidates()));
    }
    Features more = Features.builder().set("nobody_knows", 1).build();
    try (Scorer strict = Scorer.of(loaded);
        Scorer lenient = Scorer.of(loaded.unknownFeatures(UnknownFeatures.IGNORE))) {
      assertThatThrownBy(() -> strict.score(more, List.of()))
          .isInstanceOf(UnknownNameException.class)
          .hasMessageContaining("nobody_knows");
      assertThat(lenient.score(more, List.of())).hasSize(tasks.size());
    }
    Path again = folder.resolve("again.r4j");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  private static void equal(Map<String, double[]> actual, Map<String, double[]> expected) {
    assertThat(List.copyOf(actual.keySet())).isEqualTo(List.copyOf(expected.keySet()));
    expected.forEach(
        (task, values) -> {
          assertThat(actual.get(task)).as(task).isEqualTo(values);
          assertThat(values).as(task).doesNotContain(Double.NaN);
        });
  }

  /** The graph gives the logits whose probabilities the scorer gives. */
  private static void checkGraph(ComputationGraph graph, RankingModel model) {
    EncodedRows rows = model.encoder().encode(VALIDATION);
    int width = model.encoder().layout().width();
    float[] input = new float[rows.rows() * width];
    InputAssembler assembler = new InputAssembler(model.encoder().layout(), model.tables());
    for (int r = 0; r < rows.rows(); r++) {
      assembler.assemble(Side.CONTEXT, rows, r, input, r * width);
      assembler.assemble(Side.CANDIDATE, rows, r, input, r * width);
    }
    INDArray x = Nd4j.createFromArray(input).reshape('c', rows.rows(), width);
    float[] logits = graph.outputSingle(x).dup('c').data().asFloat();
    int tasks = model.tasks().size();
    try (Scorer best = Scorer.of(model.uncorrected());
        Scorer java = Scorer.of(model.uncorrected(), new JavaKernels())) {
      for (Scorer scorer : List.of(best, java)) {
        int t = 0;
        for (double[] scores : scorer.score(VALIDATION).values()) {
          for (int r = 0; r < scores.length; r++) {
            assertThat(scores[r])
                .isCloseTo(1 / (1 + Math.exp(-logits[r * tasks + t])), within(1e-5));
          }
          t++;
        }
      }
    }
  }

  private static Features context() {
    return Features.builder()
        .set("user", "u3")
        .set("history", List.of("i1", "i2"))
        .set("watched", List.of("i3", "never seen", "i1"))
        .set("age", 33)
        .build();
  }

  private static List<Candidate> candidates() {
    return List.of(
        Candidate.of("x", Features.builder().set("item", "i1").set("price", 2.5).build()),
        Candidate.of(
            "y",
            Features.builder()
                .set("item", "never seen")
                .set("price", 1)
                .set("level", 0.5)
                .set("tags", List.of("t1", "t9"))
                .set("image", new float[] {1, 2, 3})
                .build()));
  }
}
