package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ranking4j.fusion.Fusions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
  private final Path folder;

  TuneCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static CommandRun inWorld(String command, String... more) {
    return CommandRun.of(CommandRun.small(command), more);
  }

  @Test
  void should_tune_a_model_and_compare_fusions() throws IOException {
    String model = folder.resolve("model.r4j").toString();
    CommandRun train =
        inWorld("train", "--tasks", "click,order", "--tower", "8", "--epochs", "2", "--out", model);
    assertThat(train.code()).as(train.err()).isZero();
    Path tuned = folder.resolve("tuned.json");
    Path json = folder.resolve("out.json");
    Path page = folder.resolve("tuning.html");
    CommandRun tune =
        inWorld(
            "tune",
            "--tasks",
            "click,order",
            "--model-file",
            model,
            "--weights",
            "click=1,order=20",
            "--maximise",
            "order.pr_auc",
            "--constraint",
            "click.pr_auc>=0.9*baseline",
            "--confidence",
            "0.9",
            "--evaluations",
            "9",
            "--grid",
            "10",
            "--out",
            tuned.toString(),
            "--json",
            json.toString(),
            "--report",
            page.toString());
    assertThat(tune.code()).as(tune.err()).isZero();
    assertThat(tune.out())
        .contains("bayesian search, 9 trials", "on test rows", "click.pr_auc >= 0.9", "grid of 10")
        .contains("constrained metrics as reached with confidence 0.9", "held");
    assertThat(CommandRun.json(json).path("trials")).hasSize(9);
    assertThat(CommandRun.json(json).path("allowed").asBoolean()).isTrue();
    assertThat(CommandRun.json(json).path("grid").path("found").asDouble()).isGreaterThan(.9);
    assertThat(CommandRun.json(json).path("test")).hasSize(2);
    assertThat(CommandRun.json(json).path("trials").get(0).path("weights").path("order").asDouble())
        .isEqualTo(20);
    assertThat(Fusions.fromJson(Files.readString(tuned)).tasks()).containsOnly("click", "order");

    assertThat(Files.readString(page))
        .contains("Slices through the best weights", "Feasibility by the weight of order")
        .contains("order.pr_auc of every trial", "Trials predicted from the others");

    CommandRun compared =
        inWorld(
            "tune",
            "--tasks",
            "click,order",
            "--model-file",
            model,
            "--compare",
            "click,order",
            "--evaluations",
            "6",
            "--json",
            json.toString());
    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(compared.out()).contains("wr@100", "list_auc", "click^-0.2000 x order", ", tuned");
    assertThat(CommandRun.json(json).path("fusions")).hasSize(6);
    CommandRun wrong =
        inWorld(
            "tune", "--tasks", "click,order", "--model-file", model, "--maximise", "order.best");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("unknown measure 'best'", "pr_auc");
  }

  @Test
  void should_go_through_the_steps_of_an_online_search() throws IOException {
    String state = folder.resolve("online.json").toString();
    Path json = folder.resolve("arms.json");
    CommandRun init =
        CommandRun.of(
            "tune-online",
            "init",
            "--state",
            state,
            "--weights",
            "click=1,save=4",
            "--maximise",
            "views",
            "--constraint",
            "clicks>=0.9*baseline",
            "--arms",
            "3",
            "--seed",
            "5");
    assertThat(init.code()).as(init.err()).isZero();
    for (int batch = 0; batch < 2; batch++) {
      CommandRun propose =
          CommandRun.of("tune-online", "propose", "--state", state, "--json", json.toString());
      assertThat(propose.out()).contains("0 (in use)", "click", "save");
      CommandRun again = CommandRun.of("tune-online", "propose", "--state", state);
      assertThat(again.out()).isEqualTo(propose.out());
      JsonNode arms = CommandRun.json(json).path("arms");
      assertThat(arms).hasSize(3);
      List<String> outcomes = new ArrayList<>();
      for (JsonNode arm : arms) {
        double save = arm.path("save").asDouble();
        outcomes.add(
            "{\"views\": {\"mean\": %s, \"standard_error\": 0.1}, \"clicks\": {\"mean\": 3}}"
                .formatted(10 - (save - 3) * (save - 3)));
      }
      Path recorded = folder.resolve("outcomes.json");
      Files.writeString(recorded, "{\"arms\": " + outcomes + "}");
      CommandRun record =
          CommandRun.of(
              "tune-online", "record", "--state", state, "--outcomes", recorded.toString());
      assertThat(record.code()).as(record.err()).isZero();
      assertThat(record.out()).contains("recorded: " + (batch + 1) + " batches");
    }
    CommandRun status =
        CommandRun.of(
            "tune-online",
            "status",
            "--state",
            state,
            "--json",
            json.toString(),
            "--report",
            folder.resolve("online.html").toString());
    assertThat(status.err()).isEmpty();
    assertThat(Files.readString(folder.resolve("online.html")))
        .contains("READY: batch 2", "views by the weight of save", "Trials predicted from");
    assertThat(status.out()).contains("READY", "best weights: click=", "in use");
    assertThat(CommandRun.json(json).path("batches").asInt()).isEqualTo(2);
    CommandRun twice =
        CommandRun.of(
            "tune-online", "init", "--state", state, "--weights", "a=1,b=1", "--maximise", "m");
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.err()).contains("FileAlreadyExistsException");
    assertThat(CommandRun.of("tune-online").code()).isEqualTo(2);
    CommandRun missing =
        CommandRun.of("tune-online", "status", "--state", folder.resolve("none").toString());
    assertThat(missing.err()).contains("does not exist").contains("init");
  }
}
