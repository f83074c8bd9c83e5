package io.ranking4j.nn.optimizer;

import static io.ranking4j.schema.Feature.categorical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table learns from a history that is pooled by its likeness to an item of the same table. */
class AttentionGradientTest {
  private static final int WIDTH = 3;
  private static final int ROWS = 60;
  private static final double STEP = 1e-2;

  /** Adds the gradient to a table that is not read. */
  private record Collect(float[] sums) implements RowOptimizer {
    @Override
    public String describe() {
      return "collect";
    }

    @Override
    public State start(EmbeddingTable table) {
      return new State() {
        @Override
        public void nextStep() {}

        @Override
        public void save(StateWriter state) {}

        @Override
        public void load(StateReader state) {}

        @Override
        public void update(int row, float[] gradient, int at, double rate) {
          System.arraycopy(gradient, at, sums, row * WIDTH, WIDTH);
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void should_give_the_numeric_gradient(int threads) {
    long seed = 11;
    Random random = new Random(seed);
    Dataset data = data(random);
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(
                categorical("seen")
                    .multiValued(Pooling.attention("item").sharpness(2))
                    .sharingTableWith("item"))
            .candidate(categorical("item").vocabulary(1, 100))
            .build();
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, WIDTH);
    EncodedRows encoded = encoder.encode(data);
    EmbeddingTable table = EmbeddingTable.zeros(encoder.layout().tables().get(0));
    for (int i = 0; i < table.values().length; i++) {
      table.values()[i] = (float) random.nextGaussian();
    }
    int width = encoder.layout().width();
    int[] order = random.ints(40, 0, ROWS).toArray();
    float[] gradient = new float[order.length * width];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    float[] actual = new float[table.values().length];
    BatchRows batch = new BatchRows(encoder.layout());
    try (Workers workers = new Workers(threads)) {
      batch.select(encoded, order, 0, order.length, workers);
      new TableUpdater(
              encoder.layout(),
              List.of(table),
              TableOptions.DEFAULT.optimizer(new Collect(actual)),
              null,
              workers)
          .update(
              batch,
              (row, some, target) ->
                  System.arraycopy(gradient, row * width, target, 0, some * width),
              1);
    }

    for (int i = 0; i < actual.length; i++) {
      double expected =
          (loss(batch, table, gradient, i, STEP) - loss(batch, table, gradient, i, -STEP))
              / (2 * STEP);
      assertThat((double) actual[i])
          .as("seed %d, element %d", seed, i)
          .isCloseTo(expected, within(5e-3 * Math.max(1, Math.abs(expected))));
    }
  }

  /** The sum of the inputs times fixed numbers, with one element of the table moved. */
  private static double loss(
      BatchRows batch, EmbeddingTable table, float[] factors, int element, double by) {
    float former = table.values()[element];
    table.values()[element] = (float) (former + by);
    int width = factors.length / batch.count();
    float[] input = new float[width];
    double sum = 0;
    for (int r = 0; r < batch.count(); r++) {
      batch.assemble(r, List.of(table), input, 0);
      for (int c = 0; c < width; c++) {
        sum += (double) input[c] * factors[r * width + c];
      }
    }
    table.values()[element] = former;
    return sum;
  }

  private static Dataset data(Random random) {
    List<String> items = new ArrayList<>();
    List<List<String>> seen = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      items.add("i" + random.nextInt(15));
      List<String> list = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        list.add("i" + random.nextInt(15));
      }
      seen.add(r == 0 ? Collections.nCopies(3, "i1") : list);
    }
    return Dataset.builder()
        .column("item", CategoricalColumn.of(items))
        .column("seen", ListColumn.of(seen))
        .build();
  }
}
