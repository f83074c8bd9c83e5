package io.ranking4j.evaluation;

/**
 * List AUC: the plain mean of ROC-AUC within each list, over the lists that have both classes. It
 * is {@link GroupedAuc} with every list counting the same.
 */
public final class ListAuc {

  private ListAuc() {}

  /**
   * Averages over the lists; undefined when no list has both classes.
   *
   * @throws IllegalArgumentException if predictions and lists have different numbers of rows
   */
  public static GroupedValue compute(Predictions predictions, Groups lists) {
    return GroupedAuc.compute(predictions, lists, GroupWeighting.EQUAL);
  }
}
