package io.ranking4j.runtime.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncoderRequestTest {
  private static final Map<String, Object> CONTEXT = Map.of("user", "u1", "age", 30, "tab", 2);

  private static FeatureEncoder encoder() {
    return FeatureEncoder.fit(RandomRows.schema(), new RandomRows(1, 300).data(), 4);
  }

  private static Candidate candidate(String id, Object... namesAndValues) {
    Map<String, Object> values = new HashMap<>(Map.of("price", 1.5, "level", 3));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return Candidate.of(id, Features.of(values));
  }

  @Test
  void should_encode_requests_as_data_sets_for_every_kind_of_feature() {
    long seed = new Random().nextLong();
    FeatureEncoder encoder =
        FeatureEncoder.fit(RandomRows.schema(), new RandomRows(seed, 2000).data(), 4);
    RandomRows rows = new RandomRows(seed + 1, 200);
    EncodedRows contextRows = encoder.newContextRows();
    EncodedRows candidateRows = encoder.newCandidateRows();

    EncodedRows all = encoder.encode(rows.withoutRates());

    assertThat(all.rows()).isEqualTo(200);
    for (int row = 0; row < 200; row++) {
      // Requests of one, two or three candidates, of which the first is the row itself.
      List<Candidate> candidates = new ArrayList<>(List.of(rows.candidate(row)));
      for (int i = 0; i < row % 3; i++) {
        candidates.add(rows.candidate((row + i) % 200));
      }
      encoder.encodeContext(rows.context(row), contextRows);
      encoder.encodeCandidates(rows.context(row), candidates, candidateRows);
      assertThat(candidateRows.rows()).isEqualTo(1 + row % 3);
      String what = "seed " + seed + ", row " + row;
      for (EmbeddingField field : encoder.layout().embeddings()) {
        EncodedRows part = field.side() == Side.CONTEXT ? contextRows : candidateRows;
        assertThat(ids(part, field, 0)).as(what).isEqualTo(ids(all, field, row));
      }
      assertThat(dense(contextRows, 0, 0, contextRows.denseWidth()))
          .as(what)
          .isEqualTo(dense(all, row, 0, contextRows.denseWidth()));
      assertThat(dense(candidateRows, 0, 0, candidateRows.denseWidth()))
          .as(what)
          .isEqualTo(dense(all, row, contextRows.denseWidth(), all.denseWidth()));
    }
  }

  static List<Integer> ids(EncodedRows rows, EmbeddingField field, int row) {
    int from = field.multiValued() ? rows.offsets(field.index())[row] : row;
    int to = field.multiValued() ? rows.offsets(field.index())[row + 1] : row + 1;
    return Arrays.stream(rows.ids(field.index()), from, to).boxed().toList();
  }

  private static float[] dense(EncodedRows rows, int row, int from, int to) {
    int start = row * rows.denseWidth();
    return Arrays.copyOfRange(rows.dense(), start + from, start + to);
  }

  @Test
  void should_refuse_names_that_nobody_knows_unless_told_to_ignore_them() {
    FeatureEncoder strict = encoder();
    Features context = Features.of(Map.of("user", "u1", "age", 30, "usr", "u1"));
    List<Candidate> candidates = List.of(candidate("a"), candidate("b", "item_id", "v7"));

    assertThatThrownBy(() -> strict.encodeContext(context))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContainingAll("feature of the context 'usr'", "user", "age", "tab");
    assertThatThrownBy(
            () ->
                strict.encodeCandidates(
                    Features.of(CONTEXT), candidates, strict.newCandidateRows()))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContainingAll("candidate 'b' (index 1)", "'item_id'", "item, ");

    FeatureEncoder lenient = strict.unknownFeatures(UnknownFeatures.IGNORE);
    assertThat(lenient.encodeContext(context).ids(0)[0])
        .isEqualTo(strict.encodeContext(Features.of(CONTEXT)).ids(0)[0]);
    lenient.encodeCandidates(Features.of(CONTEXT), candidates, lenient.newCandidateRows());
  }

  @Test
  void should_know_keys_of_rates_and_signals() {
    FeatureEncoder encoder = encoder();
    Candidate candidate = candidate("a", "shelf", "s1", "bid", 2.0).signal("bid", 2.0);

    EncodedRows rows =
        encoder.encodeCandidates(
            Features.of(CONTEXT), List.of(candidate), encoder.newCandidateRows());

    assertThat(rows.rows()).isEqualTo(1);
  }

  @Test
  void should_take_the_key_of_a_rate_from_either_side_unless_it_is_a_feature() {
    FeatureEncoder encoder = encoder().unknownFeatures(UnknownFeatures.IGNORE);
    Features tab = Features.of(Map.of("tab", 2));
    Features everything = Features.of(Map.of("tab", 2, "shelf", "s1", "item", "v1"));

    float[] own = denseOf(encoder, tab, candidate("a", "item", "v1", "shelf", "s1"));
    float[] shared = denseOf(encoder, everything, candidate("a", "item", "v1"));
    float[] noItem = denseOf(encoder, everything, candidate("a"));

    assertThat(shared).isEqualTo(own);
    assertThat(noItem)
        .isEqualTo(denseOf(encoder, tab, candidate("a", "shelf", "s1")))
        .isNotEqualTo(own);
  }

  /** The dense columns of one candidate. */
  private static float[] denseOf(FeatureEncoder encoder, Features context, Candidate candidate) {
    return encoder
        .encodeCandidates(context, List.of(candidate), encoder.newCandidateRows())
        .dense();
  }

  @Test
  void should_name_the_other_side_when_a_value_is_misplaced() {
    FeatureEncoder encoder = encoder();

    assertThatThrownBy(() -> encoder.encodeContext(Features.of(Map.of("age", 3, "item", "v1"))))
        .isInstanceOf(DataException.class)
        .hasMessage("feature 'item' is of the candidate, but was given with the context");
    assertThatThrownBy(
            () ->
                encoder.encodeCandidates(
                    Features.empty(),
                    List.of(candidate("a", "ctr", 0.5)),
                    encoder.newCandidateRows()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("rate feature 'ctr'", "takes no value", "candidate 'a'");
  }

  @Test
  void should_name_the_candidate_when_a_value_is_missing_or_of_the_wrong_type() {
    FeatureEncoder encoder = encoder();

    assertRefused(
        encoder,
        Candidate.of("v9", Features.of(Map.of("level", 1))),
        "feature 'price' is required, but is missing in candidate 'v9' (index 1)");
    assertRefused(
        encoder,
        candidate("v9", "price", "cheap"),
        "feature 'price' must be a number, but was a string in candidate 'v9' (index 1)");
    assertRefused(
        encoder,
        candidate("v9", "image", new float[] {1, 2}),
        "feature 'image' must be a vector of width 3, but was of width 2 in candidate 'v9' (index"
            + " 1)");
    assertRefused(
        encoder,
        candidate("v9", "item", List.of("v1")),
        "feature 'item' must be a category or a whole number, but was a list in candidate 'v9'"
            + " (index 1)");
    assertRefused(
        encoder,
        candidate("v9", "tags", "t1"),
        "feature 'tags' must be a list of categories, but was a string in candidate 'v9' (index"
            + " 1)");
    assertRefused(
        encoder,
        candidate("v9", "item", 1.5),
        "'item' is a category, so its numbers must be whole and at most 2^53, but was 1.5 in"
            + " candidate 'v9' (index 1)");
  }

  private static void assertRefused(FeatureEncoder encoder, Candidate candidate, String message) {
    assertThatThrownBy(
            () ->
                encoder.encodeCandidates(
                    Features.of(CONTEXT),
                    List.of(candidate("first"), candidate),
                    encoder.newCandidateRows()))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void should_refuse_a_buffer_that_is_not_for_it() {
    FeatureEncoder encoder = encoder();
    Dataset data = new RandomRows(1, 5).data();

    assertThatThrownBy(() -> encoder.encodeContext(Features.empty(), encoder.newCandidateRows()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CONTEXT");
    assertThatThrownBy(() -> encoder.encodeContext(Features.empty(), encoder.encode(data)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> encoder.newContextRows().ids(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CANDIDATE");
  }
}
