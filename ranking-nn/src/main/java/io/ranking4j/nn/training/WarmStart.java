package io.ranking4j.nn.training;

import io.ranking4j.runtime.RankingModel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a training begins: at random numbers, or where an earlier one ended, with a later slice of
 * the log. Immutable and safe to share.
 *
 * <p>Then the parameters are those of the model. Known categories keep their rows; those that are
 * new and frequent enough in the slice get rows of their own, which start as the row that unknown
 * values shared until now. Scales, buckets and links between tasks stay as they are. Adam goes on
 * with the moments in the state where there is one, and begins anew without. Calibrators are not
 * taken over: what they were fitted to has changed.
 *
 * <pre>{@code
 * TrainingRun run = trainer.run(WarmStart.from(model).state(states), today, validation);
 * }</pre>
 *
 * @param model the model to go on from; empty to begin at random numbers
 * @param state what the optimisers remembered when it was trained, written by {@link #saveState};
 *     empty to let them begin anew
 * @param learningRateFactor what the learning rates of the options are multiplied by, above 0
 * @param saveState where to write what the optimisers remember in the end; empty for nowhere
 */
public record WarmStart(
    Optional<RankingModel> model,
    Optional<Path> state,
    double learningRateFactor,
    Optional<Path> saveState) {
  /** Begins at random numbers. */
  public static final WarmStart NONE =
      new WarmStart(Optional.empty(), Optional.empty(), 1, Optional.empty());

  /** Checks the factor, and that a state has its model. */
  public WarmStart {
    if (!(learningRateFactor > 0) || Double.isInfinite(learningRateFactor)) {
      throw new IllegalArgumentException(
          "learningRateFactor must be above 0, but was " + learningRateFactor);
    }
    if (state.isPresent() && model.isEmpty()) {
      throw new IllegalArgumentException(
          "a state needs the model that was trained with it, but was given alone");
    }
  }

  /** Begins where the training of a model ended. */
  public static WarmStart from(RankingModel model) {
    return new WarmStart(Optional.of(model), Optional.empty(), 1, Optional.empty());
  }

  /** With what the optimisers remembered; see {@link #saveState(Path)}. */
  public WarmStart state(Path file) {
    return new WarmStart(model, Optional.of(file), learningRateFactor, saveState);
  }

  /** With learning rates so many times those of the options. */
  public WarmStart learningRateFactor(double factor) {
    return new WarmStart(model, state, factor, saveState);
  }

  /** Writing what the optimisers remember in the end, for the next training. */
  public WarmStart saveState(Path file) {
    return new WarmStart(model, state, learningRateFactor, Optional.of(file));
  }

  TrainerOptions options(TrainerOptions of) {
    return of.learningRate(of.learningRate() * learningRateFactor)
        .tables(of.tables().learningRate(of.tables().learningRate() * learningRateFactor));
  }
}
