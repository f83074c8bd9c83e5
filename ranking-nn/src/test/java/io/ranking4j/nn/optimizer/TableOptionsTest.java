package io.ranking4j.nn.optimizer;

import static io.ranking4j.schema.Feature.categorical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What keeps the rows of tables from overfitting, each by its own. */
class TableOptionsTest {
  private static final int WIDTH = 2;

  /** Remembers the rates, and forgets everything else. */
  private record Rates(double[] last) implements RowOptimizer {
    @Override
    public String describe() {
      return "rates";
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
          last[row] = rate;
          for (int c = 0; c < WIDTH; c++) {
            table.values()[row * WIDTH + c] -= (float) (rate * gradient[at + c]);
          }
        }
      };
    }
  }

  /** A log of one feature, and a table for it. */
  private static final class Fixture {
    private final FeatureEncoder encoder;
    private final EncodedRows rows;
    private final EmbeddingTable table;
    private final double[] rates;

    Fixture(String... values) {
      this(
          FeatureSchema.builder().candidate(categorical("id").vocabulary(1, 5000)).build(),
          Dataset.builder().column("id", CategoricalColumn.of(List.of(values))).build());
    }

    Fixture(FeatureSchema schema, Dataset data) {
      encoder = FeatureEncoder.fit(schema, data, WIDTH);
      rows = encoder.encode(data);
      table = EmbeddingTable.zeros(encoder.layout().tables().get(0));
      Arrays.fill(table.values(), 1f);
      rates = new double[table.spec().rows()];
    }

    TableUpdater updater(TableOptions options) {
      return new TableUpdater(
          encoder.layout(), List.of(table), options.optimizer(new Rates(rates)));
    }

    void step(TableUpdater updater, int... batch) {
      updater.update(rows, batch, batch.length, new float[batch.length * WIDTH], 0.5);
    }

    /** The row of the table that a row of the log has. */
    int row(int of) {
      return rows.ids(0)[of];
    }
  }

  @Test
  void should_pull_touched_rows_to_zero_once_when_there_is_decay() {
    Fixture log = new Fixture("a", "b", "c");
    // a twice, b once, c not at all; the loss itself has no gradient.
    log.step(log.updater(TableOptions.DEFAULT.decay(0.2)), 0, 0, 1);

    float[] values = log.table.values();
    assertThat(values[log.row(0) * WIDTH]).isCloseTo(0.9f, within(1e-6f));
    assertThat(values[log.row(1) * WIDTH + 1]).isCloseTo(0.9f, within(1e-6f));
    assertThat(values[log.row(2) * WIDTH]).isEqualTo(1);
  }

  @Test
  void should_take_smaller_steps_with_rare_rows_when_rates_follow_frequency() {
    Fixture log = new Fixture("a", "b", "c");
    TableUpdater updater = log.updater(TableOptions.DEFAULT.frequencyAdaptive(true));

    // Counted by occurrence before the step: 3 of a, 1 of b.
    log.step(updater, 0, 0, 1, 0);
    assertThat(log.rates[log.row(0)]).isCloseTo(0.5, within(1e-12));
    assertThat(log.rates[log.row(1)]).isCloseTo(0.25, within(1e-12)); // ln 2 / ln 4
    // 3 of a, 7 of c: the largest is the table's so far.
    log.step(updater, 2, 2, 2, 2, 2, 2, 2);
    log.step(updater, 1);
    assertThat(log.rates[log.row(1)]).isCloseTo(0.5 * Math.log(3) / Math.log(8), within(1e-12));
    updater.restart();
    log.step(updater, 1);
    assertThat(log.rates[log.row(1)]).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void should_start_anew_when_restarted() {
    Fixture log = new Fixture("a", "b");
    WeightAverage average = new WeightAverage(ExponentialAveraging.over(1), List.of(log.table));
    TableUpdater updater =
        new TableUpdater(
            log.encoder.layout(),
            List.of(log.table),
            TableOptions.DEFAULT,
            average,
            Workers.single());
    float[] gradient = {1, -2};
    float[] before = log.table.values().clone();
    for (int step = 0; step < 5; step++) {
      average.nextStep();
      updater.update(log.rows, new int[] {0}, 1, gradient, 0.1);
    }
    System.arraycopy(before, 0, log.table.values(), 0, before.length);
    updater.restart();
    average.nextStep();
    updater.update(log.rows, new int[] {0}, 1, gradient, 0.1);

    // The first step of Adam is the rate, whatever the gradient.
    int at = log.row(0) * WIDTH;
    assertThat(log.table.values()[at]).isCloseTo(0.9f, within(1e-5f));
    assertThat(log.table.values()[at + 1]).isCloseTo(1.1f, within(1e-5f));
    // Nothing of the old rows is left in the average.
    assertThat(average.tables().get(0).values()[at]).isCloseTo(0.9f, within(1e-5f));
  }

  private static float[][] dropped(Fixture log, EmbeddingDropout dropout, int count, int threads) {
    BatchRows batch = new BatchRows(log.encoder.layout(), dropout, null, 5);
    float[][] inputs = new float[count][log.encoder.layout().width()];
    try (Workers workers = new Workers(threads)) {
      int[] order = IntStream.range(0, count).toArray();
      batch.select(log.rows, order, 0, count, workers);
      for (int r = 0; r < count; r++) {
        batch.assemble(r, List.of(log.table), inputs[r], 0);
      }
      // What is left out is not touched either.
      new TableUpdater(
              log.encoder.layout(),
              List.of(log.table),
              TableOptions.DEFAULT.optimizer(new Rates(log.rates)))
          .update(batch, (row, some, target) -> Arrays.fill(target, 0, some * WIDTH, 1f), 0.5);
    }
    return inputs;
  }

  @Test
  void should_leave_out_whole_embeddings_when_dropping_fields() {
    String[] ids = IntStream.range(0, 4000).mapToObj(i -> "n" + i).toArray(String[]::new);
    Fixture log = new Fixture(ids);
    float[][] inputs =
        dropped(log, new EmbeddingDropout(0.25, EmbeddingDropout.Unit.FIELD), ids.length, 2);

    int zeros = 0;
    for (int r = 0; r < ids.length; r++) {
      assertThat(inputs[r][0]).isEqualTo(inputs[r][1]);
      boolean out = inputs[r][0] == 0;
      zeros += out ? 1 : 0;
      assertThat(log.rates[log.row(r)] == 0).isEqualTo(out);
      if (!out) {
        assertThat(inputs[r][0]).isCloseTo(1 / 0.75f, within(1e-6f));
        // The gradient is scaled as the embedding is.
        assertThat(log.table.values()[log.row(r) * WIDTH])
            .isCloseTo(1 - 0.5f / 0.75f, within(1e-6f));
      }
    }
    // Five standard deviations of a binomial count.
    assertThat((double) zeros).isCloseTo(1000, within(5 * Math.sqrt(4000 * 0.25 * 0.75)));
    assertThat(
            dropped(
                new Fixture(ids),
                new EmbeddingDropout(0.25, EmbeddingDropout.Unit.FIELD),
                ids.length,
                1))
        .isDeepEqualTo(inputs);
  }

  @Test
  void should_leave_out_a_row_wherever_it_is_when_dropping_rows() {
    String[] ids = IntStream.range(0, 4000).mapToObj(i -> "n" + i % 400).toArray(String[]::new);
    Fixture log = new Fixture(ids);
    float[][] inputs =
        dropped(log, new EmbeddingDropout(0.5, EmbeddingDropout.Unit.ROW), ids.length, 1);

    long zeros = 0;
    for (int r = 0; r < ids.length; r++) {
      assertThat(inputs[r][0]).isEqualTo(inputs[r % 400][0]);
      zeros += r < 400 && inputs[r][0] == 0 ? 1 : 0;
    }
    assertThat(zeros).isBetween(150L, 250L);
  }

  @Test
  void should_read_values_as_unknown_when_told_so() {
    String[] ids = IntStream.range(0, 4000).mapToObj(i -> "n" + i).toArray(String[]::new);
    Fixture log = new Fixture(ids);
    Arrays.fill(log.table.values(), 0, WIDTH, 7f);
    float[][] inputs =
        dropped(log, new EmbeddingDropout(0.1, EmbeddingDropout.Unit.UNKNOWN), ids.length, 1);

    long unknown = Arrays.stream(inputs).filter(input -> input[0] == 7).count();
    assertThat(unknown).isBetween(300L, 500L);
    assertThat(Arrays.stream(inputs).filter(input -> input[0] == 1).count())
        .isEqualTo(4000 - unknown);
    assertThat(log.rates[0]).isEqualTo(0.5);
  }

  @Test
  void should_leave_out_parts_of_lists_when_dropping_rows() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .candidate(categorical("id").vocabulary(1, 5000).multiValued(Pooling.MEAN))
            .build();
    List<List<String>> lists =
        IntStream.range(0, 500).mapToObj(i -> List.of("a" + i, "b" + i)).toList();
    Fixture log = new Fixture(schema, Dataset.builder().column("id", ListColumn.of(lists)).build());
    float[][] inputs =
        dropped(log, new EmbeddingDropout(0.5, EmbeddingDropout.Unit.ROW), lists.size(), 1);

    // None, one or both of two, each counting twice as much.
    assertThat(Arrays.stream(inputs).map(input -> input[0]).distinct())
        .containsExactlyInAnyOrder(0f, 1f, 2f);
  }

  @Test
  void should_refuse_when_a_part_is_out_of_range() {
    assertThatThrownBy(() -> TableOptions.DEFAULT.decay(-1)).hasMessageContaining("but was -1");
    assertThatThrownBy(() -> TableOptions.DEFAULT.learningRate(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> TableOptions.DEFAULT.deviation(-1)).hasMessageContaining("deviation");
    assertThatThrownBy(() -> TableOptions.DEFAULT.dropout(1, EmbeddingDropout.Unit.ROW))
        .hasMessageContaining("[0, 1), but was 1");
  }
}
