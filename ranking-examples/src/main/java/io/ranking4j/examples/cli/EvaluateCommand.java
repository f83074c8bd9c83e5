package io.ranking4j.examples.cli;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.report.Evaluation;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code evaluate}: measures a model on the test rows of a data set. */
@Command(name = "evaluate", description = "Measures a model on a log.")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Mixin private final ModelOption modelFile = new ModelOption();

  @Override
  public Integer call() throws IOException {
    RankingModel model = modelFile.load();
    ExampleData example = data.openFor(model, common);
    Evaluation evaluation =
        Evaluation.of(
            model, Models.measured(model, example), testRows(example, model), example.userColumn());
    PrintWriter print = common.out();
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
