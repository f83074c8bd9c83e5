package io.ranking4j.examples.cli;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.data.KuaiRandExample;
import io.ranking4j.examples.recipe.Recipe;
import io.ranking4j.examples.update.Slices;
import io.ranking4j.nn.gate.DataGate;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.update.ModelUpdater;
import io.ranking4j.nn.update.UpdateOptions;
import io.ranking4j.nn.update.UpdateResult;
import io.ranking4j.runtime.publish.ModelDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code update}: trains the current model of a folder on, and publishes it if it may be. */
@Command(
    name = "update",
    description =
        "Trains the current model of a folder on with a slice of a log, or the first one, and"
            + " publishes what passes the checks. Ends with 3 where that was rejected.")
final class UpdateCommand implements Callable<Integer> {
  /** What it ends with where nothing was published, for a reason that was written down. */
  static final int REJECTED = 3;

  @Mixin private final ModelDirectoryOption models = new ModelDirectoryOption();
  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--day",
      description =
          "The slice ends with this day, as in 20220427 (kuairand; default: the rows that train"
              + " learns from, held-out ones being those it validates with).",
      paramLabel = "DAY")
  private Optional<Integer> day = Optional.empty();

  @Option(
      names = "--since",
      description = "The day of the last update, after whose rows the slice begins.",
      paramLabel = "DAY")
  private Optional<Integer> since = Optional.empty();

  @Option(
      names = "--model",
      description = "The architecture, always the same (default: ${DEFAULT-VALUE}).",
      paramLabel = "NAME")
  private String model = "resflow";

  @Option(
      names = "--recipe",
      description = "How models are trained: default or best (default: ${DEFAULT-VALUE}).",
      paramLabel = "NAME")
  private String recipe = "default";

  @Option(
      names = "--epochs",
      description = "Passes over the slice (default: 1; of a first model those of the recipe).",
      paramLabel = "N")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--min-rows",
      description =
          "The least rows of a slice: all that guards the first update of a model (default:"
              + " ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private long minRows = DataGate.DEFAULT_MIN_ROWS;

  @Option(
      names = "--learning-rate-factor",
      description = "Learning rates as a multiple of those of the recipe (default: 1).",
      paramLabel = "X")
  private double learningRateFactor = 1;

  @Option(names = "--seed", description = "Decides all that is random.", paramLabel = "N")
  private long seed = 42;

  @Override
  public Integer call() throws IOException {
    ModelDirectory directory = models.directory();
    PrintWriter print = models.out();
    Recipe chosen;
    ExampleData example;
    Network network;
    try {
      chosen = Recipe.of(recipe);
      example = data.open(seed, chosen.inputs());
      network =
          Network.of(example.schema(), Models.architecture(model, chosen), example.tasks())
              .embeddingWidth(chosen.embeddingWidth());
    } catch (IllegalArgumentException | UnknownNameException e) {
      throw models.misuse(e.getMessage());
    }
    int passes = epochs.orElse(directory.current().isPresent() ? 1 : chosen.options().epochs());
    Trainer trainer =
        Trainer.of(network).options(chosen.options().epochs(passes).seed(seed)).loss(chosen.loss());
    UpdateOptions options =
        UpdateOptions.DEFAULT
            .data(DataGate.DEFAULT.minRows(minRows))
            .learningRateFactor(learningRateFactor);
    options = example.userColumn().map(options::groupColumn).orElse(options);
    Parts parts = parts(example);
    UpdateResult result =
        new ModelUpdater(directory, trainer, options).update(parts.slice(), parts.heldOut());
    print.println(result.report());
    result.published().ifPresent(version -> print.println(version + " is current"));
    result.rejection().ifPresent(reason -> print.println("rejected, see " + reason));
    print.flush();
    return result.published().isPresent() ? 0 : REJECTED;
  }

  /** What is learned from, and what is held out. */
  private record Parts(Dataset slice, Dataset heldOut) {}

  private Parts parts(ExampleData example) {
    if (day.isEmpty() && since.isEmpty()) {
      return new Parts(example.train(), example.validation());
    }
    if (day.isEmpty() || !(example instanceof KuaiRandExample log)) {
      throw models.misuse("--since needs --day, and both need data set 'kuairand'");
    }
    OptionalInt last = since.map(OptionalInt::of).orElse(OptionalInt.empty());
    Slices.AfterDay after = Slices.of(log).after(day.get(), last);
    return new Parts(after.slice(), after.heldOut());
  }
}
