package io.ranking4j.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.fusion.rerank.RerankRule;
import io.ranking4j.fusion.rerank.Reranker;
import io.ranking4j.fusion.rerank.Rerankers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * JSON that was altered at random is refused with the errors that are documented, or means what it
 * says: what is written again has the same values.
 */
class AlteredJsonTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final String PIECES = "{}[]\",:.-+eE0123456789tfn\\u \n\u0000\u00e9";

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private static final List<String> FUSIONS = FusionsTest.fusions().map(Fusions::toJson).toList();

  private static final String RERANKER =
      Rerankers.toJson(
          Reranker.of(
                  List.of(
                      new RerankRule.Pacing("pace"),
                      new RerankRule.Diversity("likeness", 0.25),
                      new RerankRule.Spacing("author", 5, 2),
                      new RerankRule.Quota("kind", "ad", 10, 1, 3),
                      new RerankRule.Pin("v7", 2)))
              .withPlaces(50));

  private static String altered(String original, Random random) {
    StringBuilder text = new StringBuilder(original);
    for (int change = random.nextInt(3); change >= 0 && text.length() > 1; change--) {
      int at = random.nextInt(text.length());
      int to = at + random.nextInt(Math.min(12, text.length() - at));
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 2 -> text.delete(at, to);
        case 3 -> text.insert(at, text.substring(at, to));
        default -> text.insert(at, "9".repeat(random.nextInt(400)));
      }
    }
    return text.toString();
  }

  /** Every value of the one is a value of the other. */
  private static void assertSays(JsonNode said, JsonNode given, String text) {
    if (given.has("by")) { // bands are written in order, whatever order they were given in
      assertThat(values(said)).as(text).containsExactlyInAnyOrderElementsOf(values(given));
    } else if (given.isObject()) {
      for (Map.Entry<String, JsonNode> member : given.properties()) {
        String key = member.getKey();
        // The factors of a product may stand in any order, and are written in one.
        JsonNode value = said.has(key) ? said.get(key) : said.get(TermKey.parse(key).text());
        assertThat(value).as(text).isNotNull();
        assertSays(value, member.getValue(), text);
      }
    } else if (given.isArray()) {
      assertThat(said.size()).as(text).isEqualTo(given.size());
      for (int i = 0; i < given.size(); i++) {
        assertSays(said.get(i), given.get(i), text);
      }
    } else {
      assertThat(plain(said.asText())).as(text).isEqualTo(plain(given.asText()));
    }
  }

  private static List<String> values(JsonNode object) {
    return object.properties().stream().map(member -> plain(member.getValue().asText())).toList();
  }

  /** With every number as Java writes it: 18 and 1.8e1 say the same. */
  private static String plain(String text) {
    return NUMBER
        .matcher(text)
        .replaceAll(number -> Double.toString(Double.parseDouble(number.group())));
  }

  private static void check(int texts, long seed) throws JsonProcessingException {
    Random random = new Random(seed);
    Function<String, String> fusion = text -> Fusions.toJson(Fusions.fromJson(text));
    Function<String, String> reranker = text -> Rerankers.toJson(Rerankers.fromJson(text));
    int read = 0;
    for (int i = 0; i < texts; i++) {
      boolean rules = i % 4 == 0;
      String original = rules ? RERANKER : FUSIONS.get(random.nextInt(FUSIONS.size()));
      String text = altered(original, random);
      String again;
      try {
        again = (rules ? reranker : fusion).apply(text);
      } catch (DataException | UnknownNameException e) {
        assertThat(e.getMessage()).as(text).isNotBlank();
        continue;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("text " + i + " of seed " + seed + ": " + text, e);
      }
      assertSays(JACKSON.readTree(again), JACKSON.readTree(text), text);
      read++;
    }
    assertThat(read).as("texts that were read, seed %d", seed).isPositive();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void should_refuse_altered_json_or_take_it_at_its_word() throws JsonProcessingException {
    check(5_000, System.nanoTime());
  }

  @Test
  @Tag("slow")
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void should_refuse_a_hundred_thousand_altered_texts_or_take_them_at_their_word()
      throws JsonProcessingException {
    check(100_000, System.nanoTime());
  }
}
