package io.ranking4j.nn.update;

import static io.ranking4j.schema.Feature.categorical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.gate.GateResult;
import io.ranking4j.nn.optimizer.LazyAdam;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.publish.ModelDirectory;
import io.ranking4j.runtime.publish.ModelVersion;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelUpdaterTest {
  private static final int ROWS = 3000;
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(categorical("user"))
          .candidate(categorical("item").vocabulary(5, 100))
          .build();

  private static final Trainer TRAINER =
      Trainer.of(Network.of(SCHEMA, new ResFlow(Mlp.of(), Mlp.of(8)), Task.binary("click")))
          .options(
              TrainerOptions.defaults()
                  .epochs(3)
                  .batchSize(100)
                  .tables(LazyAdam.DEFAULT, 0.01, 0.05));

  private final ModelDirectory models;
  private final ModelUpdater updater;

  ModelUpdaterTest(@TempDir Path folder) {
    models = ModelDirectory.of(folder.resolve("models"));
    updater = new ModelUpdater(models, TRAINER, UpdateOptions.DEFAULT.groupColumn("user"));
  }

  /** A day of a log; each day has one item more than the day before. */
  private static Dataset day(int day, int rows) {
    Random random = new Random(day);
    String[] items = new String[10 + day];
    for (int i = 0; i < items.length; i++) {
      items[i] = "i" + i;
    }
    String[] users = new String[40];
    for (int u = 0; u < users.length; u++) {
      users[u] = "u" + u;
    }
    int[] user = new int[rows];
    int[] item = new int[rows];
    double[] click = new double[rows];
    for (int row = 0; row < rows; row++) {
      user[row] = random.nextInt(users.length);
      item[row] = random.nextInt(items.length);
      double logit = -1 + Math.sin(3.0 * item[row]) + Math.cos(2.0 * user[row]);
      click[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    }
    return Dataset.builder()
        .column("user", new CategoricalColumn(user, users))
        .column("item", new CategoricalColumn(item, items))
        .column("click", NumericColumn.of(click))
        .build();
  }

  private static Dataset flipped(Dataset data) {
    double[] labels = data.column("click", NumericColumn.class).values().clone();
    for (int row = 0; row < labels.length; row++) {
      labels[row] = 1 - labels[row];
    }
    return data.with("click", NumericColumn.of(labels));
  }

  private UpdateResult update(Dataset day) throws IOException {
    int learned = day.rows() * 4 / 5;
    return updater.update(day.slice(0, learned), day.slice(learned, day.rows()));
  }

  private List<String> failures(UpdateResult result) throws IOException {
    assertThat(result.published()).isEmpty();
    assertThat(models.current().orElseThrow().number()).as("the current one stays").isEqualTo(2);
    assertThat(result.rejection().orElseThrow())
        .content()
        .startsWith("not published: ")
        .contains("model-000002.r4j stays current")
        .contains(result.report().failures().get(0).toString());
    return result.report().failures().stream().map(GateResult::gate).distinct().toList();
  }

  @Test
  void should_publish_good_slices_and_reject_broken_ones() throws IOException {
    UpdateResult first = update(day(0, 2 * ROWS));
    assertThat(first.published()).as("%s", first.report()).isPresent();
    UpdateResult second = update(day(1, ROWS));
    assertThat(second.published()).as("%s", second.report()).isPresent();

    Dataset today = day(2, ROWS);
    assertThat(failures(update(flipped(today)))).contains("label agreement");
    int learned = ROWS * 4 / 5;
    Dataset heldOut = today.slice(learned, ROWS);
    assertThat(failures(updater.update(flipped(today.slice(0, learned)), heldOut)))
        .contains("label rate");
    assertThat(failures(updater.update(today.slice(0, learned / 10), heldOut)))
        .containsExactly("row count");
    Dataset without =
        Dataset.builder()
            .column("user", today.column("user"))
            .column("click", today.column("click"))
            .build();
    assertThat(failures(updater.update(without, heldOut))).containsExactly("training");

    UpdateResult third = update(today);
    ModelVersion published = third.published().orElseThrow();
    assertThat(published.number()).isEqualTo(3);
    assertThat(published.provenance().get("warmStart.generation")).contains("2");
    assertThat(published.provenance().get("warmStart.optimizer")).contains("continued");
    assertThat(published.provenance().get("warmStart.addedRows")).contains("1");
    assertThat(published.provenance().get("gates").orElseThrow()).startsWith("{\"passed\":true");
    assertThat(published.load().encoder().row("item", "i11")).isGreaterThan(1);
  }

  @Test
  void should_go_on_with_fresh_optimizers_when_there_is_no_state() throws IOException {
    ModelVersion first = update(day(0, 2 * ROWS)).published().orElseThrow();
    Files.delete(first.beside(ModelUpdater.STATE));

    ModelVersion second = update(day(1, ROWS)).published().orElseThrow();

    assertThat(second.provenance().get("warmStart.optimizer")).contains("fresh");
    assertThat(second.beside(ModelUpdater.STATE)).isNotEmptyFile();
  }

  /** Each row has the name of another item: the rates of labels are what they were. */
  @Test
  void should_reject_a_model_that_learned_nonsense() throws IOException {
    assertThat(update(day(0, 2 * ROWS)).published()).isPresent();
    assertThat(update(day(1, ROWS)).published()).isPresent();
    Dataset today = day(2, ROWS);
    int learned = ROWS * 4 / 5;
    Dataset slice = today.slice(0, learned);
    int[] items = slice.column("item", CategoricalColumn.class).codes().clone();
    for (int row = 0; row < learned; row++) {
      items[row] = (items[row] + 5) % 12;
    }
    String[] names = today.column("item", CategoricalColumn.class).dictionary();
    Dataset mixedUp = slice.with("item", new CategoricalColumn(items, names));

    assertThat(failures(updater.update(mixedUp, today.slice(learned, ROWS)))).contains("auc");
  }

  @Test
  void should_refuse_a_trainer_of_another_network() throws IOException {
    assertThat(update(day(0, 2 * ROWS)).published()).isPresent();
    Trainer other =
        Trainer.of(Network.of(SCHEMA, new ResFlow(Mlp.of(), Mlp.of(9)), Task.binary("click")));
    ModelUpdater wrong = new ModelUpdater(models, other, UpdateOptions.DEFAULT);
    Dataset day = day(1, ROWS);

    assertThatThrownBy(() -> wrong.update(day, day))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows and columns of");
  }
}
