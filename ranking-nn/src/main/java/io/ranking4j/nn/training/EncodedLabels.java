package io.ranking4j.nn.training;

/**
 * Labels and weights of rows, as the loss reads them.
 *
 * @param rows how many rows
 * @param tasks how many tasks
 * @param labels rows x tasks; anything where the weight is 0
 * @param weights rows x tasks: 0 where a task does not learn from a row
 */
record EncodedLabels(int rows, int tasks, float[] labels, float[] weights) {
  float label(int row, int task) {
    return labels[row * tasks + task];
  }

  float weight(int row, int task) {
    return weights[row * tasks + task];
  }

  /** The positives of a task, weighted. */
  double positives(int task) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += label(r, task) == 1 ? weight(r, task) : 0;
    }
    return sum;
  }
}
