package io.ranking4j.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final ObjectMapper JACKSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static Json read(String text) {
    return Json.read(text, 100);
  }

  /** A random value, nested up to so deeply. */
  private static JsonNode random(Random random, int depth) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (random.nextInt(depth == 0 ? 7 : 9)) {
      case 0 -> make.numberNode(random.nextLong() >> random.nextInt(64));
      case 1 -> make.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
      case 2 -> make.booleanNode(random.nextBoolean());
      case 3 -> make.nullNode();
      case 7 -> {
        ArrayNode array = make.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(random(random, depth - 1));
        }
        yield array;
      }
      case 8 -> {
        ObjectNode object = make.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(text(random), random(random, depth - 1));
        }
        yield object;
      }
      default -> make.textNode(text(random));
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int[] codes = {random.nextInt(128), random.nextInt(0xD800), 0x1F600 + random.nextInt(50)};
      text.appendCodePoint(codes[random.nextInt(3)]);
    }
    return text.toString();
  }

  @Test
  void should_agree_with_jackson_when_a_text_is_valid() throws JsonProcessingException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      JsonNode tree = random(random, 6);
      String text = random.nextBoolean() ? tree.toString() : tree.toPrettyString();

      String written = read(text).toString();

      assertThat(JACKSON.readTree(written))
          .as("seed %d, %s", seed, text)
          .isEqualTo(JACKSON.readTree(text));
      assertThat(read(written)).as("seed %d", seed).hasToString(written);
    }
  }

  /** What one refuses and the other does not would be a file that only some can read. */
  @Test
  void should_agree_with_jackson_when_a_text_was_altered() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "{}[]\",:\\ tfn-+.eE019u\n\u0001";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random(random, 4).toString());
      for (int change = 1 + random.nextInt(2); change > 0; change--) {
        int at = random.nextInt(text.length() + 1);
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        if (at == text.length() || random.nextBoolean()) {
          text.insert(at, c);
        } else if (random.nextBoolean()) {
          text.setCharAt(at, c);
        } else if (text.length() > 1) {
          text.deleteCharAt(at);
        }
      }
      if (text.indexOf("\\u") >= 0) {
        continue; // Jackson 2.19 takes some characters of other scripts for hexadecimal digits.
      }
      assertThat(valid(text.toString()))
          .as("seed %d: %s", seed, text)
          .isEqualTo(validForJackson(text.toString()));
    }
  }

  private static boolean valid(String text) {
    try {
      read(text);
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  private static boolean validForJackson(String text) {
    try {
      return !JACKSON.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1,\"a\":2}",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "nul",
        "truee",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"\n\"",
        "\"",
        "NaN",
        "Infinity",
        "1 2",
        "[]]",
        "'a'",
        "/**/1"
      })
  void should_refuse_what_is_no_json(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining(" at $");
  }

  @Test
  void should_refuse_what_is_nested_more_deeply_than_the_limit() {
    assertThat(Json.read("[".repeat(3) + "]".repeat(3), 3).isArray()).isTrue();
    assertThatThrownBy(() -> Json.read("[".repeat(4) + "]".repeat(4), 3))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("depth of nesting beyond 3");
    String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    assertThat(Json.read(deep, 1_000_000).isArray()).isTrue();
  }

  @Test
  void should_refuse_numbers_that_take_long() {
    String digits = "9".repeat(1001);
    assertThatThrownBy(() -> read(digits)).isInstanceOf(JsonException.class);
  }

  @Test
  void should_tell_whole_numbers_apart() {
    assertThat(read("9223372036854775807").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(read("-9223372036854775808").longValue()).isEqualTo(Long.MIN_VALUE);
    assertThat(read("9223372036854775808").isLong()).isFalse();
    assertThat(read("9223372036854775808").doubleValue()).isEqualTo(0x1p63);
    assertThat(read("2147483647").isInt()).isTrue();
    assertThat(read("2147483648").isInt()).isFalse();
    assertThat(read("1.0").isLong()).isFalse();
    assertThat(read("1e2").isLong()).isFalse();
  }

  @Test
  void should_keep_floats_and_doubles_bit_for_bit() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      float single = Float.intBitsToFloat(random.nextInt());
      double wide = Double.longBitsToDouble(random.nextLong());
      if (Float.isFinite(single) && Double.isFinite(wide)) {
        Json json = read(Json.object().put("f", single).put("d", wide).toString());
        assertThat(json.path("f").floatValue()).as("seed %d", seed).isEqualTo(single);
        assertThat(json.path("d").doubleValue()).as("seed %d", seed).isEqualTo(wide);
      }
    }
  }

  @Test
  void should_refuse_to_write_what_json_has_no_word_for() {
    Json json = Json.array().add(Double.NaN);
    assertThatThrownBy(json::toString)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON has finite numbers only, but was given NaN");
  }

  @Test
  void should_give_a_missing_value_for_what_is_not_there() {
    Json json = read("{\"a\":[1]}");
    assertThat(json.path("b").isMissing()).isTrue();
    assertThat(json.path("b").path(3).path("c").isMissing()).isTrue();
    assertThat(json.path("a").path(1).isMissing()).isTrue();
    assertThat(json.path("a").path(-1).isMissing()).isTrue();
    assertThat(json.path("a").path(0).isMissing()).isFalse();
    assertThat(read("null").isMissing()).isFalse();
  }
}
