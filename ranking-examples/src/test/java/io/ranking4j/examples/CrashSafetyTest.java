package io.ranking4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.examples.cli.Main;
import io.ranking4j.nn.training.TrainingHistory;
import io.ranking4j.nn.training.TrainingState;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.file.ModelFileReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed (SIGKILL) at random moments while they train or save. */
@Tag("slow")
class CrashSafetyTest {
  private static final int KILLS = 20;
  private static final long LONGEST_SECONDS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  CrashSafetyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Process start(Path output, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** A training of about 100 steps, each of which is written down. */
  private static List<String> training(Path model, Path checkpoints) {
    return List.of(
        "train",
        "--users",
        "60",
        "--items",
        "40",
        "--requests-per-day",
        "400",
        "--train-days",
        "2",
        "--seed",
        "7",
        "--epochs",
        "4",
        "--threads",
        "2",
        "--checkpoint",
        checkpoints.toString(),
        "--checkpoint-every",
        "1",
        "--out",
        model.toString());
  }

  private void finish(Path output, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(output, Main.class, arguments);
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    assertThat(ended && process.exitValue() == 0).as(Files.readString(output)).isTrue();
  }

  /** All that is in a model file, but for when it was made and how long that took. */
  private static Map<String, Object> content(Path model) throws IOException {
    Map<String, Object> content = new HashMap<>();
    try (ModelFileReader reader = ModelFileReader.open(model)) {
      for (String section : reader.sections()) {
        int length = Math.toIntExact(reader.length(section));
        content.put(section, ByteBuffer.wrap(reader.bytes(section, length)));
      }
      JsonNode manifest = JSON.readTree(reader.manifest().toString());
      ObjectNode provenance = (ObjectNode) manifest.get("provenance");
      provenance.remove("created");
      JsonNode history = JSON.readTree(provenance.remove(TrainingHistory.ENTRY).textValue());
      history.forEach(epoch -> ((ObjectNode) epoch).remove("seconds"));
      content.put("history", history);
      content.put("manifest", manifest);
    }
    return content;
  }

  private static List<Path> checkpoints(Path in) throws IOException {
    if (!Files.exists(in)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(file -> file.toString().endsWith(".r4c")).sorted().toList();
    }
  }

  private static boolean unfinished(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.anyMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  /** Opens every file that is there: one that cannot be read fails. */
  private static int readable(Path model, Path in) throws IOException {
    if (Files.exists(model)) {
      assertThat(RankingModel.load(model).outputs()).isNotEmpty();
    }
    List<Path> files = checkpoints(in);
    for (Path file : files) {
      try (TrainingState state = TrainingState.open(file)) {
        assertThat(state.steps()).isPositive();
      }
    }
    return files.size();
  }

  @Test
  void should_end_with_the_same_model_when_killed_at_any_moment()
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path wholeModel = folder.resolve("whole.r4j");
    Path wholeFolder = folder.resolve("whole");
    long began = System.nanoTime();
    finish(output, training(wholeModel, wholeFolder));
    long nanos = System.nanoTime() - began;
    Map<String, Object> expected = content(wholeModel);
    int identical = 0;
    int whileWriting = 0;
    int goneOn = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      Path model = folder.resolve(kill + ".r4j");
      Path in = folder.resolve("checkpoints-" + kill);
      Process process = start(output, Main.class, training(model, in));
      // Any moment from the first checkpoint on: before it there is nothing to go on from.
      while (checkpoints(in).isEmpty() && process.isAlive()) {
        process.waitFor(1, TimeUnit.MILLISECONDS);
      }
      process.waitFor((long) (random.nextDouble() * nanos / 2), TimeUnit.NANOSECONDS);
      goneOn += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
      String what = "seed " + seed + ", kill " + kill;
      whileWriting += unfinished(in) ? 1 : 0;
      assertThat(readable(model, in)).as(what).isPositive();

      finish(output, training(model, in));
      readable(model, in);
      assertThat(content(model)).as(what).isEqualTo(expected);
      identical++;
    }
    System.getLogger(CrashSafetyTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "seed {0}: {1} kills, {2} of them before the end and {3} in the middle of writing a"
                + " file; {4} trainings ended with the same model",
            Long.toString(seed),
            KILLS,
            goneOn,
            whileWriting,
            identical);
    assertThat(identical).isEqualTo(KILLS);
    assertThat(goneOn).as("seed %d: kills of a process that was alive", seed).isPositive();
  }

  @Test
  void should_have_a_whole_model_when_killed_while_saving()
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path first = folder.resolve("first.r4j");
    finish(output, training(first, folder.resolve("first")));
    Path second = folder.resolve("second.r4j");
    RankingModel.load(first).withProvenance("which", "second").save(second);
    List<byte[]> either = List.of(Files.readAllBytes(first), Files.readAllBytes(second));
    Path in = Files.createDirectory(folder.resolve("saved"));
    Path file = in.resolve("model.r4j");
    int whileWriting = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      Files.deleteIfExists(file);
      Process process =
          start(
              output,
              SavingProcess.class,
              List.of(first.toString(), second.toString(), file.toString()));
      while (!Files.exists(file) && process.isAlive()) {
        process.waitFor(1, TimeUnit.MILLISECONDS);
      }
      process.waitFor(random.nextInt(500_000), TimeUnit.MICROSECONDS);
      process.destroyForcibly().waitFor();

      String what = "seed " + seed + ", kill " + kill;
      assertThat(Files.readAllBytes(file)).as(what).isIn(either);
      RankingModel.load(file);
      try (Stream<Path> left = Files.list(in)) {
        for (Path part : left.filter(path -> path.toString().endsWith(".tmp")).toList()) {
          whileWriting++;
          Files.delete(part);
        }
      }
    }
    System.getLogger(CrashSafetyTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "seed {0}: {1} kills while saving, {2} of them in the middle of writing; 0 unreadable"
                + " models",
            Long.toString(seed),
            KILLS,
            whileWriting);
  }
}
