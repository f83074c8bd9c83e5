package io.ranking4j.nn.gradient;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.fold.FoldedInput;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.kernel.JavaGradientKernels;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Folding tables into the first products changes how gradients are computed, not what they are. */
class FoldedInputTest {
  private static final int WIDTH = 16;
  private static final int LOG = 400;
  private static final int ROWS = 101;
  private static final int BATCH = 120;
  private static final double TOLERANCE = 3e-4;

  private static final Dataset DATA = data();
  private static final FeatureEncoder ENCODER = FeatureEncoder.fit(schema(), DATA, WIDTH);
  private static final EncodedRows LOGGED = ENCODER.encode(DATA);
  private static final InputLayout LAYOUT = ENCODER.layout();

  private static FeatureSchema schema() {
    return FeatureSchema.builder()
        .context(
            categorical("user").vocabulary(1, 1000),
            categorical("hour"),
            categorical("history").multiValued(Pooling.MEAN),
            categorical("last").sharingTableWith("item"),
            numeric("age"))
        .candidate(categorical("item"), categorical("kind"), categorical("place"), numeric("price"))
        .build();
  }

  private static Dataset data() {
    Random random = new Random(11);
    List<List<String>> columns = new ArrayList<>();
    int[] sizes = {LOG, 6, 20, 20, 3, 4};
    for (int size : sizes) {
      List<String> column = new ArrayList<>();
      for (int r = 0; r < LOG; r++) {
        column.add("v" + (size == LOG ? r : random.nextInt(size)));
      }
      columns.add(column);
    }
    List<List<String>> history = new ArrayList<>();
    double[][] numbers = new double[2][LOG];
    for (int r = 0; r < LOG; r++) {
      history.add(columns.get(random.nextInt(4) + 1).subList(r, Math.min(LOG, r + r % 4)));
      numbers[0][r] = random.nextGaussian();
      numbers[1][r] = random.nextGaussian();
    }
    return Dataset.builder()
        .column("user", CategoricalColumn.of(columns.get(0)))
        .column("hour", CategoricalColumn.of(columns.get(1)))
        .column("last", CategoricalColumn.of(columns.get(2)))
        .column("item", CategoricalColumn.of(columns.get(3)))
        .column("kind", CategoricalColumn.of(columns.get(4)))
        .column("place", CategoricalColumn.of(columns.get(5)))
        .column("history", ListColumn.of(history))
        .column("age", NumericColumn.of(numbers[0]))
        .column("price", NumericColumn.of(numbers[1]))
        .build();
  }

  /** Products of the whole input and of parts of it, with and without a bias, inside others. */
  private static Plan plan() {
    PlanBuilder plan = new PlanBuilder(LAYOUT.width());
    Value input = plan.input();
    Value candidate = plan.columns(input, LAYOUT.contextWidth(), LAYOUT.candidateWidth());
    Value some = plan.columns(candidate, WIDTH / 2, WIDTH);
    Value a = plan.activate("a", plan.dense("a", input, 24), Activation.TANH);
    Value b = plan.dense("b", candidate, 8, null);
    Value c = plan.dense("c", some, 5);
    Value d = plan.dense("d", plan.concat(List.of(a, b, c)), 7);
    plan.output("one", plan.dense("one", plan.activate("e", d, Activation.TANH), 1));
    plan.output("wide", plan.dense("wide", input, 1));
    return plan.build();
  }

  private static List<EmbeddingTable> tables() {
    Random random = new Random(12);
    List<EmbeddingTable> tables = new ArrayList<>();
    LAYOUT
        .tables()
        .forEach(
            spec ->
                tables.add(
                    new EmbeddingTable(
                        spec, RandomPlans.numbers(random, spec.rows() * spec.width()))));
    return tables;
  }

  /** What a run gives; the derivatives by the tables are sums over the rows of the batch. */
  private record Result(
      float[] outputs, float[] byParameters, float[][] byTables, float[] input, int folded) {}

