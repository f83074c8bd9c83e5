package io.ranking4j.runtime.kernel;

/**
 * One operation bound to its matrices, ready to run any number of times. Made once, so that running
 * it allocates nothing. Used by one thread at a time.
 */
@FunctionalInterface
public interface Op {
  /** Runs it on what the matrices hold now. */
  void run();
}
