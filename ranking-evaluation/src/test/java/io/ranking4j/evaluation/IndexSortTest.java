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
}
