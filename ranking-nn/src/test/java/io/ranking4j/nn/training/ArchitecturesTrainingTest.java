package io.ranking4j.nn.training;

import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.architecture.DomainTowers;
import io.ranking4j.nn.architecture.Progressive;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.OrdinalKind;
import io.ranking4j.task.RegressionKind;
import io.ranking4j.task.RegressionKind.Penalty;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each architecture is trained by name, and is one model in memory and from a file. */
class ArchitecturesTrainingTest {
  private static final Dataset TRAIN = TestLogs.every(1, 600);
  private static final Dataset VALIDATION = TestLogs.every(2, 300);
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().epochs(2).batchSize(64).learningRate(0.01);

  static Stream<String> names() {
    return Stream.concat(
        Architectures.names().stream()
            .map(name -> name.equals("domain-towers") ? name + "+domains=age,price" : name),
        Stream.of(
            "resflow+cross2+fm",
            "escm2-dr+fm",
            "mmoe+cross",
            "dcmt+cross2",
            "resflow+features2+logit+star"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void should_be_one_model_in_training_and_from_a_file(String name, @TempDir Path folder)
      throws IOException {
    TaskGraph tasks =
        TaskGraph.of(
            Task.binary("click"),
            Task.binary("like"),
            Task.binary("order").residual(Residual.both("click")));
    Architecture architecture = Architectures.of(name, 8, 4);
    Network network = Network.of(TestLogs.everyKind(), architecture, tasks).embeddingWidth(4);

    RankingModel model = Trainer.of(network).options(OPTIONS).fit(TRAIN, VALIDATION);

    assertThat(List.copyOf(model.plan().outputs().keySet())).isEqualTo(tasks.names());
    assertThat(model.provenance().entries()).containsEntry("architecture", architecture.name());
    Path file = folder.resolve("model.r4j");
    model.save(file);
    Map<String, double[]> fromFile = scores(RankingModel.load(file));
    scores(model)
        .forEach(
            (task, scores) -> {
              double[] read = Objects.requireNonNull(fromFile.get(task));
              for (int r = 0; r < scores.length; r++) {
                assertThat(scores[r]).isBetween(0.0, 1.0);
                assertThat(read[r]).as("%s, row %d", task, r).isCloseTo(scores[r], within(1e-5));
              }
            });
  }

  private static Map<String, double[]> scores(RankingModel model) {
    try (Scorer scorer = Scorer.of(model, new JavaKernels())) {
      return scorer.score(VALIDATION);
    }
  }

  @Test
  void should_balance_tasks_when_asked_to() {
    TaskGraph tasks = TaskGraph.of(Task.binary("click").lossWeight(20), Task.binary("like"));
    Network network = Network.of(TestLogs.everyKind(), SeparateTowers.of(8), tasks);

    RankingModel model =
        Trainer.of(network).options(OPTIONS).loss(LossChoice.GRADNORM).fit(TRAIN, VALIDATION);

    assertThat(model.provenance().entries()).containsEntry("loss", "GRADNORM");
    assertThat(scores(model)).containsOnlyKeys("click", "like");
  }

  /** Values that are skewed: thresholds see their shape, a plain mean does not. */
  private static Dataset values(long seed, int rows) {
    Random random = new Random(seed);
    double[] x = new double[rows];
    double[] y = new double[rows];
    double[] first = new double[rows];
    double[] second = new double[rows];
    double[] sign = new double[rows];
    for (int r = 0; r < rows; r++) {
      x[r] = 2 * random.nextDouble() - 1;
      y[r] = Math.exp(2 * x[r] + 0.3 * random.nextGaussian());
      first[r] = random.nextInt(2);
      second[r] = 1 - first[r];
      double logit = (first[r] == 1 ? 4 : -4) * x[r];
      sign[r] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    }
    return Dataset.builder()
        .column("x", NumericColumn.of(x))
        .column("y", NumericColumn.of(y))
        .column("first", NumericColumn.of(first))
        .column("second", NumericColumn.of(second))
        .column("sign", NumericColumn.of(sign))
        .build();
  }

  @Test
  void should_learn_values_through_thresholds_and_plainly() {
    Dataset train = values(1, 3000);
    Dataset validation = values(2, 1000);
    FeatureSchema schema = FeatureSchema.builder().candidate(numeric("x")).build();
    OrdinalKind ordinal = OrdinalKind.quantiles(train.column("y", NumericColumn.class).values(), 9);
    for (Task task :
        List.of(
            Task.of("y", ordinal),
            Task.of("y", ordinal.positiveWeights(2, 2, 2, 2, 2, 2, 2, 2, 2)),
            Task.of("y", RegressionKind.of(Penalty.SQUARED, 2)),
            Task.of("y", RegressionKind.of(Penalty.HUBER, 2)),
            Task.of("y", RegressionKind.of(Penalty.LOGARITHM, 1)))) {
      Network network = Network.of(schema, Progressive.of(8), task);

      TrainingRun run = Trainer.of(network).options(OPTIONS.epochs(6)).run(train, validation);

      // The best that is reachable is 0.9: the noise of the values themselves.
      double explained = run.history().get(run.bestEpoch() - 1).watched();
      assertThat(explained).as("%s", task.kind()).isGreaterThan(0.75);
    }
  }

  @Test
  void should_learn_what_differs_between_domains() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(numeric("first").asIs().required(), numeric("second").asIs().required())
            .candidate(numeric("x"))
            .build();
    DomainTowers towers =
        new DomainTowers(
            new SeparateTowers(io.ranking4j.nn.architecture.Mlp.of()), List.of("first", "second"));
    Network network = Network.of(schema, towers, Task.binary("sign"));

    TrainingRun run =
        Trainer.of(network).options(OPTIONS.epochs(5)).run(values(3, 3000), values(4, 1000));

    // Linear in each domain, with opposite signs: nothing linear over both could tell.
    assertThat(run.history().get(run.bestEpoch() - 1).watched()).isGreaterThan(0.85);
    assertThat(run.model().provenance().entries())
        .containsEntry("architecture", "nse+domains=first,second");
  }
}
