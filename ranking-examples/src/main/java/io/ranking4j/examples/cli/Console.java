package io.ranking4j.examples.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command prints, and how it says that it was called wrongly; to be mixed into it. */
@Command
class Console {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  private CommandSpec command() {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("the command runs before it is parsed");
    }
    return command;
  }

  /** Where the command prints. */
  final PrintWriter out() {
    return command().commandLine().getOut();
  }

  /** What says that an option is wrong. */
  final ParameterException misuse(@Nullable String message) {
    return new ParameterException(command().commandLine(), String.valueOf(message));
  }
}
