package io.ranking4j.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command printed, and how it ended. */
record CommandRun(int code, String out, String err) {
  /** A simulated log that is quick to train on. */
  static final List<String> SMALL =
      List.of(
          "--users",
          "60",
          "--items",
          "40",
          "--requests-per-day",
          "300",
          "--train-days",
          "2",
          "--seed",
          "7");

  /** Runs a command within this process. */
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** A command on the small log, to which arguments are added. */
  static List<String> small(String command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(SMALL);
    return arguments;
  }

  /** Runs a command that begins so. */
  static CommandRun of(List<String> first, String... more) {
    List<String> arguments = new ArrayList<>(first);
    arguments.addAll(List.of(more));
    return of(arguments.toArray(String[]::new));
  }

  /** Reads what a command wrote. */
  static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
