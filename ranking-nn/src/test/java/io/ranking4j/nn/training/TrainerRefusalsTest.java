package io.ranking4j.nn.training;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.TrainingRefusedException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TrainerRefusalsTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder().candidate(categorical("item")).build();
  private static final Dataset DATA =
      Dataset.builder()
          .column("item", CategoricalColumn.of(List.of("a", "b", "a", "b")))
          .column("click", NumericColumn.of(1, 0, 1, 0))
          .column("order", NumericColumn.of(1, 0, 0, 0))
          .build();

  private static Trainer trainer(FeatureSchema schema, Task... tasks) {
    return Trainer.of(Network.of(schema, SharedBottom.of(4), tasks));
  }

  private static Trainer trainer(Task... tasks) {
    return trainer(SCHEMA, tasks);
  }

  private static void refuse(Trainer trainer, DatasetSource train, String message) {
    assertThatThrownBy(() -> trainer.fit(train, DATA))
        .isInstanceOf(TrainingRefusedException.class)
        .hasMessage(message);
  }

  @Test
  void should_refuse_a_label_that_is_a_feature() {
    FeatureSchema schema =
        FeatureSchema.builder().candidate(categorical("item"), numeric("click")).build();
    refuse(
        trainer(schema, Task.binary("click")),
        DATA,
        "column 'click' is the label of task 'click', so it must not be a feature, but feature"
            + " 'click' reads it");
    refuse(
        trainer(schema, Task.binary("order").mask("click")),
        DATA,
        "column 'click' is the mask of 'order', so it must not be a feature, but feature 'click'"
            + " reads it");
  }

  @Test
  void should_refuse_a_label_that_is_the_key_of_a_rate() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .candidate(categorical("item"), rate("rate", "order", "item", "click"))
            .build();
    refuse(
        trainer(schema, Task.binary("click")),
        DATA,
        "column 'click' is the label of task 'click', so it must not be a feature, but feature"
            + " 'rate' reads it");
  }

  @Test
  void should_refuse_a_label_that_does_not_vary() {
    refuse(
        trainer(Task.binary("click")),
        DATA.select(new int[] {0, 2}),
        "label 'click' of task 'click' must vary, but is 1.0 in all of its 2 rows");
    refuse(
        trainer(Task.binary("click"), Task.binary("order").given("click")),
        DATA.select(new int[] {0, 1, 3}),
        "label 'order' of task 'order' must vary, but is 1.0 in all of its 1 rows");
    refuse(
        trainer(Task.binary("click").mask("never")),
        DATA.with("never", NumericColumn.of(0, 0, 0, 0)),
        "task 'click' has no row to learn from");
  }

  @Test
  void should_refuse_data_without_rows() {
    Trainer trainer = trainer(Task.binary("click"));
    for (DatasetSource none : List.of(DATA.slice(0, 0), new Empty())) {
      assertThatThrownBy(() -> trainer.fit(none, DATA))
          .isInstanceOf(DataException.class)
          .hasMessage("the training data has no rows");
    }
    assertThatThrownBy(() -> trainer.fit(DATA, DATA.slice(0, 0)))
        .isInstanceOf(DataException.class)
        .hasMessage("the validation data has no rows");
  }

  @Test
  void should_refuse_validation_data_that_says_nothing_about_the_watched_task() {
    Trainer trainer = trainer(Task.binary("click"), Task.binary("order"));
    Trainer onOrder =
        trainer.options(TrainerOptions.defaults().stopping(EarlyStopping.on("order")));
    Dataset clicksOnly = DATA.select(new int[] {1, 2, 3});

    assertThatThrownBy(() -> onOrder.fit(DATA, clicksOnly))
        .isInstanceOf(TrainingRefusedException.class)
        .hasMessage(
            "the validation data must tell which epoch is best, but has no positive or no negative"
                + " of task 'order'");
    assertThatThrownBy(() -> trainer.fit(DATA, DATA.select(new int[] {1, 3})))
        .isInstanceOf(TrainingRefusedException.class)
        .hasMessage(
            "the validation data must tell which epoch is best, but has no positive or no negative"
                + " of any task");
  }

  @Test
  void should_refuse_to_watch_an_unknown_task() {
    Trainer trainer = trainer(Task.binary("click"), Task.binary("order"));
    TrainerOptions options = TrainerOptions.defaults().stopping(EarlyStopping.on("buy"));

    assertThatThrownBy(() -> trainer.options(options))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown task 'buy', known are [click, order]");
  }

  @Test
  void should_refuse_a_label_that_is_neither_0_nor_1() {
    Trainer trainer = trainer(Task.binary("click"));
    Dataset data = DATA.with("click", NumericColumn.of(1, 0, 0, 2));
    assertThatThrownBy(() -> trainer.fit(data, DATA))
        .isInstanceOf(DataException.class)
        .hasMessage("label 'click' of task 'click' must be 0 or 1, but was 2.0 in row 3");
    // Rows are counted over all chunks.
    assertThatThrownBy(() -> trainer.fit(new Chunked(DATA, data), DATA))
        .isInstanceOf(DataException.class)
        .hasMessage("label 'click' of task 'click' must be 0 or 1, but was 2.0 in row 7");
    BitSet missing = new BitSet();
    missing.set(1);
    assertThatThrownBy(
            () ->
                trainer.fit(
                    DATA.with("click", new NumericColumn(new double[] {1, 0, 0, 1}, missing)),
                    DATA))
        .isInstanceOf(DataException.class)
        .hasMessage("label 'click' of task 'click' must be 0 or 1, but was missing in row 1");
    assertThatThrownBy(
            () -> trainer.fit(DATA.with("click", NumericColumn.of(1, Double.NaN, 0, 1)), DATA))
        .isInstanceOf(DataException.class)
        .hasMessage("label 'click' of task 'click' must be 0 or 1, but was NaN in row 1");
    assertThatThrownBy(
            () ->
                trainer.fit(
                    DATA.with("click", CategoricalColumn.of(List.of("1", "0", "0", "1"))), DATA))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column 'click' must hold numbers to be a label or a mask, but holds categories");
  }

  @Test
  void should_refuse_a_mask_that_is_no_weight() {
    Trainer trainer = trainer(Task.binary("click").mask("mask"));
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Dataset data = DATA.with("mask", NumericColumn.of(1, 1, bad, 1));
      assertThatThrownBy(() -> trainer.fit(data, data))
          .isInstanceOf(DataException.class)
          .hasMessage("mask 'mask' must be at least 0 and finite, but was " + bad + " in row 2");
    }
  }

  @Test
  void should_list_the_columns_when_one_is_missing() {
    assertThatThrownBy(() -> trainer(Task.binary("buy")).fit(DATA, DATA))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown column 'buy', known are [item, click, order]");
    FeatureSchema schema = FeatureSchema.builder().candidate(categorical("shop")).build();
    assertThatThrownBy(() -> trainer(schema, Task.binary("click")).fit(DATA, DATA))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown column 'shop', known are [item, click, order]");
  }

  @Test
  void should_refuse_infinite_features() {
    FeatureSchema schema =
        FeatureSchema.builder().candidate(categorical("item"), numeric("price")).build();
    Dataset data = DATA.with("price", NumericColumn.of(1, 2, Double.POSITIVE_INFINITY, 3));
    assertThatThrownBy(() -> trainer(schema, Task.binary("click")).fit(data, data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("price")
        .hasMessageContaining("Infinity");
  }

  @Test
  void should_refuse_two_keep_rates() {
    Trainer trainer = trainer(Task.binary("click")).negativeKeepRate(0.2);
    assertThatThrownBy(() -> trainer.fit(DATA.with(new NegativeSampling(0.1)), DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the trainer was told that negatives were kept at 0.2, but the training data says 0.1");
    assertThatThrownBy(() -> trainer.negativeKeepRate(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the keep rate of negatives must be in (0, 1], but was 0.0");
  }

  @Test
  void should_refuse_networks_that_cannot_have_the_tasks() {
    refusePlan(
        ResFlow.of(8, 4),
        "task 'order' takes over the features of layer 3 of 'click', but the towers have 2 hidden"
            + " layers",
        Task.binary("click"),
        Task.binary("order").residual(Residual.features("click", 3)));
    refusePlan(
        Esmm.of(8),
        "ESMM learns task 'order' over all impressions, but its label space is Given[task=click]",
        Task.binary("click"),
        Task.binary("order").residualFrom("click").given("click"));
    assertThatThrownBy(() -> SharedBottom.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("widths must be at least 1, but were [0]");
    assertThatThrownBy(() -> new SharedBottom(Mlp.of(), Mlp.of(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a shared bottom needs at least one layer");
    assertThatThrownBy(() -> Mlp.of(3).dropout(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be in [0, 1), but was 1.0");
  }

  private static void refusePlan(Architecture architecture, String message, Task... tasks) {
    assertThatThrownBy(() -> architecture.plan(3, TaskGraph.of(tasks)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** A log in two chunks. */
  private record Chunked(Dataset first, Dataset second) implements DatasetSource {
    @Override
    public Chunks open() {
      return new Chunks() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < 2;
        }

        @Override
        public Dataset next() {
          if (next == 2) {
            throw new NoSuchElementException();
          }
          return next++ == 0 ? first : second;
        }

        @Override
        public void close() {}
      };
    }
  }

  /** A log without any chunk. */
  private static final class Empty implements DatasetSource {
    @Override
    public Chunks open() {
      return new Chunks() {
        @Override
        public boolean hasNext() {
          return false;
        }

        @Override
        public Dataset next() {
          throw new NoSuchElementException();
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void should_refuse_keep_rates_that_the_data_contradicts() {
    Trainer told = trainer(Task.binary("click")).negativeKeepRate(0.5, 0.25);
    Dataset noted = DATA.with(new NegativeSampling(0.5));

    assertThatThrownBy(() -> told.fit(noted, noted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the trainer was told that negatives were kept at 0.25, but the validation data says"
                + " 0.5");
    assertThatThrownBy(() -> told.fit(DATA.with(new NegativeSampling(0.1)), DATA))
        .hasMessage(
            "the trainer was told that negatives were kept at 0.5, but the training data says 0.1");
  }

  @Test
  void should_refuse_to_replace_the_joint_loss_of_an_architecture() {
    Architecture own =
        new Architecture() {
          @Override
          public String name() {
            return "own";
          }

          @Override
          public Map<String, String> properties() {
            return Map.of();
          }

          @Override
          public Plan plan(int inputWidth, TaskGraph tasks) {
            return SharedBottom.of(4).plan(inputWidth, tasks);
          }

          @Override
          public JointLoss loss(TaskGraph tasks) {
            return (batch, parameters, parameterGradient) -> 0;
          }
        };
    Trainer trainer =
        Trainer.of(Network.of(SCHEMA, own, Task.binary("click")))
            .loss(LossChoice.UNCERTAINTY_LIEBEL);

    assertThatThrownBy(() -> trainer.fit(DATA, DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("architecture 'own' has a joint loss of its own");
  }
}
