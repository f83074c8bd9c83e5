package io.ranking4j.benchmarks;

import io.ranking4j.error.UnknownNameException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line: runs one suite. */
@Command(
    name = "ranking-benchmarks",
    description = "Measures training and serving side by side with other engines.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "SUITE",
      description = "What to measure: ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  private String suite = "";

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures to this file as well.")
  private @Nullable Path json;

  Main() {}

  /** The names of the suites, for the help. */
  static final class Names implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return Suites.names().iterator();
    }
  }

  /** Runs a suite and ends the process. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Suite> parts = Suites.ALL.stream().filter(part -> part.name().equals(suite)).toList();
    if (parts.isEmpty()) {
      throw new UnknownNameException("suite", suite, Suites.names());
    }
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    Report report = new Report(suite, out);
    for (Suite part : parts) {
      part.run(report);
    }
    if (json != null) {
      report.write(json);
    }
    return 0;
  }
}
