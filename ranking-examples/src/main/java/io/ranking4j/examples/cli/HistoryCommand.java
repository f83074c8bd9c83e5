package io.ranking4j.examples.cli;

import io.ranking4j.examples.report.TextTable;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.publish.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code history}: lists the versions of a folder. */
@Command(name = "history", description = "Lists the models of a folder, the newest first.")
final class HistoryCommand implements Callable<Integer> {
  @Mixin private final ModelDirectoryOption models = new ModelDirectoryOption();

  @Override
  public Integer call() throws IOException {
    TextTable table =
        new TextTable(List.of("version", "status", "created", "rows", "updates", "architecture"));
    for (ModelVersion version : models.directory().versions()) {
      Provenance provenance = version.provenance();
      table.row(
          version,
          version.status(),
          provenance.get("created").orElse("-"),
          provenance.get("train.rows").orElse("-"),
          provenance.get("warmStart.generation").orElse("0"),
          provenance.get("architecture").orElse("-"));
    }
    PrintWriter print = models.out();
    print.println(table);
    print.flush();
    return 0;
  }
}
