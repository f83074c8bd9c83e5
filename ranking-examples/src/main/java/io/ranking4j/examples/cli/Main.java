package io.ranking4j.examples.cli;

import io.ranking4j.error.RankingException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * The command line. It ends with 0, with 2 where it was called wrongly, with 3 where an update was
 * rejected, and with 1 where anything else went wrong, which one line on the error stream then
 * says.
 */
@Command(
    name = "ranking-examples",
    description = "Trains, evaluates and runs multi-task ranking models.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.class,
      CalibrateCommand.class,
      EvaluateCommand.class,
      FeatureLossCommand.class,
      RankCommand.class,
      InspectCommand.class,
      DiffCommand.class,
      ReportCommand.class,
      SimulateCommand.class,
      TuneCommand.class,
      TuneOnlineCommand.class,
      TuneBenchmarkCommand.class,
      PersonalCommand.class,
      ReproduceCommand.class,
      UpdateCommand.class,
      PublishCommand.class,
      RollbackCommand.class,
      HistoryCommand.class,
      UpdateStudyCommand.class
    })
public final class Main {
  private static final int FAILED = 1;
  private static final int CALLED_WRONGLY = 2;

  Main() {}

  /** Runs a command and ends the process. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, for those who run it within their own process. */
  public static CommandLine commandLine() {
    IExecutionExceptionHandler onFailure = Main::failed;
    IParameterExceptionHandler onMisuse = Main::calledWrongly;
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(onFailure)
        .setParameterExceptionHandler(onMisuse);
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("error: " + message(failure));
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.hasMatchedOption(CommonOptions.VERBOSE)) {
      failure.printStackTrace(err);
    }
    err.flush();
    return FAILED;
  }

  private static int calledWrongly(CommandLine.ParameterException misuse, String[] arguments) {
    CommandLine command = misuse.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        "error: "
            + oneLine(misuse.getMessage())
            + " (see "
            + command.getCommandSpec().qualifiedName()
            + " --help)");
    err.flush();
    return CALLED_WRONGLY;
  }

  private static String message(Exception failure) {
    String message = oneLine(failure.getMessage());
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder: " + message;
    }
    boolean speaksForItself =
        failure instanceof RankingException
            || failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure instanceof UncheckedIOException
            // Those that have a class of their own say no more than the file's name.
            || failure.getClass() == FileSystemException.class;
    return speaksForItself && !message.isEmpty()
        ? message
        : failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
