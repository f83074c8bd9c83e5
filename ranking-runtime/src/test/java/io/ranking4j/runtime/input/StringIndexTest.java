package io.ranking4j.runtime.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StringIndexTest {
  @Test
  void should_agree_with_a_map_when_filled_with_random_strings() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, Integer> expected = new HashMap<>();
    StringIndex index = new StringIndex();
    Utf8Key key = new Utf8Key();
    for (int i = 0; i < 50_000; i++) {
      String text = text(random);
      int number = index.findOrAdd(key.clear().append(text));
      assertThat(number)
          .as("seed %d, '%s'", seed, text)
          .isEqualTo(expected.computeIfAbsent(text, t -> expected.size()));
    }
    assertThat(index.size()).isEqualTo(expected.size());
    expected.forEach(
        (text, number) -> {
          assertThat(index.find(key.clear().append(text))).as("seed %d", seed).isEqualTo(number);
          assertThat(index.get(number)).as("seed %d", seed).isEqualTo(text);
        });
    assertThat(index.find(key.clear().append("never added"))).isEqualTo(-1);
  }

  private static String text(Random random) {
    String[] alphabets = {"ab", "0123456789", "aéß漢", "a\uD83D\uDE00z"};
    String alphabet = alphabets[random.nextInt(alphabets.length)];
    int[] points = alphabet.codePoints().toArray();
    int length = random.nextInt(1000) == 0 ? 100 + random.nextInt(40_000) : random.nextInt(9);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  @Test
  void should_write_the_digits_of_numbers() {
    Utf8Key key = new Utf8Key();
    for (long value : new long[] {0, 1, -1, 10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(key.clear().append(value).toString()).isEqualTo(Long.toString(value));
    }
  }

  @Test
  void should_not_change_its_hash() {
    // Rows of hashed features depend on it: a change makes saved models read other rows.
    Utf8Key key = new Utf8Key();
    assertThat(key.hash()).isZero();
    assertThat(key.clear().append("a").hash()).isEqualTo(7591243415530163483L);
    assertThat(key.clear().append("12345678").hash()).isEqualTo(416354434409347589L);
    assertThat(key.clear().append("grüße, ein längerer Text").hash())
        .isEqualTo(2854613270624981026L);
  }
}
