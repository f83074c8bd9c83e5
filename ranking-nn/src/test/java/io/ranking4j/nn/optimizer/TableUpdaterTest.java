package io.ranking4j.nn.optimizer;

import static io.ranking4j.schema.Feature.categorical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.embedding.InputAssembler;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Gradients of the input end up in the rows of the tables that they came from. */
class TableUpdaterTest {
  private static final int WIDTH = 2;

  /** Steps down the gradient itself, so that a step shows it. */
  private record Descent(List<Integer> updates) implements RowOptimizer {
    @Override
    public String describe() {
      return "descent";
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
          updates.add(row);
          for (int c = 0; c < WIDTH; c++) {
            table.values()[row * WIDTH + c] -= (float) (rate * gradient[at + c]);
          }
        }
      };
    }
  }

  @Test
  void should_move_tables_by_the_gradient_of_the_input_they_give() {
    int rows = 700;
    Random random = new Random(6);
    Dataset data = data(random, rows);
    FeatureEncoder encoder = encoder(data);
    EncodedRows encoded = encoder.encode(data);
    List<EmbeddingTable> tables = tables(encoder, random);
    int width = encoder.layout().width();
    int[] batch = {5, 3, 5, 600, 17, 18, 19, 20, 699, 0};
    float[] gradient = new float[batch.length * width];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    double[][] expected = new double[tables.size()][];
    for (int t = 0; t < expected.length; t++) {
      float[] values = tables.get(t).values();
      expected[t] =
          numeric(ignored -> dot(input(encoder, tables, encoded, batch), gradient), values);
    }
    float[][] before = tables.stream().map(table -> table.values().clone()).toArray(float[][]::new);
    List<Integer> updates = new ArrayList<>();

    new TableUpdater(encoder.layout(), tables, TableOptions.DEFAULT.optimizer(new Descent(updates)))
        .update(encoded, batch, batch.length, gradient, 0.5);

    int moved = 0;
    for (int t = 0; t < expected.length; t++) {
      float[] values = tables.get(t).values();
      for (int i = 0; i < values.length; i++) {
        assertThat((double) before[t][i] - values[i])
            .as("table " + t + ", element " + i)
            .isCloseTo(0.5 * expected[t][i], within(2e-3));
        if (expected[t][i] == 0) {
          assertThat(values[i]).isEqualTo(before[t][i]);
        } else {
          moved++;
        }
      }
    }
    assertThat(moved).isGreaterThan(20);
    // Each touched row once, whatever the fields and lists that it stands in.
    assertThat(updates.size() * WIDTH).isEqualTo(moved);
  }

  @Test
  void should_grow_with_the_rows_that_a_batch_touches() {
    int rows = 700;
    Random random = new Random(7);
    List<String> names = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      names.add("n" + r);
    }
    Dataset data = Dataset.builder().column("id", CategoricalColumn.of(names)).build();
    FeatureSchema schema =
        FeatureSchema.builder().candidate(categorical("id").vocabulary(1, 1000)).build();
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, WIDTH);
    EncodedRows encoded = encoder.encode(data);
    List<EmbeddingTable> tables = tables(encoder, random);
    float[] before = tables.get(0).values().clone();
    TableUpdater updater =
        new TableUpdater(
            encoder.layout(),
            tables,
            TableOptions.DEFAULT.optimizer(new Descent(new ArrayList<>())));
    int[] all = new int[rows];
    float[] gradient = new float[rows * WIDTH];
    for (int r = 0; r < rows; r++) {
      all[r] = r;
      gradient[r * WIDTH] = r;
    }

    updater.update(encoded, all, rows, gradient, 1);
    updater.update(encoded, new int[] {3}, 1, new float[] {0, 1}, 1);

    int[] ids = encoded.ids(0);
    for (int r = 0; r < rows; r++) {
      int at = ids[r] * WIDTH;
      assertThat(tables.get(0).values()[at]).isEqualTo(before[at] - r);
      assertThat(tables.get(0).values()[at + 1]).isEqualTo(before[at + 1] - (r == 3 ? 1 : 0));
    }
  }

  private static Dataset data(Random random, int rows) {
    List<String> item = new ArrayList<>();
    List<String> last = new ArrayList<>();
    List<List<String>> history = new ArrayList<>();
    List<List<String>> tags = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      item.add("i" + random.nextInt(20));
      last.add("i" + random.nextInt(20));
      history.add(list(random, "i", 20));
      tags.add(list(random, "t", 5));
    }
    return Dataset.builder()
        .column("item", CategoricalColumn.of(item))
        .column("last", CategoricalColumn.of(last))
        .column("history", ListColumn.of(history))
        .column("tags", ListColumn.of(tags))
        .build();
  }

  private static List<String> list(Random random, String prefix, int distinct) {
    List<String> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(prefix + random.nextInt(distinct));
    }
    return list;
  }

  private static FeatureEncoder encoder(Dataset data) {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(
                categorical("last").sharingTableWith("item"),
                categorical("history").multiValued(Pooling.MEAN).sharingTableWith("item"))
            .candidate(categorical("item"), categorical("tags").multiValued(Pooling.SUM))
            .build();
    return FeatureEncoder.fit(schema, data, WIDTH);
  }

  private static List<EmbeddingTable> tables(FeatureEncoder encoder, Random random) {
    List<EmbeddingTable> tables = new ArrayList<>();
    encoder.layout().tables().forEach(spec -> tables.add(EmbeddingTable.zeros(spec)));
    for (EmbeddingTable table : tables) {
      for (int i = 0; i < table.values().length; i++) {
        table.values()[i] = (float) random.nextGaussian();
      }
    }
    return tables;
  }

  private static float[] input(
      FeatureEncoder encoder, List<EmbeddingTable> tables, EncodedRows encoded, int[] batch) {
    InputAssembler assembler = new InputAssembler(encoder.layout(), tables);
    int width = encoder.layout().width();
    float[] input = new float[batch.length * width];
    for (int r = 0; r < batch.length; r++) {
      assembler.assemble(Side.CONTEXT, encoded, batch[r], input, r * width);
      assembler.assemble(Side.CANDIDATE, encoded, batch[r], input, r * width);
    }
    return input;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Exact but for rounding: the input is linear in the tables. */
  private static double[] numeric(ToDoubleFunction<float[]> function, float[] at) {
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      float value = at[i];
      at[i] = value + 0.5f;
      double above = function.applyAsDouble(at);
      at[i] = value - 0.5f;
      double below = function.applyAsDouble(at);
      at[i] = value;
      gradient[i] = above - below;
    }
    return gradient;
  }
}
