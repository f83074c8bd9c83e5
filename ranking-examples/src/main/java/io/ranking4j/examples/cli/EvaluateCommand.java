package io.ranking4j.examples.cli;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.report.Evaluation;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: measures a model on the test rows of a data set. */
@Command(name = "evaluate", description = "Measures a model on a log.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec @org.jspecify.annotations.Nullable CommandSpec spec;
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--model-file",
      required = true,
      description = "A model that train has written.",
      paramLabel = "FILE")
  private Path modelFile = Path.of("");

  @Override
  public Integer call() throws IOException {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("the command runs before it is parsed");
    }
    RankingModel model = DataOptions.load(modelFile);
    ExampleData example = data.openFor(model, common);
    Evaluation evaluation =
        Evaluation.of(
            model, Models.measured(model, example), testRows(example, model), example.userColumn());
    PrintWriter print = command.commandLine().getOut();
    print.println(evaluation.toTable());
    print.flush();
    common.writeJson(evaluation.toJson());
    return 0;
  }

  /** The test rows, with all that the model reads and is measured by. */
  static Dataset testRows(ExampleData example, RankingModel model) {
    return example
        .test(model.schema(), Models.measured(model, example))
        .orElseThrow(() -> new DataException("there is no test log: name one with --test"));
  }
}
