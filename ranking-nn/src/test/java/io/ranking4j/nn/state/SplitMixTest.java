package io.ranking4j.nn.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMixTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 42, -1, Long.MAX_VALUE})
  void should_give_the_numbers_of_the_generator_of_java(long seed) {
    SplitMix mix = new SplitMix(seed);
    SplittableRandom expected = new SplittableRandom(seed);

    for (int i = 0; i < 1000; i++) {
      assertThat(mix.nextLong()).isEqualTo(expected.nextLong());
      assertThat(mix.nextDouble()).isEqualTo(expected.nextDouble());
    }
  }
}
