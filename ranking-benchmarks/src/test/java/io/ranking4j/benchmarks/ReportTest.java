package io.ranking4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final StringWriter printed = new StringWriter();
  private final Report report = new Report("serve", new PrintWriter(printed));

  @Test
  void should_write_suite_machine_and_rows_when_asked(@TempDir Path folder) throws Exception {
    report.less("dense-400/onnxruntime", "p50 us", 500, 750);
    report.more("threads", "requests/s", 190, 100);
    report.alone("fuse", "mean us/op", 3);
    Path file = folder.resolve("report.json");
    report.write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(names(json)).containsExactly("suite", "machine", "rows");
    assertThat(json.get("suite").textValue()).isEqualTo("serve");
    assertThat(names(json.get("machine"))).contains("cpu", "cores", "java", "date");
    assertThat(json.get("rows")).hasSize(3);
    JsonNode row = json.get("rows").get(0);
    assertThat(names(row)).containsExactly("case", "measure", "ours", "theirs", "ratio");
    assertThat(row.get("case").textValue()).isEqualTo("dense-400/onnxruntime");
    assertThat(row.get("ratio").doubleValue()).isEqualTo(1.5);
    assertThat(json.get("rows").get(1).get("ratio").doubleValue()).isEqualTo(1.9);
    assertThat(json.get("rows").get(2).get("ratio").isNull()).isTrue();
  }

  @Test
  void should_print_medians_and_p99_when_given_times() {
    Samples ours = new Samples();
    ours.add(1000);
    Samples theirs = new Samples();
    theirs.add(2000);
    report.times("case", new Comparison.Result(ours, theirs, List.of(1.9, 2.0, 2.1)));

    assertThat(report.rows()).extracting(Report.Row::measure).contains("p50 us", "p99 us");
    assertThat(report.rows()).extracting(Report.Row::ratio).contains(2.0);
    assertThat(printed.toString()).contains("least 1.90, median 2.00, most 2.10");
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
