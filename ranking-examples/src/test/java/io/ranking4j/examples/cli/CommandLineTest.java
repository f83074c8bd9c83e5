package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.LostValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  Path folder;

  private static void assertOneLine(CommandRun result, int code, String... parts) {
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("error: ").contains(parts);
  }

  @Test
  void should_train_evaluate_and_rank_when_the_log_is_simulated() throws IOException {
    Path model = folder.resolve("model.r4j");
    Path trained = folder.resolve("json/train.json");
    CommandRun train =
        CommandRun.of(
            CommandRun.small("train"),
            "--tasks",
            "click,cart,order",
            "--tower",
            "16,8",
            "--epochs",
            "3",
            "--negative-keep-rate",
            "0.5",
            "--monitor",
            "click",
            "--out",
            model.toString(),
            "--json",
            trained.toString());
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(train.out())
        .contains("epoch 1")
        .contains("validation")
        .contains("test")
        .contains("best reachable")
        .contains("before correction");
    assertThat(CommandRun.json(trained).at("/best_reachable_auc/click").asDouble())
        .isBetween(0.7, 1.0);
    assertThat(CommandRun.json(trained).at("/epochs")).isNotEmpty();

    Path measured = folder.resolve("evaluation.json");
    CommandRun evaluated =
        CommandRun.of(
            CommandRun.small("evaluate"),
            "--model-file",
            model.toString(),
            "--json",
            measured.toString());
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("task").contains("order");
    assertThat(CommandRun.json(measured).fieldNames()).toIterable().containsExactly("tasks");
    assertThat(CommandRun.json(measured).get("tasks").fieldNames())
        .toIterable()
        .containsExactly("click", "cart", "order");
    assertThat(CommandRun.json(measured).at("/tasks/click").fieldNames())
        .toIterable()
        .containsExactly(
            "auc", "pr_auc", "log_loss", "ne", "brier", "calibration_ratio", "ece", "gauc");
    assertThat(CommandRun.json(measured).at("/tasks/click/auc"))
        .isEqualTo(CommandRun.json(trained).at("/test/tasks/click/auc"));

    Path ranked = folder.resolve("ranking.json");
    CommandRun rank =
        CommandRun.of(
            CommandRun.small("rank"),
            "--model-file",
            model.toString(),
            "--request",
            "day-3-request-0",
            "--top",
            "3",
            "--explain",
            "--fusion",
            "{\"type\":\"linear\",\"properties\":{\"task:order*signal:price\":1,\"task:click\":0.1}}",
            "--json",
            ranked.toString());
    assertThat(rank.code()).as(rank.err()).isZero();
    assertThat(rank.out()).contains("utility").contains("logit of click");
    JsonNode items = CommandRun.json(ranked).get("items");
    assertThat(items).hasSize(3);
    assertThat(items.get(0).get("utility").asDouble())
        .isGreaterThanOrEqualTo(items.get(1).get("utility").asDouble());
    assertThat(items.get(0).get("predictions").fieldNames())
        .toIterable()
        .containsExactly("click", "cart", "order");

    CommandRun byUser = CommandRun.of(CommandRun.small("rank"), "--model-file", model.toString());
    assertThat(byUser.code()).as(byUser.err()).isZero();
    assertOneLine(
        CommandRun.of(
            CommandRun.small("rank"), "--model-file", model.toString(), "--user", "nobody"),
        1,
        "unknown user 'nobody'");
    assertOneLine(
        CommandRun.of(
            CommandRun.small("rank"),
            "--model-file",
            model.toString(),
            "--fusion",
            "{\"type\":\"linear\",\"properties\":{\"task:share\":1}}"),
        1,
        "unknown task 'share'",
        "click");
  }

  @Test
  void should_measure_the_loss_of_features_when_they_are_dropped() throws IOException {
    Path model = folder.resolve("model.r4j");
    CommandRun train =
        CommandRun.of(
            CommandRun.small("train"),
            "--tasks",
            "click,order",
            "--tower",
            "16",
            "--epochs",
            "2",
            "--feature-dropout",
            "0.1",
            "--out",
            model.toString());
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(RankingModel.load(model).provenance().get("options").orElseThrow())
        .contains("FeatureDropout[rate=0.1");

    Path measured = folder.resolve("loss.json");
    List<String> names = LostValues.names(RankingModel.load(model).schema());
    String group = names.get(0) + "," + names.get(1);
    List<String> command = CommandRun.small("feature-loss");
    CommandRun run =
        CommandRun.of(
            command,
            "--tasks",
            "click,order",
            "--model-file",
            model.toString(),
            "--group",
            group,
            "--json",
            measured.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("(nothing)", group, "mean loss", "every prediction of");

    JsonNode json = CommandRun.json(measured);
    assertThat(json.at("/losses")).hasSize(names.size() + 1);
    JsonNode first = json.at("/losses/0");
    assertThat(first.at("/lost/0").asText()).isEqualTo(names.get(0));
    assertThat(first.at("/loss/click").asDouble())
        .isEqualTo(json.at("/complete/click").asDouble() - first.at("/quality/click").asDouble());

    assertOneLine(
        CommandRun.of(command, "--model-file", model.toString(), "--group", "nobody"),
        2,
        "value of a request 'nobody'",
        names.get(0));
  }

  @Test
  void should_use_the_seed_of_training_when_a_model_is_evaluated_or_ranks() throws IOException {
    List<String> world = CommandRun.SMALL.subList(0, CommandRun.SMALL.indexOf("--seed"));
    Path model = folder.resolve("seeded.r4j");
    Path trained = folder.resolve("trained.json");
    Path measured = folder.resolve("measured.json");
    List<String> train = new ArrayList<>(List.of("train", "--tower", "8", "--epochs", "1"));
    train.addAll(List.of("--seed", "7", "--out", model.toString(), "--json", trained.toString()));
    assertThat(CommandRun.of(train, world.toArray(String[]::new)).code()).isZero();

    List<String> evaluate = new ArrayList<>(List.of("evaluate", "--model-file", model.toString()));
    evaluate.addAll(world);
    CommandRun evaluated = CommandRun.of(evaluate, "--json", measured.toString());
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(CommandRun.json(measured).at("/tasks/click"))
        .isNotEmpty()
        .isEqualTo(CommandRun.json(trained).at("/test/tasks/click"));
    assertOneLine(CommandRun.of(evaluate, "--seed", "8"), 2, "--seed must be 7", "but was 8");

    List<String> rank = new ArrayList<>(evaluate);
    rank.set(0, "rank");
    assertOneLine(CommandRun.of(rank, "--seed", "8"), 2, "--seed must be 7", "but was 8");
    assertThat(CommandRun.of(rank).out())
        .isNotEmpty()
        .isEqualTo(CommandRun.of(rank, "--seed", "7").out());
    // The seed plays no role for a real log: what is wrong here is the folder alone.
    assertOneLine(
        CommandRun.of(rank, "--dataset", "kuairand", "--data", folder + "/none", "--seed", "8"),
        1,
        folder + "/none");
  }

  @Test
  void should_train_every_model_and_measure_each_task_when_named() throws IOException {
    for (String name : Models.names()) {
      if (name.equals("domain-towers")) {
        continue; // the simulated log says no domain
      }
      Path model = folder.resolve(name + ".r4j");
      Path measured = folder.resolve(name + ".json");
      List<String> tasks = List.of("--tasks", "click,order");
      List<String> train = new ArrayList<>(CommandRun.small("train"));
      train.addAll(tasks);
      CommandRun trained =
          CommandRun.of(
              train, "--model", name, "--tower", "8,4", "--epochs", "1", "--out", model.toString());
      assertThat(trained.code()).as(name + ": " + trained.err()).isZero();
      List<String> evaluate = new ArrayList<>(CommandRun.small("evaluate"));
      evaluate.addAll(tasks);
      CommandRun evaluated =
          CommandRun.of(evaluate, "--model-file", model.toString(), "--json", measured.toString());
      assertThat(evaluated.code()).as(name + ": " + evaluated.err()).isZero();
      assertThat(CommandRun.json(measured).get("tasks").fieldNames())
          .toIterable()
          .as(name)
          .containsExactly("click", "order");
    }
  }

  @Test
  void should_write_the_log_and_its_truth_when_simulating() throws IOException {
    CommandRun result =
        CommandRun.of(
            CommandRun.small("simulate"), "--out", folder.toString(), "--json", folder + "/s.json");
    assertThat(result.code()).as(result.err()).isZero();
    for (String file : List.of("train.csv", "validation.csv", "test.csv")) {
      List<String> lines = Files.readAllLines(folder.resolve(file));
      assertThat(lines).hasSize(file.equals("train.csv") ? 6_001 : 3_001);
      assertThat(lines.get(0)).contains("request_id,day,position,user_id").contains("true_order");
    }
    assertThat(CommandRun.json(folder.resolve("s.json")).at("/train/rows").asInt())
        .isEqualTo(6_000);
    assertThat(CommandRun.json(folder.resolve("s.json")).at("/train/rates/click").asDouble())
        .isBetween(0.05, 0.25);
  }

  @Test
  void should_list_the_models_when_the_name_is_unknown() {
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--model", "resnet"),
        2,
        "'resnet'",
        "resflow",
        "esmm");
  }

  @Test
  void should_list_recipes_and_weightings_when_the_name_is_unknown() {
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--recipe", "fast"),
        2,
        "'fast'",
        "default",
        "best");
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--task-weighting", "equal"),
        2,
        "'equal'",
        "gradnorm");
  }

  @Test
  void should_train_by_the_best_recipe_when_asked() throws IOException {
    Path measured = folder.resolve("best.json");
    List<String> train = new ArrayList<>(CommandRun.small("train"));
    train.addAll(List.of("--recipe", "best", "--epochs", "2", "--tower", "8"));
    CommandRun result =
        CommandRun.of(train, "--task-weighting", "liebel", "--json", measured.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(CommandRun.json(measured).get("recipe").asText()).isEqualTo("best");
    assertThat(CommandRun.json(measured).get("epochs").size()).isEqualTo(2);
  }

  @Test
  void should_list_the_data_sets_when_the_name_is_unknown() {
    assertOneLine(CommandRun.of("train", "--dataset", "mnist"), 2, "'mnist'", "kuairand", "census");
  }

  @Test
  void should_list_the_tasks_when_one_is_unknown() {
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--tasks", "click,share"), 1, "'share'", "order");
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--monitor", "share"), 1, "'share'", "order");
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--links", "share=click"), 1, "'share'", "order");
  }

  @Test
  void should_read_a_folder_that_is_named_although_the_data_set_is_not() {
    assertOneLine(CommandRun.of("train", "--data", "nowhere"), 1, "folder nowhere does not exist");
  }

  @Test
  void should_name_the_file_when_it_is_missing() {
    assertOneLine(
        CommandRun.of("evaluate", "--model-file", folder + "/none.r4j"), 1, folder + "/none.r4j");
    assertOneLine(
        CommandRun.of("train", "--dataset", "kuairand", "--data", folder + "/none"),
        1,
        folder + "/none");
    assertOneLine(
        CommandRun.of("train", "--dataset", "census", "--data", folder.toString()),
        1,
        "census-income.test.gz");
  }

  @Test
  void should_say_what_is_wrong_when_an_option_is_out_of_range() {
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--epochs", "0"), 2, "epochs must be at least 1");
    assertOneLine(
        CommandRun.of(CommandRun.small("train"), "--negative-keep-rate", "0"), 2, "(0, 1]");
    assertOneLine(CommandRun.of(CommandRun.small("train"), "--links", "order"), 2, "child=parent");
    assertOneLine(CommandRun.of("train", "--dataset", "kuairand"), 2, "--data");
    assertOneLine(CommandRun.of("evaluate"), 2, "--model-file");
    assertOneLine(CommandRun.of("train", "--colour", "red"), 2, "--colour");
  }

  @Test
  void should_refuse_the_model_when_the_file_is_none() throws IOException {
    Path file = Files.writeString(folder.resolve("text.r4j"), "not a model");
    assertOneLine(CommandRun.of("evaluate", "--model-file", file.toString()), 1, "model");
  }

  @Test
  void should_show_the_stack_when_verbose() {
    CommandRun result =
        CommandRun.of(
            "evaluate", "--verbose", "--model-file", folder.resolve("none.r4j").toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("\tat io.ranking4j.examples");
  }

  @Test
  void should_calibrate_once_when_the_model_is_written_again() throws IOException {
    Path model = folder.resolve("plain.r4j");
    Path calibrated = folder.resolve("calibrated.r4j");
    Path json = folder.resolve("calibrate.json");
    assertThat(
            CommandRun.of(
                    CommandRun.small("train"),
                    "--tasks",
                    "click",
                    "--tower",
                    "8",
                    "--epochs",
                    "1",
                    "--out",
                    model.toString())
                .code())
        .isZero();
    List<String> arguments = new ArrayList<>(List.of("calibrate", "--tasks", "click"));
    arguments.addAll(CommandRun.SMALL);
    CommandRun result =
        CommandRun.of(
            arguments,
            "--model-file",
            model.toString(),
            "--segment",
            "device",
            "--out",
            calibrated.toString(),
            "--json",
            json.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("auc before", "click: calibrators of their own for", "phone");
    assertThat(CommandRun.json(json).at("/choices/click/auc").size()).isEqualTo(5);
    assertThat(CommandRun.json(json).at("/test/tasks/click/ece").isNumber()).isTrue();
    assertOneLine(
        CommandRun.of(
            arguments,
            "--model-file",
            calibrated.toString(),
            "--out",
            folder.resolve("x").toString()),
        1,
        "already been through a calibrator of type 'segmented'");
  }

  @Test
  void should_say_what_a_model_is_and_in_what_two_differ() throws IOException {
    Path one = folder.resolve("one.r4j");
    Path other = folder.resolve("other.r4j");
    List<String> train = new ArrayList<>(CommandRun.small("train"));
    train.addAll(List.of("--tasks", "click,cart", "--tower", "8", "--epochs", "1"));
    assertThat(CommandRun.of(train, "--out", one.toString()).code()).isZero();
    assertThat(CommandRun.of(train, "--out", other.toString(), "--model", "nse").code()).isZero();

    CommandRun inspected =
        CommandRun.of("inspect", one.toString(), "--json", folder.resolve("one.json").toString());
    assertThat(inspected.code()).as(inspected.err()).isZero();
    assertThat(inspected.out()).contains("provenance ", "task cart: ", "feature ", "parameters: ");
    assertThat(CommandRun.json(folder.resolve("one.json")).path("network").asText())
        .endsWith(" steps");

    CommandRun same = CommandRun.of("diff", one.toString(), one.toString());
    assertThat(same.out()).isEqualToIgnoringNewLines("the models are the same");
    CommandRun differing =
        CommandRun.of(
            "diff", one.toString(), other.toString(), "--json", folder + "/difference.json");
    assertThat(differing.code()).as(differing.err()).isZero();
    assertThat(differing.out()).contains("parameters", "  - ", "  + ").doesNotContain("feature ");
    assertThat(
            CommandRun.json(folder.resolve("difference.json"))
                .path("network")
                .path("other")
                .asText())
        .endsWith(" steps");
  }
}
