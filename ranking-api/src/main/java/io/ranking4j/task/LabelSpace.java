package io.ranking4j.task;

/**
 * The rows a task learns from. A head over all impressions whose label is a click followed by an
 * order is click-and-conversion; one over clicked impressions is conversion given click.
 */
public sealed interface LabelSpace {
  /** All impressions. */
  static LabelSpace impressions() {
    return Impressions.INSTANCE;
  }

  /** Only the impressions where another task's label is positive. */
  static LabelSpace given(String task) {
    return new Given(task);
  }

  /** All impressions. */
  enum Impressions implements LabelSpace {
    /** The only one. */
    INSTANCE
  }

  /**
   * Only the impressions where another task's label is positive.
   *
   * @param task the other task
   */
  record Given(String task) implements LabelSpace {}
}
