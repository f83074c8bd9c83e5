package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  Path folder;

  private static CommandRun run(String command, String... more) {
    return CommandRun.of(CommandRun.small(command), more);
  }

  private String train(String name, String architecture) {
    String file = folder.resolve(name + ".r4j").toString();
    CommandRun run =
        run("train", "--epochs", "2", "--tower", "8", "--model", architecture, "--out", file);
    assertThat(run.code()).as(run.err()).isZero();
    return file;
  }

  @Test
  void should_write_every_section_when_models_are_compared() throws IOException {
    String resflow = train("resflow", "resflow");
    String shared = train("shared", "shared-bottom");
    Path page = folder.resolve("deep").resolve("page.html");
    CommandRun run =
        run("report", "--model-file", resflow, "--compare", shared, "--out", page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    String html = Files.readString(page);
    assertThat(html)
        .contains(
            "<h1>2 models on simulated</h1>",
            "<h2>Training</h2>",
            "<h2>Metrics</h2>",
            "<h2>Calibration</h2>",
            "<h2>ROC and precision-recall</h2>",
            "<h2>Score distributions</h2>",
            "<h2>Segments</h2>",
            "<h2>ROC-AUC compared</h2>",
            "<h2>Fusions compared</h2>",
            "<h2>Trade-off of fusions</h2>",
            "<h2>Provenance</h2>",
            "<dt>train.sha256</dt>",
            "ROC-AUC of click by device")
        .doesNotContain("train.history");
  }

  @Test
  void should_compare_nothing_when_there_is_one_model() throws IOException {
    Path page = folder.resolve("page.html");
    CommandRun run =
        run(
            "report",
            "--model-file",
            train("one", "shared-bottom"),
            "--segment",
            "category,hour",
            "--out",
            page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(page))
        .contains("<h1>one on simulated</h1>", "ROC-AUC of click by category", "of click by hour")
        .doesNotContain("<h2>ROC-AUC compared</h2>");
  }

  @Test
  void should_name_the_columns_there_are_when_a_segment_is_unknown() {
    String model = train("one", "shared-bottom");
    CommandRun run =
        run(
            "report",
            "--model-file",
            model,
            "--segment",
            "country",
            "--out",
            folder.resolve("x.html").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("country").contains("device");
    assertThat(folder.resolve("x.html")).doesNotExist();
  }
}
