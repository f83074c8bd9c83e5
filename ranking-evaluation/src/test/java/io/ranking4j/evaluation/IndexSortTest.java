package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexSortTest {

  @Test
  void should_match_a_stable_sort_of_the_platform_when_keys_tie() {
    for (int n = 0; n < 300; n++) {
      Random random = new Random(n);
      double[] keys = random.ints(n, -9, 10).asDoubleStream().toArray();
      int[] up =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> keys[i]))
              .mapToInt(i -> i)
              .toArray();
      int[] down =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -keys[i]))
              .mapToInt(i -> i)
              .toArray();
      assertThat(IndexSort.ascending(keys)).as("seed and length %d", n).isEqualTo(up);
      assertThat(IndexSort.descending(keys)).as("seed and length %d", n).isEqualTo(down);
    }
  }

  @Test
  void should_match_a_stable_sort_of_the_platform_when_rows_are_many() {
    for (long seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      double[] keys = new double[10_000];
      for (int i = 0; i < keys.length; i++) {
        double tail = Double.longBitsToDouble(random.nextLong());
        keys[i] =
            switch (random.nextInt(4)) {
              case 0 -> random.nextBoolean() ? 0.0 : -0.0;
              case 1 -> random.nextInt(20) - 10;
              case 2 -> random.nextGaussian();
              default -> Double.isNaN(tail) ? Double.NEGATIVE_INFINITY : tail;
            };
      }
      // Adding 0.0 makes -0.0 equal to 0.0, which the platform's order of doubles does not.
      int[] up =
          IntStream.range(0, keys.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> keys[i] + 0.0))
              .mapToInt(i -> i)
              .toArray();
      assertThat(IndexSort.ascending(keys)).as("seed %d", seed).isEqualTo(up);
    }
  }
}