  private static Result run(
      Plan plan,
      List<EmbeddingTable> tables,
      GradientKernels kernels,
      Workers workers,
      boolean fold) {
    BatchRows rows = new BatchRows(LAYOUT);
    FoldedInput folded =
        fold
            ? FoldedInput.of(plan, LAYOUT, tables, rows, kernels, workers, BATCH).orElseThrow()
            : null;
    PassOptions options = new PassOptions(workers, PassOptions.of(plan).inputGradients(), folded);
    Random random = new Random(13);
    int count = plan.parameterCount();
    float[] numbers = RandomPlans.numbers(random, count);
    try (Memory parameters = kernels.forward().allocate(count);
        Memory gradients = kernels.forward().allocate(count);
        TrainingPlan training =
            new TrainingPlan(plan, kernels, parameters, gradients, 1, options)) {
      parameters.write(0, numbers, 0, count);
      float[] outputs = new float[ROWS * plan.outputWidth()];
      float[] outputGradient = RandomPlans.numbers(random, outputs.length);
      BatchPass pass = training.stagedBatch(ROWS);
      assertThat(pass.staged()).isEqualTo(fold);
      // Another batch, a smaller one and the real one: nothing of the former may be left.
      for (int from : new int[] {17, 200, 3}) {
        BatchPass now = from == 200 ? training.stagedBatch(33) : pass;
        rows.select(LOGGED, order(), from, now.rows(), workers);
        if (!fold) {
          float[] row = new float[LAYOUT.width()];
          for (int r = 0; r < now.rows(); r++) {
            rows.assemble(r, tables, row, 0);
            now.writeInput(r, 1, row);
          }
        }
        now.forward(outputs);
        now.backward(outputGradient);
      }
      float[] byParameters = new float[count];
      gradients.read(0, byParameters, 0, count);
      float[][] byTables = byTables(tables, rows, pass, folded);
      int foldedTables = 0;
      for (int t = 0; t < tables.size(); t++) {
        foldedTables += folded != null && folded.of(t).length > 0 ? 1 : 0;
      }
      return new Result(outputs, byParameters, byTables, pass.input(), foldedTables);
    }
  }

  private static int[] order() {
    int[] order = new int[LOG];
    for (int i = 0; i < LOG; i++) {
      order[i] = i * 7 % LOG;
    }
    return order;
  }

  private static float[][] byTables(
      List<EmbeddingTable> tables, BatchRows rows, BatchPass pass, @Nullable FoldedInput folded) {
    float[][] sums = new float[tables.size()][];
    for (int t = 0; t < sums.length; t++) {
      sums[t] = new float[tables.get(t).values().length];
      for (int i = 0; folded != null && i < folded.of(t).length; i++) {
        sums[t][i] = folded.touched(t, i / WIDTH) ? folded.of(t)[i] : 0;
        if (!folded.touched(t, i / WIDTH)) {
          assertThat(folded.of(t)[i]).isZero();
        }
      }
    }
    float[] gradient = new float[LAYOUT.width()];
    for (int r = 0; r < rows.count(); r++) {
      pass.readInputGradient(r, 1, gradient);
      for (EmbeddingField field : LAYOUT.embeddings()) {
        if (field.multiValued() || (folded != null && folded.of(field.table()).length > 0)) {
          continue;
        }
        for (int c = 0; c < WIDTH; c++) {
          sums[field.table()][rows.ids(field.index())[r] * WIDTH + c] +=
              gradient[field.offset() + c];
        }
      }
    }
    return sums;
  }

