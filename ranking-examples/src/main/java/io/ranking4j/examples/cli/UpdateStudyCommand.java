package io.ranking4j.examples.cli;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.KuaiRandExample;
import io.ranking4j.examples.data.TaskLinks;
import io.ranking4j.examples.recipe.Recipe;
import io.ranking4j.examples.report.JsonFile;
import io.ranking4j.examples.update.UpdateStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code update-study}: compares daily updates with models that are trained anew. */
@Command(
    name = "update-study",
    description =
        "Updates a model with each day of KuaiRand, and compares it with one trained anew on all"
            + " days so far.")
final class UpdateStudyCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Option(names = "--data", required = true, description = "The folder of the log.")
  private Path data = Path.of("");

  @Option(names = "--out", required = true, description = "Where models and figures go.")
  private Path out = Path.of("");

  @Option(
      names = "--recipe",
      description = "How models are trained: default or best (default: ${DEFAULT-VALUE}).",
      paramLabel = "NAME")
  private String recipe = "default";

  @Option(
      names = "--model",
      description = "The architecture (default: ${DEFAULT-VALUE}).",
      paramLabel = "NAME")
  private String model = "resflow";

  @Option(
      names = "--base-days",
      description = "Days that the first model learns from (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int baseDays = 5;

  @Option(
      names = "--slices",
      description = "Days that updates learn from (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int slices = 4;

  @Option(
      names = "--update-epochs",
      description = "Passes over the slice of an update (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int updateEpochs = 1;

  @Option(
      names = "--learning-rate-factor",
      description =
          "Learning rates of updates, as a multiple of those of the recipe (default:"
              + " ${DEFAULT-VALUE}).",
      paramLabel = "X")
  private double learningRateFactor = 1;

  @Option(
      names = "--seeds",
      description = "Runs, with a seed each (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int seeds = 3;

  @Option(
      names = "--seed",
      description = "The first of the seeds (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private long seed = 1;

  @Option(names = CommonOptions.VERBOSE, description = "Show where an error comes from.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public Integer call() throws IOException {
    UpdateStudy study;
    try {
      Recipe chosen = Recipe.of(recipe);
      KuaiRandExample example =
          new KuaiRandExample(
              data,
              Optional.empty(),
              Optional.empty(),
              List.of(),
              new TaskLinks.Chain(),
              chosen.inputs());
      study =
          new UpdateStudy(
              example,
              chosen,
              model,
              baseDays,
              slices,
              updateEpochs,
              learningRateFactor,
              console.out());
    } catch (IllegalArgumentException | UnknownNameException e) {
      throw console.misuse(e.getMessage());
    }
    Map<String, Object> measured =
        study.run(LongStream.range(seed, seed + seeds).boxed().toList(), out.resolve("models"));
    JsonFile.write(out.resolve("updates.json"), measured);
    return 0;
  }
}
