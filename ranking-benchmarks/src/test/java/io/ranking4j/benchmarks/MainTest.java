package io.ranking4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  @Test
  void should_list_the_suites_when_asked_for_help() {
    StringWriter out = new StringWriter();

    int code = new CommandLine(new Main()).setOut(new PrintWriter(out)).execute("--help");

    assertThat(code).isZero();
    assertThat(out.toString()).contains(Suites.names());
  }

  @Test
  void should_name_the_known_suites_when_one_is_unknown() {
    StringWriter err = new StringWriter();

    int code = new CommandLine(new Main()).setErr(new PrintWriter(err)).execute("serf");

    assertThat(code).isNotZero();
    assertThat(err.toString()).contains("serf").contains(Suites.names());
  }

  @Test
  void should_have_every_suite_that_is_promised() {
    assertThat(Suites.names())
        .contains("serve", "serve-concurrent", "scaling", "cold-start", "memory", "micro");
  }
}
