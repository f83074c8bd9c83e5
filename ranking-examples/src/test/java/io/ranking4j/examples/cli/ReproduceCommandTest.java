package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Five experiments with two seeds. */
  private static final int RUNS = 10;

  private static final int BEFORE_KILLING = 3;

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  Path folder;

  private static List<String> topologies(Path out, int threads) {
    return List.of(
        "reproduce",
        "--only",
        "G2",
        "--simulated-rows",
        "1000",
        "--epochs",
        "1",
        "--seeds",
        "2",
        "--threads",
        Integer.toString(threads),
        "--out",
        out.toString());
  }

  /** Runs it in a process of its own, which is killed when some of its runs are finished. */
  private static void runAndKill(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int finished = 0;
      String line = lines.readLine();
      while (line != null && finished < BEFORE_KILLING) {
        finished += line.startsWith("[") ? 1 : 0;
        line = finished < BEFORE_KILLING ? lines.readLine() : line;
      }
      assertThat(finished).as("runs before the process ended").isEqualTo(BEFORE_KILLING);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Map<String, JsonNode> runs(Path out) throws IOException {
    Map<String, JsonNode> runs = new TreeMap<>();
    try (Stream<Path> files = Files.list(out.resolve("runs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        runs.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
      }
    }
    return runs;
  }

  private static Map<String, JsonNode> withoutTimes(Map<String, JsonNode> runs) {
    Map<String, JsonNode> same = new TreeMap<>();
    runs.forEach((name, run) -> same.put(name, ((ObjectNode) run.deepCopy()).without("seconds")));
    return same;
  }

  @Test
  void should_go_on_to_the_same_numbers_when_killed() throws IOException, InterruptedException {
    Path killed = folder.resolve("killed");
    runAndKill(topologies(killed, 1));
    Map<String, JsonNode> before = runs(killed);
    assertThat(before).hasSizeBetween(BEFORE_KILLING, RUNS - 1);
    CommandRun resumed = CommandRun.of(topologies(killed, 2));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains(RUNS + " runs, " + before.size() + " of them done before");
    assertThat(runs(killed)).hasSize(RUNS).containsAllEntriesOf(before);

    Path whole = folder.resolve("whole");
    CommandRun once = CommandRun.of(topologies(whole, 1));
    assertThat(once.code()).as(once.err()).isZero();
    assertThat(withoutTimes(runs(killed))).isEqualTo(withoutTimes(runs(whole)));
    Path table = Path.of("tables", "G2.md");
    assertThat(killed.resolve(table)).hasSameTextualContentAs(whole.resolve(table));

    assertThat(Files.readString(whole.resolve(table)))
        .contains(
            "| by sparsity (default) | 2 |", "| *best reachable* |", "reproduce --out FOLDER");
    JsonNode lines = JSON.readTree(whole.resolve("tables/G2.json").toFile()).get("lines");
    assertThat(lines).hasSize(5);
    for (JsonNode line : lines) {
      JsonNode click = line.at("/metrics/click");
      double first = click.at("/values/0").asDouble();
      double second = click.at("/values/1").asDouble();
      assertThat(click.get("mean").asDouble()).isEqualTo((first + second) / 2);
      assertThat(click.get("standard_deviation").asDouble())
          .isCloseTo(
              Math.abs(first - second) / Math.sqrt(2), org.assertj.core.data.Offset.offset(1e-12));
      assertThat(first).isBetween(0.3, 1.0).isNotEqualTo(second);
    }
  }

  @Test
  void should_train_anew_when_settings_changed() throws IOException {
    Path out = folder.resolve("out");
    assertThat(CommandRun.of(topologies(out, 2)).code()).isZero();
    List<String> changed = new ArrayList<>(topologies(out, 2));
    changed.set(changed.indexOf("--epochs") + 1, "2");
    CommandRun result = CommandRun.of(changed);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains(RUNS + " runs, 0 of them done before");
    assertThat(runs(out)).hasSize(2 * RUNS);
  }

  @Test
  void should_say_what_is_wrong_when_called_wrongly() {
    String out = folder.toString();
    assertThat(CommandRun.of(List.of("reproduce", "--out", out, "--only", "Z")).err())
        .startsWith("error: ")
        .contains("'Z'", "A2");
    assertThat(CommandRun.of(List.of("reproduce", "--out", out, "--only", "A")).err())
        .startsWith("error: ")
        .contains("[A, A2]", "--data");
    assertThat(CommandRun.of(List.of("reproduce", "--out", out, "--seeds", "0")).err())
        .startsWith("error: ")
        .contains("seeds must be at least 1, but was 0");
  }
}
