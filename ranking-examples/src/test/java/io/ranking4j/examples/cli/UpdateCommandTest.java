package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateCommandTest {
  private final Path models;

  UpdateCommandTest(@TempDir Path folder) {
    models = folder.resolve("models");
  }

  private CommandRun run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, "--model-dir", models.toString()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun update(String requests) {
    return run(
        "update",
        "--users",
        "60",
        "--items",
        "40",
        "--train-days",
        "2",
        "--seed",
        "7",
        "--requests-per-day",
        requests);
  }

  private static void assertDone(CommandRun run, String says) {
    assertThat(run.code()).as("%s%n%s", run.out(), run.err()).isZero();
    assertThat(run.out()).contains(says);
  }

  @Test
  void should_publish_reject_roll_back_and_list() {
    assertDone(update("300"), "model-000001.r4j is current");
    CommandRun truncated = update("10");
    assertThat(truncated.code()).as(truncated.err()).isEqualTo(UpdateCommand.REJECTED);
    assertThat(truncated.out())
        .startsWith("FAILED    row count of the slice")
        .contains("rejected, see " + models.resolve("rejected"));
    assertDone(update("300"), "model-000002.r4j is current");

    assertDone(run("rollback"), "model-000001.r4j is current again");
    String first = models.resolve("model-000001.r4j").toString();
    assertDone(run("publish", first), "model-000003.r4j is current");
    CommandRun history = run("history");
    assertDone(history, "resflow");
    assertThat(history.out().lines().map(line -> line.replaceAll(" +", " ")))
        .anyMatch(line -> line.startsWith("model-000003.r4j CURRENT"))
        .anyMatch(line -> line.startsWith("model-000002.r4j UNUSED"))
        .anyMatch(line -> line.startsWith("model-000001.r4j EARLIER"));
  }

  @Test
  void should_say_what_is_wrong_in_one_line() {
    CommandRun nothing = run("rollback");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).startsWith("error: there is no version in").hasLineCount(1);
    CommandRun unknown = run("update", "--recipe", "secret");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("'secret'", "best").hasLineCount(1);
    CommandRun day = run("update", "--day", "20220427");
    assertThat(day.code()).isEqualTo(2);
    assertThat(day.err()).contains("kuairand").hasLineCount(1);
  }
}
