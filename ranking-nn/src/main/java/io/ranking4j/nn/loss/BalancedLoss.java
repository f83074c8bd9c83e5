package io.ranking4j.nn.loss;

/**
 * A loss that weighs tasks by how strongly each pulls at what they share. Now and then the network
 * is run backward for each task alone, and the lengths of the gradients by its input are given to
 * {@link #balance}. Used by one thread at a time.
 */
public interface BalancedLoss extends JointLoss {
  /** Whether the gradients of the tasks are wanted for the batch that was computed last. */
  boolean due();

  /** How many tasks there are. */
  int tasks();

  /**
   * The gradient of one task's weighted loss alone.
   *
   * @param task its number
   * @param batch the batch that was computed last, whose gradient is that of all tasks
   * @param gradient receives it, rows x outputs
   */
  void gradientOf(int task, LossBatch batch, float[] gradient);

  /**
   * Takes the lengths of the tasks' gradients by the input, in their order, and changes the weights
   * for the batches to come.
   */
  void balance(double[] lengths);
}
