package io.ranking4j.nn.training;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.nn.architecture.SingleTask;
import io.ranking4j.nn.optimizer.LazyAdam;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  private static final Dataset TRAIN = TestLogs.every(1, 500);
  private static final Dataset VALIDATION = TestLogs.every(2, 400);
  private static final FeatureSchema NUMBERS =
      FeatureSchema.builder().context(numeric("age")).candidate(numeric("price")).build();
  private static final FeatureSchema EMBEDDED =
      FeatureSchema.builder()
          .context(categorical("user"), numeric("age"))
          .candidate(categorical("item"), numeric("price"))
          .build();
  private static final Mlp TOWER = Mlp.of(8, 4).batchNorm(true);
  private static final Task CLICK = Task.binary("click");
  private static final Task ORDER = Task.binary("order");
  private static final TrainerOptions RESTLESS =
      TrainerOptions.defaults()
          .epochs(8)
          .batchSize(100)
          .learningRate(0.03)
          .tables(LazyAdam.DEFAULT, 0.05, 0.05);

  private static TrainingRun run(Architecture architecture, EarlyStopping stopping) {
    Network network = Network.of(EMBEDDED, architecture, CLICK, ORDER);
    return Trainer.of(network.embeddingWidth(4))
        .options(RESTLESS.stopping(stopping.patience(8)))
        .run(TRAIN, VALIDATION);
  }

  private static EpochReport best(TrainingRun run, String task) {
    Comparator<EpochReport> byQuality = Comparator.comparingDouble(report -> quality(report, task));
    return run.history().stream()
        // The first of equal ones is kept.
        .max(byQuality.thenComparing(report -> -report.epoch()))
        .orElseThrow();
  }

  private static double quality(EpochReport report, String task) {
    return Objects.requireNonNull(report.quality().get(task));
  }

  @Test
  void should_keep_the_best_epoch_of_each_task_where_their_networks_share_nothing() {
    TrainingRun run = run(SingleTask.of(8, 4), EarlyStopping.onEach());

    EpochReport click = best(run, "click");
    EpochReport order = best(run, "order");
    assertThat(click.epoch()).as("what makes the test one").isNotEqualTo(order.epoch());
    assertThat(run.bestEpoch()).isEqualTo(Math.max(click.epoch(), order.epoch()));
    Map<String, EpochReport> kept = Map.of("click", click, "order", order);
    try (Scorer scorer = Scorer.of(run.model())) {
      Map<String, double[]> scores = scorer.score(VALIDATION);
      kept.forEach(
          (task, report) -> {
            double[] labels = VALIDATION.column(task, NumericColumn.class).values();
            double[] own = Objects.requireNonNull(scores.get(task));
            assertThat(RocAuc.compute(Predictions.of(labels, own)).value())
                .isCloseTo(quality(report, task), within(1e-12));
            assertThat(run.model().provenance().get("train.bestEpoch." + task))
                .contains(Integer.toString(report.epoch()));
            assertThat(run.model().provenance().get("validation." + task))
                .contains(Double.toString(quality(report, task)));
          });
    }
  }

  @Test
  void should_keep_one_epoch_where_tasks_share_embeddings() {
    Architecture shared = new ResFlow(Mlp.of(), TOWER);
    TrainingRun each = run(shared, EarlyStopping.onEach());
    TrainingRun mean = run(shared, EarlyStopping.onMean());

    assertThat(each.bestEpoch()).isEqualTo(mean.bestEpoch());
    assertThat(each.model().parameters()).isEqualTo(mean.model().parameters());
    assertThat(each.model().states()).isEqualTo(mean.model().states());
  }

  @Test
  void should_find_what_tasks_share() {
    TaskGraph tasks = TaskGraph.of(CLICK, ORDER, Task.binary("share"));
    List<String> names = tasks.names();
    InputLayout embedded = FeatureEncoder.fit(EMBEDDED, TRAIN, 6).layout();
    InputLayout numbers = FeatureEncoder.fit(NUMBERS, TRAIN, 6).layout();

    InputLayout attended = FeatureEncoder.fit(TestLogs.everyKind(), TRAIN, 6).layout();

    assertThat(parts(new SeparateTowers(TOWER), embedded, tasks)).containsExactly(names);
    assertThat(parts(SingleTask.of(8), embedded, tasks))
        .containsExactly(List.of("click"), List.of("order"), List.of("share"));
    // What a list is pooled by are the columns of all tasks.
    assertThat(parts(SingleTask.of(8), attended, tasks)).containsExactly(names);
    // Without embeddings separate towers have nothing in common that is learned.
    assertThat(parts(new SeparateTowers(TOWER), numbers, tasks))
        .containsExactly(List.of("click"), List.of("order"), List.of("share"));
    assertThat(parts(new ResFlow(Mlp.of(), TOWER), numbers, tasks))
        .containsExactly(List.of("click"), List.of("order"), List.of("share"));
    TaskGraph linked = TaskGraph.of(CLICK, ORDER, Task.binary("share").residualFrom("click"));
    assertThat(parts(new ResFlow(Mlp.of(), TOWER), numbers, linked))
        .containsExactly(List.of("click", "share"), List.of("order"));
  }

  private static List<List<String>> parts(
      Architecture architecture, InputLayout layout, TaskGraph tasks) {
    return TaskPart.of(architecture.plan(layout, tasks), layout, tasks.names()).stream()
        .map(TaskPart::tasks)
        .toList();
  }

  @Test
  void should_refuse_to_watch_one_task_and_each() {
    assertThatThrownBy(() -> new EarlyStopping(Optional.of("click"), true, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'click'");
  }
}
