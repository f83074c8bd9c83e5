package io.ranking4j.examples.recipe;

import io.ranking4j.examples.data.KuaiRandInputs;
import io.ranking4j.nn.optimizer.EmbeddingDropout;
import io.ranking4j.nn.optimizer.TableOptions;
import io.ranking4j.nn.schedule.LearningRateSchedule;
import io.ranking4j.nn.training.TrainerOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A recipe with one of its parts turned off at a time, to see what each is worth. */
public final class RecipeAblation {
  /** What the recipe itself is called. */
  public static final String COMPLETE = "complete";

  private RecipeAblation() {}

  /** Those of {@link Recipe#BEST}. */
  public static Map<String, Recipe> recipes() {
    return of(Recipe.BEST);
  }

  /**
   * By what was changed, the recipes in the order to show them, {@link #COMPLETE} first. Parts that
   * the recipe does not have are left out.
   */
  public static Map<String, Recipe> of(Recipe recipe) {
    Map<String, Recipe> all = new LinkedHashMap<>();
    all.put(COMPLETE, recipe);
    features(recipe).forEach((name, changed) -> add(all, name, recipe.inputs(changed)));
    add(all, "without the wide term", recipe.wide(false));
    tables(recipe.options())
        .forEach(
            (name, changed) -> add(all, name, recipe.options(recipe.options().tables(changed))));
    trainer(recipe.options()).forEach((name, changed) -> add(all, name, recipe.options(changed)));
    add(all, "tasks weighted by hand", recipe.loss(Recipe.DEFAULT.loss()));
    add(all, "towers of the default", recipe.tower(Recipe.DEFAULT.tower()));
    add(
        all,
        "embeddings of the default width",
        recipe.embeddingWidth(Recipe.DEFAULT.embeddingWidth()));
    return Collections.unmodifiableMap(all);
  }

  private static void add(Map<String, Recipe> all, String name, Recipe changed) {
    if (!changed.equals(all.get(COMPLETE))) {
      all.put(name, changed);
    }
  }

  private static Map<String, KuaiRandInputs> features(Recipe recipe) {
    KuaiRandInputs inputs = recipe.inputs();
    Map<String, KuaiRandInputs> changed = new LinkedHashMap<>();
    changed.put("without rates", inputs.rates(false, false));
    changed.put("without rates of finer keys", inputs.rates(inputs.rates(), false));
    changed.put("without history", inputs.history(false, false, false));
    changed.put(
        "without history of author and tags",
        inputs.history(inputs.history(), false, inputs.sequence()));
    changed.put("without sequences", inputs.history(inputs.history(), inputs.affinity(), false));
    changed.put("embeddings of rarer values", inputs.minCount(KuaiRandInputs.DEFAULT.minCount()));
    return changed;
  }

  private static Map<String, TableOptions> tables(TrainerOptions options) {
    TableOptions tables = options.tables();
    Map<String, TableOptions> changed = new LinkedHashMap<>();
    changed.put(
        "tables at the network's learning rate", tables.learningRate(options.learningRate()));
    changed.put("without L2 on embeddings", tables.decay(0));
    changed.put(
        "without embedding dropout",
        tables.dropout(EmbeddingDropout.NONE.rate(), EmbeddingDropout.NONE.unit()));
    changed.put("rates of rows regardless of frequency", tables.frequencyAdaptive(false));
    changed.put("without restarts of tables", tables.restarted(false));
    return changed;
  }

  private static Map<String, TrainerOptions> trainer(TrainerOptions options) {
    Map<String, TrainerOptions> changed = new LinkedHashMap<>();
    changed.put("biases from zero", options.baseRates(false));
    changed.put("without averaging", options.averaging(0));
    changed.put("constant learning rates", options.schedule(LearningRateSchedule.CONSTANT));
    changed.put("without weight decay", options.weightDecay(0));
    changed.put(
        "batches of the default size", options.batchSize(TrainerOptions.DEFAULT_BATCH_SIZE));
    changed.put(
        "the network at the default learning rate",
        options.learningRate(TrainerOptions.DEFAULT_LEARNING_RATE));
    changed.put("only one epoch", options.epochs(1));
    return changed;
  }
}
