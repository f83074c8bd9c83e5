package io.ranking4j.benchmarks.peer;

/**
 * Another engine with a network loaded and its input in place. Used by one thread at a time; holds
 * native memory until it is closed.
 */
public interface Peer extends AutoCloseable {
  /** Computes the probabilities of all rows and makes them readable in Java. */
  void run();

  /** The probabilities of the last run, row after row, the tasks in the model's order: a copy. */
  float[] probabilities();

  @Override
  void close();
}
