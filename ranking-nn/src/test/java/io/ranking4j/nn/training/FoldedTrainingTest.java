package io.ranking4j.nn.training;

import static io.ranking4j.schema.Feature.categorical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.dl4j.GraphFactory;
import io.ranking4j.nn.dl4j.PlanNetwork;
import io.ranking4j.nn.fold.FoldedInput;
import io.ranking4j.nn.gradient.PassOptions;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.WeightedLoss;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.nn.optimizer.ExponentialAveraging;
import io.ranking4j.nn.optimizer.TableUpdater;
import io.ranking4j.nn.optimizer.WeightAverage;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps with folded tables go where steps with gathered ones go. */
class FoldedTrainingTest {
  private static final int BATCH = 100;
  private static final int STEPS = 30;
  private static final Dataset LOG = TestLogs.every(5, 1000);
  private static final TaskGraph TASKS =
      TaskGraph.of(Task.binary("click"), Task.binary("order").residualFrom("click"));
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(
              categorical("user").width(24), categorical("history").multiValued(Pooling.MEAN, 3))
          .candidate(
              categorical("item").width(24),
              categorical("city").hashed(900).width(8),
              categorical("kind").hashed(5).width(16))
          .build();

  private record Result(
      List<Double> losses,
      float[] parameters,
      List<EmbeddingTable> tables,
      float[] averaged,
      List<EmbeddingTable> averagedTables) {}

  private static Result train(boolean fold, int threads, boolean batchNorm) {
    Dataset log = LOG.toBuilder().column("kind", LOG.column("city")).build();
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, log, 4);
    EncodedLabels labels = new LabelEncoder(TASKS, 1).encode(log, 0);
    TrainingData data = new TrainingData(encoder.encode(log), labels, 1);
    Mlp tower = Mlp.of(16, 8).dropout(0.1).batchNorm(batchNorm);
    Plan plan = new ResFlow(Mlp.of(), tower).plan(encoder.layout().width(), TASKS);
    TrainerOptions options = TrainerOptions.defaults().batchSize(BATCH);
    ParameterStart start = new ParameterStart(TASKS, labels, 1, true);
    List<EmbeddingTable> tables = new ArrayList<>();
    encoder.layout().tables().forEach(spec -> tables.add(start.table(spec, 0.1)));
    WeightAverage average = new WeightAverage(new ExponentialAveraging(1).rule(10), tables);
    GradientKernels kernels = GradientKernels.of(KernelChoice.FASTEST.create(1));
    BatchRows rows = new BatchRows(encoder.layout());
    List<Double> losses = new ArrayList<>();
    try (Workers workers = new Workers(batchNorm ? 1 : threads)) {
      FoldedInput folded =
          fold
              ? FoldedInput.of(plan, encoder.layout(), tables, rows, kernels, workers, BATCH)
                  .orElseThrow()
              : null;
      ComputationGraph graph =
          GraphFactory.create(
              plan,
              new WeightedLoss(TASKS),
              kernels,
              new PassOptions(workers, TrainingStep.learnedColumns(encoder.layout()), folded),
              start.parameters(plan),
              number -> 0.01,
              1e-4,
              7);
      PlanNetwork network = (PlanNetwork) graph.getOutputLayer(0);
      TrainingStep step =
          new TrainingStep(
              graph,
              data,
              rows,
              encoder.layout(),
              tables,
              options,
              number -> 1,
              average,
              folded == null ? TableUpdater.TableGradients.NONE : folded,
              workers);
      int[] order = new int[LOG.rows()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i * 37 % order.length;
      }
      for (int i = 0; i < STEPS; i++) {
        // The last batch of an epoch is smaller.
        int from = i % 10 * BATCH;
        losses.add(step.run(order, from, i % 10 == 9 ? BATCH - 30 : BATCH));
      }
      float[] parameters = network.parameters();
      network.release();
      return new Result(losses, parameters, tables, average.parameters(), average.tables());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, false", "1, true"})
  void should_learn_the_same(int threads, boolean batchNorm) {
    Result usual = train(false, threads, batchNorm);
    Result folded = train(true, threads, batchNorm);
    Result again = train(true, threads, batchNorm);

    for (int i = 0; i < STEPS; i++) {
      assertThat(folded.losses.get(i)).as("loss " + i).isCloseTo(usual.losses.get(i), within(1e-4));
    }
    assertThat(folded.losses.get(20)).as("the same rows again").isLessThan(folded.losses.get(0));
    check(folded.parameters, usual.parameters);
    check(folded.averaged, usual.averaged);
    for (int t = 0; t < usual.tables.size(); t++) {
      check(folded.tables.get(t).values(), usual.tables.get(t).values());
      check(folded.averagedTables.get(t).values(), usual.averagedTables.get(t).values());
      assertThat(again.tables.get(t).values()).isEqualTo(folded.tables.get(t).values());
    }
    assertThat(again.losses).isEqualTo(folded.losses);
    assertThat(again.parameters).isEqualTo(folded.parameters);
  }

  /** Adam makes steps of full length of gradients that are almost nothing. */
  private static void check(float[] actual, float[] expected) {
    double squares = 0;
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(0.02f));
      squares += Math.pow(actual[i] - expected[i], 2);
    }
    assertThat(Math.sqrt(squares / actual.length)).isLessThan(5e-4);
  }
}
