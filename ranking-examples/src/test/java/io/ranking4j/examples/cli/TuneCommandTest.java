package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ranking4j.fusion.Fusions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
  private static final String[] WORLD = {
    "--users",
    "60",
    "--items",
    "40",
    "--requests-per-day",
    "300",
    "--train-days",
    "2",
    "--seed",
    "7"
  };

  private final Path folder;

  TuneCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private static Result inWorld(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(WORLD));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void should_tune_a_model_and_compare_fusions() throws IOException {
    String model = folder.resolve("model.r4j").toString();
    Result train =
        inWorld("train", "--tasks", "click,order", "--tower", "8", "--epochs", "2", "--out", model);
    assertThat(train.code()).as(train.err()).isZero();
    Path tuned = folder.resolve("tuned.json");
    Path json = folder.resolve("out.json");
    Path page = folder.resolve("tuning.html");
    Result tune =
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
        .contains("bayesian search, 9 trials", "on test rows", "click.pr_auc >= 0.9", "grid of 10");
    assertThat(json(json).path("trials")).hasSize(9);
    assertThat(json(json).path("allowed").asBoolean()).isTrue();
    assertThat(json(json).path("grid").path("found").asDouble()).isGreaterThan(.9);
    assertThat(json(json).path("test")).hasSize(2);
    assertThat(json(json).path("trials").get(0).path("weights").path("order").asDouble())
        .isEqualTo(20);
    assertThat(Fusions.fromJson(Files.readString(tuned)).tasks()).containsOnly("click", "order");

    assertThat(Files.readString(page))
        .contains("Slices through the best weights", "Feasibility by the weight of order")
        .contains("order.pr_auc of every trial", "Trials predicted from the others");

    Result compared =
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
    assertThat(json(json).path("fusions")).hasSize(6);
    Result wrong =
        inWorld(
            "tune", "--tasks", "click,order", "--model-file", model, "--maximise", "order.best");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("unknown measure 'best'", "pr_auc");
  }

  @Test
  void should_go_through_the_steps_of_an_online_search() throws IOException {
    String state = folder.resolve("online.json").toString();
    Path json = folder.resolve("arms.json");
    Result init =
        run(
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
      Result propose = run("tune-online", "propose", "--state", state, "--json", json.toString());
      assertThat(propose.out()).contains("0 (in use)", "click", "save");
      Result again = run("tune-online", "propose", "--state", state);
      assertThat(again.out()).isEqualTo(propose.out());
      JsonNode arms = json(json).path("arms");
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
      Result record =
          run("tune-online", "record", "--state", state, "--outcomes", recorded.toString());
      assertThat(record.code()).as(record.err()).isZero();
      assertThat(record.out()).contains("recorded: " + (batch + 1) + " batches");
    }
    Result status = run("tune-online", "status", "--state", state, "--json", json.toString());
    assertThat(status.out()).contains("READY", "best weights: click=", "in use");
    assertThat(json(json).path("batches").asInt()).isEqualTo(2);
    Result twice =
        run("tune-online", "init", "--state", state, "--weights", "a=1,b=1", "--maximise", "m");
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.err()).contains("FileAlreadyExistsException");
    assertThat(run("tune-online").code()).isEqualTo(2);
    Result missing = run("tune-online", "status", "--state", folder.resolve("none").toString());
    assertThat(missing.err()).contains("does not exist").contains("init");
  }
}
