package io.ranking4j.runtime;

/** Sorts indices by a key; a merge sort, so that equal keys keep their order, without boxing. */
final class Order {
  private static final int INSERTION = 16;

  private Order() {}

  /**
   * The indices of the keys, greatest first, equal ones in their order.
   *
   * @param keys not NaN
   * @param buffer at least as long; overwritten
   */
  static int[] descending(double[] keys, int[] buffer) {
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    sort(keys, order, buffer, 0, order.length);
    return order;
  }

  private static void sort(double[] keys, int[] order, int[] buffer, int from, int to) {
    if (to - from <= INSERTION) {
      for (int i = from + 1; i < to; i++) {
        int moved = order[i];
        int j = i - 1;
        for (; j >= from && keys[order[j]] < keys[moved]; j--) {
          order[j + 1] = order[j];
        }
        order[j + 1] = moved;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    sort(keys, order, buffer, from, middle);
    sort(keys, order, buffer, middle, to);
    System.arraycopy(order, from, buffer, from, middle - from);
    int left = from;
    int right = middle;
    for (int at = from; left < middle && at < to; at++) {
      if (right < to && keys[order[right]] > keys[buffer[left]]) {
        order[at] = order[right++];
      } else {
        order[at] = buffer[left++];
      }
    }
  }
}
