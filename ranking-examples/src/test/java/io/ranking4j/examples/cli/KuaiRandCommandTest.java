package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a real log, where it is there. */
@Tag("slow")
class KuaiRandCommandTest {
  private static final Path LOG =
      Path.of(System.getProperty("ranking4j.shared.data", "none"), "kuairand-pure");

  /** What smoothed rates of video, user and tab reach on the test file, added as log-odds. */
  private static final double CLICK_BY_COUNTING = 0.7171;

  private static final double LONG_VIEW_BY_COUNTING = 0.7146;

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  Path folder;

  @BeforeEach
  void needsTheLog() {
    assumeTrue(Files.isDirectory(LOG), "the folder of ranking4j.shared.data has no kuairand-pure");
  }

  private static String run(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void should_beat_counting_when_trained_on_the_log() throws IOException {
    String model = folder.resolve("model.r4j").toString();
    Path measured = folder.resolve("evaluation.json");
    run("train", "--dataset", "kuairand", "--data", LOG.toString(), "--out", model);
    run(
        "evaluate",
        "--dataset",
        "kuairand",
        "--data",
        LOG.toString(),
        "--model-file",
        model,
        "--json",
        measured.toString());
    JsonNode tasks = new ObjectMapper().readTree(measured.toFile()).get("tasks");
    assertThat(tasks.fieldNames())
        .toIterable()
        .containsExactly("is_click", "long_view", "is_profile_enter", "is_like");
    assertThat(tasks.at("/is_click/auc").asDouble()).isGreaterThan(CLICK_BY_COUNTING);
    assertThat(tasks.at("/long_view/auc").asDouble()).isGreaterThan(LONG_VIEW_BY_COUNTING);
    String ranked =
        run("rank", "--dataset", "kuairand", "--data", LOG.toString(), "--model-file", model);
    assertThat(ranked).contains("utility");
  }
}
