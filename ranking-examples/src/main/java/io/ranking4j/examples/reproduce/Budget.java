package io.ranking4j.examples.reproduce;

import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.KernelChoice;

/**
 * What every experiment may spend: the same for all, and tuned for none.
 *
 * @param epochs most passes over the training rows; the best by the validation rows is kept
 */
record Budget(int epochs) {
  /** The options of a training, on one thread: runs are done side by side. */
  TrainerOptions options() {
    return TrainerOptions.defaults().epochs(epochs).kernels(KernelChoice.FASTEST, 1);
  }

  /** The options of a recipe, which keeps its own limit of epochs where this one is the default. */
  TrainerOptions options(TrainerOptions recipe) {
    int limit = epochs == ReproduceOptions.DEFAULT_EPOCHS ? recipe.epochs() : epochs;
    return recipe.epochs(limit).kernels(KernelChoice.FASTEST, 1);
  }

  /**
   * The widths of hidden layers; where there is a shared bottom or experts, theirs is the first.
   */
  int[] tower() {
    return new int[] {128, 64};
  }
}
