package io.ranking4j.benchmarks.peer;

/**
 * Another engine that trains the same network on the same data. Used by one thread at a time;
 * whoever makes it closes it.
 */
public interface TrainingPeer extends AutoCloseable {
  /**
   * Puts a batch together, computes the loss and its gradients, and updates what is learned.
   *
   * @param rows the rows of the data that the batch has
   * @return the joint loss before the update: the sum over the tasks of the mean over the rows
   */
  double step(int[] rows);

  /**
   * The probabilities, as they are now.
   *
   * @param rows the rows of the data that are asked about
   * @return rows x tasks, in the tasks' order
   */
  float[] probabilities(int[] rows);

  /** Sets the threads that one of its operations may take. */
  void threads(int count);

  @Override
  void close();
}
