package io.ranking4j.fusion.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.error.DataException;
import io.ranking4j.fusion.gp.TimeCorrelation;
import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineTunerTest {
  private static final Map<String, Double> STATUS_QUO = Map.of("click", .8, "save", .2);

  private final Path folder;

  OnlineTunerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static SearchProblem problem() {
    SearchSpace space = SearchSpace.simplex(List.of("click", "save"), 1);
    return SearchProblem.of(space, Objective.maximise("views"), space.toPoint(STATUS_QUO))
        .withConstraint(Constraint.atLeastOfBaseline("clicks", .9));
  }

  /** The best allowed share of save is where clicks fall by a tenth, at about .52. */
  private static Map<String, Measurement> run(
      Map<String, Double> arm, double offset, Random noise) {
    double save = arm.getOrDefault("save", Double.NaN);
    double views = 10 - 8 * (save - .7) * (save - .7) + offset;
    double clicks = 5 - 1.5 * save * save + offset / 4;
    return Map.of(
        "views", new Measurement(views + .02 * noise.nextGaussian(), .02),
        "clicks", new Measurement(clicks + .01 * noise.nextGaussian(), .01));
  }

  private static double mean(@Nullable Measurement measurement) {
    return measurement == null ? Double.NaN : measurement.mean();
  }

  private static List<Map<String, Measurement>> run(
      List<Map<String, Double>> arms, double offset, Random noise) {
    List<Map<String, Measurement>> outcomes = new ArrayList<>();
    arms.forEach(arm -> outcomes.add(run(arm, offset, noise)));
    return outcomes;
  }

  @Test
  void should_find_better_weights_through_the_offsets_of_batches_and_stop() throws IOException {
    Path file = folder.resolve("online.json");
    OnlineTuner tuner = OnlineTuner.create(file, problem(), OnlineOptions.defaults(3));
    Random noise = new Random(8);
    int batches = 0;
    for (List<Map<String, Double>> arms = tuner.propose(0);
        !arms.isEmpty();
        arms = tuner.propose(0)) {
      assertThat(arms).hasSize(4);
      assertThat(arms.get(0)).isEqualTo(STATUS_QUO);
      tuner.record(run(arms, Math.sin(5 * batches++), noise));
    }
    OnlineStatus status = tuner.status(0);
    assertThat(status.isStopped()).isTrue();
    assertThat(status.phase()).isEqualTo(OnlineStatus.Phase.CONVERGED);
    assertThat(status.reason()).contains("2 proposals in a row expected an improvement of less");
    assertThat(status.batches()).isEqualTo(batches).isLessThan(20);
    assertThat(status.weights().get("save")).as("seed 8").isEqualTo(.56, within(.1));
    assertThat(mean(status.objective()) - mean(status.statusQuo()))
        .as("seed 8")
        .isEqualTo(2 - 8 * .02, within(.3));
    assertThat(status.feasibility()).isGreaterThanOrEqualTo(.5);
    assertThat(OnlineTuner.open(file).propose(0)).isEmpty();
  }

  @Test
  void should_go_on_exactly_when_it_was_killed_anywhere() throws IOException {
    Path file = folder.resolve("killed.json");
    OnlineTuner steady =
        OnlineTuner.create(folder.resolve("steady.json"), problem(), OnlineOptions.defaults(5));
    OnlineTuner.create(file, problem(), OnlineOptions.defaults(5));
    Random noise = new Random(1);
    Random sameNoise = new Random(1);
    for (int batch = 0; batch < 4; batch++) {
      List<Map<String, Double>> arms = steady.propose(batch);
      steady.record(run(arms, batch, noise));
      List<Map<String, Double>> before = OnlineTuner.open(file).propose(batch);
      List<Map<String, Double>> after = OnlineTuner.open(file).propose(batch);
      assertThat(before).isEqualTo(arms);
      assertThat(after).isEqualTo(arms);
      OnlineTuner.open(file).record(run(after, batch, sameNoise));
    }
    assertThat(Files.readString(file)).isEqualTo(Files.readString(folder.resolve("steady.json")));
    try (var left = Files.list(folder)) {
      assertThat(left).as("two states with their locks").hasSize(4);
    }
  }

  @Test
  void should_refuse_a_step_when_another_process_has_taken_one() throws Exception {
    Path file = folder.resolve("shared.json");
    OnlineTuner.create(file, problem(), OnlineOptions.defaults(2));
    int processes = 4;
    List<OnlineTuner> tuners = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      tuners.add(OnlineTuner.open(file));
    }
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        OnlineTuner tuner = tuners.get(i);
        double now = i;
        results.add(
            threads.submit(
                () -> {
                  try {
                    return !tuner.propose(now).isEmpty();
                  } catch (IllegalStateException refused) {
                    assertThat(refused).hasMessageContaining("has gone on in another process");
                    return false;
                  }
                }));
      }
      int accepted = 0;
      for (Future<Boolean> result : results) {
        accepted += result.get() ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    OnlineTuner reopened = OnlineTuner.open(file);
    assertThat(reopened.trials()).hasSize(4);
    reopened.record(run(reopened.propose(9), 0, new Random(1)));
  }

  @Test
  void should_keep_every_option_in_its_state() {
    OnlineOptions options =
        new OnlineOptions(
            3,
            7,
            .01,
            4,
            6,
            BayesianOptions.defaults()
                .withInitialTrials(9)
                .withAcquisition(BayesianOptions.Acquisition.UPPER_CONFIDENCE_BOUND)
                .withTime(new TimeCorrelation(List.of(24.0, 168.0), .7, .01)),
            Long.MIN_VALUE);
    OnlineState state = new OnlineState(problem(), options, List.of(), 2, 1);
    OnlineState again = OnlineState.fromJson(state.toJson());
    assertThat(again.options()).isEqualTo(options);
    assertThat(again.problem().space()).isEqualTo(problem().space());
    assertThat(again.problem().constraints()).isEqualTo(problem().constraints());
    assertThat(again.toJson()).isEqualTo(state.toJson());
  }

  @Test
  void should_stop_when_the_budget_is_spent() throws IOException {
    OnlineTuner tuner =
        OnlineTuner.create(
            folder.resolve("s"), problem(), OnlineOptions.defaults(1).withMaxBatches(1));
    tuner.record(run(tuner.propose(0), 0, new Random(1)));
    assertThat(tuner.propose(0)).isEmpty();
    assertThat(tuner.status(0).phase()).isEqualTo(OnlineStatus.Phase.BUDGET_SPENT);
    assertThat(tuner.status(0).reason()).isEqualTo("all 1 batches have run");
  }

  @Test
  void should_stop_when_no_arm_is_allowed() throws IOException {
    SearchProblem hopeless = problem().withConstraint(Constraint.atLeast("clicks", 99));
    OnlineTuner tuner =
        OnlineTuner.create(folder.resolve("s"), hopeless, OnlineOptions.defaults(1));
    Random noise = new Random(1);
    for (List<Map<String, Double>> arms = tuner.propose(0);
        !arms.isEmpty();
        arms = tuner.propose(0)) {
      tuner.record(run(arms, 0, noise));
    }
    OnlineStatus status = tuner.status(0);
    assertThat(status.phase()).isEqualTo(OnlineStatus.Phase.NO_FEASIBLE_ARM);
    assertThat(status.reason()).contains("clicks >= 99.0");
    assertThat(status.weights()).isEqualTo(STATUS_QUO);
    assertThat(status.batches()).isEqualTo(5);
  }

  @Test
  void should_forget_an_arm_that_was_given_up() throws IOException {
    OnlineTuner tuner =
        OnlineTuner.create(folder.resolve("s"), problem(), OnlineOptions.defaults(1));
    assertThat(tuner.status(0).phase()).isEqualTo(OnlineStatus.Phase.READY);
    List<Map<String, Measurement>> outcomes =
        new ArrayList<>(run(tuner.propose(0), 0, new Random(1)));
    outcomes.set(2, Map.of());
    assertThat(tuner.status(0).phase()).isEqualTo(OnlineStatus.Phase.WAITING);
    assertThatThrownBy(() -> tuner.record(outcomes.subList(0, 2)))
        .hasMessage("the batch has 4 arms, but there were outcomes of 2");
    List<Map<String, Measurement>> withoutStatusQuo = new ArrayList<>(outcomes);
    withoutStatusQuo.set(0, Map.of());
    assertThatThrownBy(() -> tuner.record(withoutStatusQuo))
        .hasMessage("arm 0 must have the metrics [views, clicks], but had []");
    tuner.record(outcomes);
    assertThat(tuner.trials()).hasSize(3);
    assertThatThrownBy(() -> tuner.record(outcomes)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void should_refuse_a_state_that_is_none() throws IOException {
    Path file = folder.resolve("s");
    OnlineTuner tuner = OnlineTuner.create(file, problem(), OnlineOptions.defaults(1));
    tuner.propose(0);
    assertThatThrownBy(() -> OnlineTuner.create(file, problem(), OnlineOptions.defaults(1)))
        .isInstanceOf(FileAlreadyExistsException.class);
    String json = Files.readString(file);
    for (String[] change :
        new String[][] {
          {"\"version\" : 1", "\"version\" : 2", "must have version 1, but had 2"},
          {"ranking4j-online-search", "other", "must have the format"},
          {"\"draws\" : 128", "\"draws\" : \"x\"", "'draws' in the state of an online search must"},
          {"\"draws\" : 128", "\"draws\" : 0", "is altered: draws must be at least 1"},
          {"AT_LEAST_OF_BASELINE", "SOMETHING", "is altered"},
          {"\"lower\" : 0.0", "\"lower\" : 9.0", "is altered: the bounds of 'click'"},
        }) {
      assertThat(json).contains(change[0]);
      Files.writeString(file, json.replace(change[0], change[1]));
      assertThatThrownBy(() -> OnlineTuner.open(file))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(change[2]);
    }
    for (int length = 0; length < json.length() - 1; length += 97) {
      Files.writeString(file, json.substring(0, length));
      assertThatThrownBy(() -> OnlineTuner.open(file)).isInstanceOf(DataException.class);
    }
  }
}