  @Test
  void should_give_what_the_usual_way_gives() {
    Plan plan = plan();
    for (GradientKernels kernels : TestKernels.all()) {
      Result usual = run(plan, tables(), kernels, Workers.single(), false);
      for (int count = 1; count <= 3; count++) {
        try (Workers workers = new Workers(count)) {
          Result folded = run(plan, tables(), kernels, workers, true);
          Result again = run(plan, tables(), kernels, workers, true);

          String name = kernels.forward().name() + ", " + count + " workers: ";
          // Not that of users, which is too large, nor that of lists.
          assertThat(folded.folded).isEqualTo(LAYOUT.tables().size() - 2);
          assertThat(folded.input).isEqualTo(usual.input);
          check(name + "outputs", folded.outputs, usual.outputs);
          check(name + "by parameters", folded.byParameters, usual.byParameters);
          for (int t = 0; t < usual.byTables.length; t++) {
            check(name + "by table " + t, folded.byTables[t], usual.byTables[t]);
            assertThat(again.byTables[t]).isEqualTo(folded.byTables[t]);
          }
          assertThat(again.outputs).isEqualTo(folded.outputs);
          assertThat(again.byParameters).isEqualTo(folded.byParameters);
        }
      }
    }
  }

  private static void check(String what, float[] actual, float[] expected) {
    Agreement.check(what, actual, RandomPlans.doubles(expected), TOLERANCE);
  }

  @Test
  void should_give_the_derivatives_by_the_tables() {
    Plan plan = plan();
    GradientKernels kernels = new JavaGradientKernels();
    List<EmbeddingTable> tables = tables();
    float[][] expected = run(plan, tables, kernels, Workers.single(), true).byTables;
    Random random = new Random(13);
    RandomPlans.numbers(random, plan.parameterCount());
    float[] outputGradient = RandomPlans.numbers(random, ROWS * plan.outputWidth());
    float step = 0.02f;
    Random choice = new Random(14);
    for (int t = 0; t < tables.size(); t++) {
      for (int i = 0; i < 6; i++) {
        float[] values = tables.get(t).values();
        int at = choice.nextInt(values.length);
        float before = values[at];
        if (expected[t][at] == 0) {
          continue; // a list's, or not in the batch
        }
        values[at] = before + step;
        double above = dot(run(plan, tables, kernels, Workers.single(), true), outputGradient);
        values[at] = before - step;
        double below = dot(run(plan, tables, kernels, Workers.single(), true), outputGradient);
        values[at] = before;
        double slope = (above - below) / (2 * step);
        assertThat((double) expected[t][at])
            .as("table " + t + ", element " + at)
            .isCloseTo(slope, within(0.02 * (1 + Math.abs(slope))));
      }
    }
  }

  private static double dot(Result result, float[] outputGradient) {
    double sum = 0;
    for (int i = 0; i < result.outputs.length; i++) {
      sum += (double) result.outputs[i] * outputGradient[i];
    }
    return sum;
  }

  @Test
  void should_fold_nothing_where_it_does_not_pay_or_cannot_be_done() {
    GradientKernels kernels = new JavaGradientKernels();
    PlanBuilder shared = new PlanBuilder(LAYOUT.width());
    Value once = shared.dense("a", shared.columns(shared.input(), 0, 4), 3);
    Value twice = shared.denseAgain(once, shared.columns(shared.input(), 4, 4));
    shared.output("a", shared.dense("b", shared.concat(List.of(once, twice)), 1));
    PlanBuilder dropped = new PlanBuilder(LAYOUT.width());
    dropped.output("a", dropped.dense("a", dropped.dropout(dropped.input(), 0.5), 1));

    assertThat(fold(shared.build(), kernels, BATCH)).isEmpty();
    assertThat(fold(dropped.build(), kernels, BATCH)).isEmpty();
    assertThat(fold(plan(), kernels, 12)).isEmpty();
    assertThat(fold(plan(), kernels, BATCH)).isPresent();
  }

  private static Optional<FoldedInput> fold(Plan plan, GradientKernels kernels, int batch) {
    return FoldedInput.of(
        plan, LAYOUT, tables(), new BatchRows(LAYOUT), kernels, Workers.single(), batch);
  }
}
