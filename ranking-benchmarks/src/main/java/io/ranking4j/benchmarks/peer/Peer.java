package io.ranking4j.benchmarks.peer;

/**
 * Another engine with a network loaded and its inputs in place: one, or several requests of the
 * same size that it answers in turn, the first again after the last. Used by one thread at a time;
 * holds native memory until it is closed.
 */
public interface Peer extends AutoCloseable {
  /** Computes the probabilities of all rows of the next input and makes them readable in Java. */
  void run();

  /** The probabilities of the last run, row after row, the tasks in the model's order: a copy. */
  float[] probabilities();

  @Override
  void close();
}
