package io.ranking4j.examples.recipe;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.KuaiRandInputs;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.WideTerm;
import io.ranking4j.nn.training.LossChoice;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.input.FeatureEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is chosen beside the architecture: features, widths, and how a network is trained.
 * Immutable and safe to share.
 *
 * @param inputs the features, where the data is {@link io.ranking4j.examples.data.KuaiRandExample}
 * @param tower widths of the hidden layers, at least one
 * @param embeddingWidth numbers of an embedding, at least 1
 * @param wide whether rates and other numbers are also added to each task's logit, by a linear term
 *     of their own; for data that has numbers
 * @param options of the trainer
 * @param loss how the losses of the tasks are weighted
 */
public record Recipe(
    KuaiRandInputs inputs,
    List<Integer> tower,
    int embeddingWidth,
    boolean wide,
    TrainerOptions options,
    LossChoice loss) {
  /** What the trainer does when told nothing. */
  public static final Recipe DEFAULT =
      new Recipe(
          KuaiRandInputs.DEFAULT,
          ResFlow.DEFAULT_TOWER,
          FeatureEncoder.DEFAULT_WIDTH,
          false,
          TrainerOptions.defaults(),
          LossChoice.FIXED);

  /**
   * The best that was found for KuaiRand, by the mean AUC of its last training day alone: tables
   * that start anew at each epoch, embeddings for frequent values only, and how authors and tags
   * were received before the log began.
   */
  public static final Recipe BEST =
      DEFAULT
          .inputs(KuaiRandInputs.DEFAULT.history(true, true, false).minCount(20))
          .options(DEFAULT.options().tables(DEFAULT.options().tables().restarted(true)));

  private static final Map<String, Recipe> BY_NAME = byName();

  /** Checks the widths. */
  public Recipe {
    tower = List.copyOf(tower);
    if (tower.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one hidden layer, but was none");
    }
    if (embeddingWidth < 1) {
      throw new IllegalArgumentException(
          "embeddingWidth must be at least 1, but was " + embeddingWidth);
    }
  }

  private static Map<String, Recipe> byName() {
    Map<String, Recipe> all = new LinkedHashMap<>();
    all.put("default", DEFAULT);
    all.put("best", BEST);
    return all;
  }

  /** The names. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * The recipe of that name.
   *
   * @throws UnknownNameException where there is none, listing those that there are
   */
  public static Recipe of(String name) {
    Recipe recipe = BY_NAME.get(name);
    if (recipe == null) {
      throw new UnknownNameException("recipe", name, names());
    }
    return recipe;
  }

  /**
   * The architecture of that name, with this recipe's widths and wide term.
   *
   * @throws UnknownNameException where there is none, listing those that there are
   */
  public Architecture architecture(String name) {
    Architecture plain =
        Architectures.of(name, tower.stream().mapToInt(Integer::intValue).toArray());
    return wide ? new WideTerm(plain, List.of()) : plain;
  }

  /** With other features. */
  public Recipe inputs(KuaiRandInputs other) {
    return new Recipe(other, tower, embeddingWidth, wide, options, loss);
  }

  /** With hidden layers of other widths. */
  public Recipe tower(List<Integer> widths) {
    return new Recipe(inputs, widths, embeddingWidth, wide, options, loss);
  }

  /** With embeddings of another width. */
  public Recipe embeddingWidth(int numbers) {
    return new Recipe(inputs, tower, numbers, wide, options, loss);
  }

  /** With or without the linear term. */
  public Recipe wide(boolean term) {
    return new Recipe(inputs, tower, embeddingWidth, term, options, loss);
  }

  /** With other options of the trainer. */
  public Recipe options(TrainerOptions other) {
    return new Recipe(inputs, tower, embeddingWidth, wide, other, loss);
  }

  /** With losses weighted in another way. */
  public Recipe loss(LossChoice choice) {
    return new Recipe(inputs, tower, embeddingWidth, wide, options, choice);
  }
}
