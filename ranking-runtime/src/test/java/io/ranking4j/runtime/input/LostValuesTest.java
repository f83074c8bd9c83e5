package io.ranking4j.runtime.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LostValuesTest {
  private static final FeatureSchema SCHEMA = RandomRows.schema();

  private static Features without(Set<String> names, Features features) {
    Map<String, Object> left = new TreeMap<>(features.asMap());
    left.keySet().removeAll(names);
    return Features.of(left);
  }

  @Test
  void should_encode_what_is_lost_as_a_request_that_comes_without_it() {
    long seed = new Random().nextLong();
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, new RandomRows(seed, 500).data(), 4);
    RandomRows rows = new RandomRows(seed + 1, 30);
    List<Set<String>> losses =
        new ArrayList<>(LostValues.names(SCHEMA).stream().map(Set::of).toList());
    losses.add(Set.of("user", "image", "shelf", "tab"));

    for (Set<String> lost : losses) {
      FeatureEncoder blind = encoder.without(lost);
      EncodedRows data = blind.encode(rows.data());
      for (int row = 0; row < 30; row++) {
        String what = "seed " + seed + ", without " + lost + ", row " + row;
        Features context = rows.context(row);
        Candidate candidate = rows.candidate(row);
        Features less = without(lost, context);
        List<Candidate> one =
            List.of(Candidate.of(candidate.id(), without(lost, candidate.features())));

        EncodedRows contexts = blind.encodeContext(context);
        EncodedRows candidates =
            blind.encodeCandidates(context, List.of(candidate), blind.newCandidateRows());

        assertSame(what, contexts, encoder.encodeContext(less));
        assertSame(
            what, candidates, encoder.encodeCandidates(less, one, encoder.newCandidateRows()));
        for (EmbeddingField field : encoder.layout().embeddings()) {
          EncodedRows part = field.side() == Side.CONTEXT ? contexts : candidates;
          assertThat(EncoderRequestTest.ids(data, field, row))
              .as(what)
              .isEqualTo(EncoderRequestTest.ids(part, field, 0));
        }
      }
    }
  }

  private static void assertSame(String what, EncodedRows blind, EncodedRows less) {
    for (EmbeddingField field : blind.layout().embeddings()) {
      if (blind.side().orElseThrow() == field.side()) {
        assertThat(EncoderRequestTest.ids(blind, field, 0))
            .as(what)
            .isEqualTo(EncoderRequestTest.ids(less, field, 0));
      }
    }
    assertThat(Arrays.copyOf(blind.dense(), blind.denseWidth()))
        .as(what)
        .isEqualTo(Arrays.copyOf(less.dense(), less.denseWidth()));
    for (int feature = 0; feature < SCHEMA.features().size(); feature++) {
      assertThat(blind.missing(feature)).as(what).isEqualTo(less.missing(feature));
    }
  }

  @Test
  void should_encode_a_row_without_any_value() {
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, new RandomRows(1, 300).data(), 4);

    EncodedRows missing = encoder.missing();
    EncodedRows context = encoder.encodeContext(Features.empty());

    assertThat(missing.rows()).isEqualTo(1);
    for (EmbeddingField field : encoder.layout().embeddings()) {
      if (field.side() == Side.CONTEXT) {
        assertThat(EncoderRequestTest.ids(missing, field, 0))
            .isEqualTo(EncoderRequestTest.ids(context, field, 0));
      }
    }
  }

  @Test
  void should_count_missing_values_whatever_stands_in_for_them() {
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, new RandomRows(1, 300).data(), 4);
    RandomRows rows = new RandomRows(2, 500);

    EncodedRows data = encoder.encode(rows.data());
    EncodedRows blind = encoder.without(List.of("user")).encode(rows.data());

    // What fitting the encoder to the same rows counts.
    List<FeatureStatistics> fitted =
        List.copyOf(FeatureEncoder.fit(SCHEMA, rows.data(), 4).statistics().values());
    for (int i = 0; i < SCHEMA.features().size(); i++) {
      String name = SCHEMA.features().get(i).name();
      assertThat((long) data.missing(i)).as(name).isEqualTo(fitted.get(i).missing());
      assertThat(blind.missing(i)).isEqualTo(name.equals("user") ? 500 : data.missing(i));
    }
  }

  @Test
  void should_name_what_requests_may_lack() {
    assertThat(LostValues.names(SCHEMA))
        .contains("user", "tab", "shelf", "tags")
        .doesNotContain("price", "ctr");
    assertThat(LostValues.features(SCHEMA, Set.of("shelf"))).containsExactly("ctr");
    assertThat(LostValues.features(SCHEMA, Set.of("item"))).containsExactly("item", "ctr");
  }

  @Test
  void should_refuse_names_that_are_unknown_or_required() {
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, new RandomRows(1, 300).data(), 4);

    assertThatThrownBy(() -> encoder.without(List.of("usr")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContainingAll("value of a request 'usr'", "user");
    assertThatThrownBy(() -> encoder.without(List.of("price")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 'price' is required, so that no request may come without it");
  }
}
