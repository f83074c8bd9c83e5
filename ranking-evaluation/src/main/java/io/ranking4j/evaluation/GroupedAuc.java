package io.ranking4j.evaluation;

/**
 * GAUC: ROC-AUC within each group (a user, a request), averaged over the groups. Unlike AUC over
 * all rows it gives no credit for telling active users from passive ones, which reorders nobody's
 * list. Only groups where both classes have weight have an AUC; the coverage is reported.
 *
 * @see <a href="https://doi.org/10.1145/3219819.3219823">Zhou et al., 2018</a>
 */
public final class GroupedAuc {

  /** Groups count by their impressions where nothing else is said, as in the source. */
  public static final GroupWeighting DEFAULT_WEIGHTING = GroupWeighting.IMPRESSIONS;

  private GroupedAuc() {}

  /**
   * Averages with the {@link #DEFAULT_WEIGHTING}.
   *
   * @throws IllegalArgumentException if predictions and groups have different numbers of rows
   */
  public static GroupedValue compute(Predictions predictions, Groups groups) {
    return compute(predictions, groups, DEFAULT_WEIGHTING);
  }

  /**
   * Averages over the groups; undefined when no group has both classes.
   *
   * @throws IllegalArgumentException if predictions and groups have different numbers of rows
   */
  public static GroupedValue compute(
      Predictions predictions, Groups groups, GroupWeighting weighting) {
    return accumulate(predictions, groups, weighting).value();
  }

  /**
   * The same before the mean is taken, for a log whose groups are worked on in several places.
   *
   * @throws IllegalArgumentException if predictions and groups have different numbers of rows
   */
  public static GroupMean accumulate(
      Predictions predictions, Groups groups, GroupWeighting weighting) {
    Checks.sameLength("predictions", predictions.rows(), "groups", groups.rows());
    int[] rows = groups.arrange(predictions.ascendingOrder());
    GroupMean mean = new GroupMean("no group has rows of weight with label 0 and with label 1");
    for (int group = 0; group < groups.count(); group++) {
      int from = groups.start(group);
      int to = groups.start(group + 1);
      double positives = 0;
      double negatives = 0;
      for (int i = from; i < to; i++) {
        if (predictions.label(rows[i]) == 1) {
          positives += predictions.weight(rows[i]);
        } else {
          negatives += predictions.weight(rows[i]);
        }
      }
      if (positives == 0 || negatives == 0) {
        mean.skip(to - from);
        continue;
      }
      double weight =
          switch (weighting) {
            case IMPRESSIONS -> positives + negatives;
            case CLICKS -> positives;
            case EQUAL -> 1;
          };
      mean.add(to - from, RocAuc.area(predictions, rows, from, to, positives, negatives), weight);
    }
    return mean;
  }
}
