package io.ranking4j.nn.schedule;

/**
 * What learning rates are multiplied by, those of parameters and tables alike. Immutable and safe
 * to share; its text is what provenance says of it, so that records are the natural way to write
 * one.
 */
@FunctionalInterface
public interface LearningRateSchedule {
  /** The same rate throughout. The default. */
  LearningRateSchedule CONSTANT =
      new LearningRateSchedule() {
        @Override
        public double factor(double epoch, int epochs) {
          return 1;
        }

        @Override
        public String toString() {
          return "constant";
        }
      };

  /**
   * The factor of a step.
   *
   * @param epoch how many passes over the data were made before it: 0 at the first step, 1.5 in the
   *     middle of the second pass
   * @param epochs the most passes that there will be: early stopping may end training before
   * @return above 0, or 0 for a step that learns nothing
   */
  double factor(double epoch, int epochs);
}
