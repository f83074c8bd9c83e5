package io.ranking4j.data.simulator;

import io.ranking4j.dataset.Dataset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The rows of one split and the truth about them. */
final class SplitLog {
  private final Dataset dataset;
  private final double[] examination;
  private final Map<Action, double[]> conditional;

  /**
   * Takes the rows and the truth; nothing is copied.
   *
   * @param dataset the rows, request after request
   * @param examination by row, the probability of being examined
   * @param conditional for each action, by row, its probability given its parent and examination
   */
  SplitLog(Dataset dataset, double[] examination, Map<Action, double[]> conditional) {
    this.dataset = dataset;
    this.examination = examination;
    this.conditional = new EnumMap<>(conditional);
  }

  Dataset dataset() {
    return dataset;
  }

  /** The probability of being examined by row: a new array. */
  double[] examination() {
    return examination.clone();
  }

  /** The probability of an action by row, given its parent and examination: a new array. */
  double[] conditional(Action action) {
    return PerAction.of(conditional, action).clone();
  }

  /** The probability of an action by row, given examination: a new array. */
  double[] relevance(Action action) {
    double[] product = conditional(action);
    Optional<Action> before = action.parent();
    while (before.isPresent()) {
      multiply(product, PerAction.of(conditional, before.get()));
      before = before.get().parent();
    }
    return product;
  }

  /** The probability of an action by row: a new array. */
  double[] probability(Action action) {
    double[] product = relevance(action);
    multiply(product, examination);
    return product;
  }

  private static void multiply(double[] product, double[] factors) {
    for (int row = 0; row < product.length; row++) {
      product[row] *= factors[row];
    }
  }
}
