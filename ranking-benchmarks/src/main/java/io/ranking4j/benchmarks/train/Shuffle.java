package io.ranking4j.benchmarks.train;

import java.util.SplittableRandom;

/** The batches of a peer: all rows in an order that changes each epoch. */
final class Shuffle {
  private final int[] order;
  private final int batchSize;
  private final SplittableRandom random;
  private int at;

  Shuffle(int rows, int batchSize, long seed) {
    this.order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    this.batchSize = batchSize;
    this.random = new SplittableRandom(seed);
    this.at = rows;
  }

  /** The rows of the next batch: always as many, a rest at the end of an epoch is left out. */
  int[] next() {
    if (at + batchSize > order.length) {
      shuffle();
      at = 0;
    }
    int[] batch = java.util.Arrays.copyOfRange(order, at, at + batchSize);
    at += batchSize;
    return batch;
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
