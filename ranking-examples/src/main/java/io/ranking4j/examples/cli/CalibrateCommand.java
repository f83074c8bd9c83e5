package io.ranking4j.examples.cli;

import io.ranking4j.calibration.CalibrationChoice;
import io.ranking4j.calibration.SegmentedCalibrator;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.report.Evaluation;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.examples.report.WalkForward;
import io.ranking4j.nn.training.CalibrationRun;
import io.ranking4j.nn.training.ModelCalibration;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code calibrate}: fits calibrators to the last training day and saves the model with them. */
@Command(
    name = "calibrate",
    description =
        "Fits a calibrator to each task of a model, by the rows that validated it (the last"
            + " training day), and writes the model with them.")
final class CalibrateCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Mixin private final ModelOption modelFile = new ModelOption();

  @Option(
      names = "--out",
      required = true,
      description = "Write the calibrated model there.",
      paramLabel = "FILE")
  private Path out = Path.of("");

  @Option(
      names = "--segment",
      description =
          "A categorical feature: each of its values with enough rows gets calibrators of its own.",
      paramLabel = "FEATURE")
  private Optional<String> segment = Optional.empty();

  @Option(
      names = "--walk-forward",
      description =
          "Also measure calibrators that are fitted anew each day, on the day before (kuairand).")
  private boolean walkForward;

  @Override
  public Integer call() throws IOException {
    PrintWriter print = common.out();
    RankingModel model = modelFile.load();
    // Before the data is read: a model that is calibrated already is refused at once.
    ModelCalibration calibration = ModelCalibration.of(model).seed(common.seed());
    if (segment.isPresent()) {
      calibration = calibration.bySegment(segment.get());
    }
    ExampleData example = data.openFor(model, common);
    if (walkForward && example.dayColumn().isEmpty()) {
      throw data.misuse("data set '" + data.dataset() + "' has no days to walk --walk-forward");
    }
    CalibrationRun run = calibration.fit(example.validation());
    print.printf("%s%n", choices(run));
    if (segment.isPresent()) {
      segments(run, print);
    }
    run.warnings().forEach(print::println);
    run.model().save(out);
    print.printf("model written to %s%n", out);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("choices", json(run));
    json.put("warnings", run.warnings());
    TaskGraph measured = Models.measured(model, example);
    Optional<Dataset> test = example.test(model.schema(), measured);
    if (test.isPresent()) {
      Evaluation before = Evaluation.of(model, measured, test.get(), example.userColumn());
      Evaluation after = Evaluation.of(run.model(), measured, test.get(), example.userColumn());
      print.printf("%ntest, before%n%s%ntest, calibrated%n%s", before.toTable(), after.toTable());
      json.put("test_before", before.toJson());
      json.put("test", after.toJson());
      if (walkForward) {
        Evaluation daily =
            Evaluation.of(
                WalkForward.predictions(
                    calibration,
                    example.validation(),
                    test.get(),
                    example.dayColumn().orElseThrow()),
                measured,
                test.get(),
                example.userColumn());
        print.printf("%ntest, calibrated anew each day%n%s", daily.toTable());
        json.put("test_walk_forward", daily.toJson());
      }
    }
    print.flush();
    common.writeJson(json);
    return 0;
  }

  private static String choices(CalibrationRun run) {
    TextTable table =
        new TextTable(List.of("task", "chosen", "log loss before", "after", "auc before", "after"));
    run.choices()
        .forEach(
            (task, choice) ->
                table.row(
                    task,
                    choice.chosen(),
                    loss(choice, "none"),
                    loss(choice, choice.chosen()),
                    choice.aucBefore(),
                    choice.aucAfter()));
    return table.toString();
  }

  private static double loss(CalibrationChoice choice, String way) {
    Double loss = choice.logLoss().get(way);
    return loss == null ? Double.NaN : loss;
  }

  private static void segments(CalibrationRun run, PrintWriter print) {
    run.model()
        .outputs()
        .forEach(
            output -> {
              Optional<Calibrator> calibrator = output.calibrator();
              if (calibrator.isPresent()
                  && calibrator.get() instanceof SegmentedCalibrator segmented) {
                print.printf(
                    "%s: calibrators of their own for %s%n",
                    output.task().name(), segmented.segments().keySet());
              }
            });
  }

  private static Map<String, Object> json(CalibrationRun run) {
    Map<String, Object> byTask = new LinkedHashMap<>();
    run.choices()
        .forEach(
            (task, choice) -> {
              Map<String, Object> of = new LinkedHashMap<>();
              of.put("chosen", choice.chosen());
              of.put("log_loss", choice.logLoss());
              of.put("auc", choice.auc());
              byTask.put(task, of);
            });
    return byTask;
  }
}
