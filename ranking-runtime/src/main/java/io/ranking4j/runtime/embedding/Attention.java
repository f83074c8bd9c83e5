package io.ranking4j.runtime.embedding;

import java.util.Arrays;

/**
 * Pools a list by its likeness to a query: {@code sum_i a_i k_i}, {@code a = softmax(scale <q,
 * k_i>)}; zero for an empty list. The same code in training and in serving.
 */
public final class Attention {
  private Attention() {}

  /**
   * Pools one list.
   *
   * @param table the embeddings of query and list
   * @param width of an embedding
   * @param scale what inner products are multiplied by
   * @param query the row of the table that the list is compared with
   * @param ids rows of the table
   * @param from the first of the list in there
   * @param end after the last one
   * @param target receives the embedding
   * @param to where it starts in there
   */
  public static void pool(
      float[] table,
      int width,
      float scale,
      int query,
      int[] ids,
      int from,
      int end,
      float[] target,
      int to) {
    Arrays.fill(target, to, to + width, 0f);
    float largest = Float.NEGATIVE_INFINITY;
    float total = 0;
    // In one pass: what was summed is scaled down when a larger exponent comes (Milakov and
    // Gimelshein 2018), so that nothing overflows.
    for (int i = from; i < end; i++) {
      int key = ids[i] * width;
      float exponent = scale * dot(table, query * width, table, key, width);
      if (exponent > largest) {
        float shrink = (float) Math.exp(largest - exponent);
        total *= shrink;
        for (int c = 0; c < width; c++) {
          target[to + c] *= shrink;
        }
        largest = exponent;
      }
      float weight = (float) Math.exp(exponent - largest);
      total += weight;
      for (int c = 0; c < width; c++) {
        target[to + c] += weight * table[key + c];
      }
    }
    if (end > from) {
      float share = 1 / total;
      for (int c = 0; c < width; c++) {
        target[to + c] *= share;
      }
    }
  }

  /**
   * The weights of a list, which sum to 1.
   *
   * @param weights receives them from its start on
   */
  public static void weights(
      float[] table,
      int width,
      float scale,
      int query,
      int[] ids,
      int from,
      int end,
      float[] weights) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < end; i++) {
      float exponent = scale * dot(table, query * width, table, ids[i] * width, width);
      weights[i - from] = exponent;
      largest = Math.max(largest, exponent);
    }
    float total = 0;
    for (int i = 0; i < end - from; i++) {
      weights[i] = (float) Math.exp(weights[i] - largest);
      total += weights[i];
    }
    for (int i = 0; i < end - from; i++) {
      weights[i] /= total;
    }
  }

  /** An inner product, in four sums that do not wait for one another. */
  public static float dot(float[] a, int from, float[] b, int start, int width) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int c = 0;
    for (; c + 3 < width; c += 4) {
      s0 += a[from + c] * b[start + c];
      s1 += a[from + c + 1] * b[start + c + 1];
      s2 += a[from + c + 2] * b[start + c + 2];
      s3 += a[from + c + 3] * b[start + c + 3];
    }
    for (; c < width; c++) {
      s0 += a[from + c] * b[start + c];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
