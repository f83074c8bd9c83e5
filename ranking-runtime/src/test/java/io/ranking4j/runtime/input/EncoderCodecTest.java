package io.ranking4j.runtime.input;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static io.ranking4j.schema.Feature.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.ModelFileException;
import io.ranking4j.error.RankingException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.file.ModelFileReader;
import io.ranking4j.runtime.file.ModelFileWriter;
import io.ranking4j.runtime.file.Section;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderCodecTest {
  private final Path folder;
  private String json = "";

  EncoderCodecTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void write(FeatureEncoder encoder) throws IOException {
    List<Section> sections = new ArrayList<>();
    json = EncoderCodec.write(encoder, sections).toString();
    ModelFileWriter.write(folder.resolve("model"), json, sections);
  }

  private FeatureEncoder read(String text) throws IOException {
    try (ModelFileReader reader = ModelFileReader.open(folder.resolve("model"))) {
      return EncoderCodec.read(Json.read(text, 100), reader);
    }
  }

  @Test
  void should_encode_the_same_bits_when_read_again() throws IOException {
    long seed = new Random().nextLong();
    RandomRows rows = new RandomRows(seed, 1000);
    FeatureEncoder fitted = FeatureEncoder.fit(RandomRows.schema(), rows.data(), 4);
    FeatureEncoder encoder = fitted.withBins(fitted.encode(rows.data()));
    Dataset data = new RandomRows(seed + 1, 300).withoutRates();

    write(encoder);
    FeatureEncoder again = read(json);

    assertThat(again.schema()).as("seed %d", seed).isEqualTo(encoder.schema());
    assertThat(again.layout()).as("seed %d", seed).isEqualTo(encoder.layout());
    assertThat(again.statistics()).as("seed %d", seed).isEqualTo(encoder.statistics());
    EncodedRows expected = encoder.encode(data);
    EncodedRows actual = again.encode(data);
    for (EmbeddingField field : encoder.layout().embeddings()) {
      for (int row = 0; row < data.rows(); row++) {
        assertThat(EncoderRequestTest.ids(actual, field, row))
            .as("seed %d", seed)
            .isEqualTo(EncoderRequestTest.ids(expected, field, row));
      }
    }
    assertThat(actual.dense()).as("seed %d", seed).isEqualTo(expected.dense());
    String first = json;
    write(again);
    assertThat(json).as("seed %d", seed).isEqualTo(first);
  }

  @Test
  void should_read_statistics_of_versions_that_did_not_count_bins() throws IOException {
    FeatureEncoder encoder =
        FeatureEncoder.fit(RandomRows.schema(), new RandomRows(1, 100).data(), 4);
    write(encoder);

    assertThat(json).doesNotContain("bins");
    assertThat(read(json).statistics().values()).allMatch(one -> one.bins().isEmpty());

    write(encoder.withBins(encoder.encode(new RandomRows(1, 100).data())));
    assertWrong("\"bins\":{\"boundaries\":[", "\"bins\":{\"boundaries\":[1e9,", "boundaries");
    assertWrong("\"counts\":[", "\"counts\":[-1,", "bin");
    assertWrong("\"counts\":[", "\"counts\":[1.5,", "'counts'");
  }

  @Test
  void should_round_trip_every_variant_of_a_schema() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(
                categorical("a").vocabulary(3, 4).required(),
                categorical("b").hashed(5).orElse("x").width(7),
                categorical("c").multiValued(Pooling.MEAN, 9).sharingTableWith("a"),
                categorical("d").multiValued(Pooling.SUM))
            .candidate(
                numeric("e"),
                numeric("f").asIs().required(),
                numeric("g").log().orElse(-0.1),
                numeric("h").quantiles(6),
                numeric("i").buckets(-1.5, 0, 1e-300),
                vector("j", 8),
                vector("k", 9).required(),
                rate("l", "click", "a", "z").priorStrength(0.3))
            .build();

    assertThat(SchemaCodec.read(Json.read(SchemaCodec.write(schema).toString(), 100)))
        .isEqualTo(schema);
  }

  @Test
  void should_refuse_requests_with_unknown_names_when_read_again() throws IOException {
    write(FeatureEncoder.fit(RandomRows.schema(), new RandomRows(1, 100).data(), 4));

    FeatureEncoder again = read(json);

    assertThatThrownBy(() -> again.encodeContext(Features.of(Map.of("typo", 1))))
        .isInstanceOf(UnknownNameException.class);
  }

  @Test
  void should_name_what_is_wrong_when_the_json_was_changed() throws IOException {
    write(FeatureEncoder.fit(RandomRows.schema(), new RandomRows(1, 100).data(), 4));

    assertWrong("\"type\":\"log\"", "\"type\":\"cosine\"", "type of transform 'cosine'");
    assertWrong("\"type\":\"hash\",\"buckets\":7}", "\"type\":\"java.lang.Object\"}", "java.lang");
    assertWrong("\"defaultWidth\":4", "\"defaultWidth\":0", "default width");
    assertWrong("\"defaultWidth\":4", "\"defaultWidth\":4.5", "'defaultWidth'", "4.5");
    assertWrong("\"maxValues\":3", "\"maxValues\":0", "maxValues", "at least 1");
    assertWrong("\"overallRate\":0.125", "\"overallRate\":2", "overall rate", "2.0");
    assertWrong("\"rates\":[", "\"rates\":[7,", "'feature'", "missing");
    assertWrong("encoder.vocabulary.0", "encoder.vocabulary.99", "no section");
    assertWrong("\"age\":[", "\"aged\":[", "'age'");
    assertWrong("\"deviation\":", "\"deviation\":-", "scale");
    int size = json.indexOf("\"size\":") + "\"size\":".length();
    String before = json.substring(0, size);
    String after = json.substring(json.indexOf(',', size));
    for (long count : new long[] {-1, 0, 1, 1_000_000, Integer.MAX_VALUE, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> read(before + count + after))
          .as("size %d", count)
          .isInstanceOf(ModelFileException.class);
    }
  }

  private void assertWrong(String from, String to, String... parts) {
    assertThat(json).contains(from);
    int at = json.indexOf(from);
    String changed = json.substring(0, at) + to + json.substring(at + from.length());
    assertThatThrownBy(() -> read(changed))
        .as("%s for %s", to, from)
        .isInstanceOf(RankingException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void should_keep_unusual_strings_when_written() throws IOException {
    List<String> values =
        Arrays.asList("", " ", "\u0000", "a\nb", "漢字", "\uD83D\uDE00", "x".repeat(100_000));
    FeatureSchema schema =
        FeatureSchema.builder().candidate(categorical("v").vocabulary(1, 100)).build();
    Dataset data = Dataset.builder().column("v", CategoricalColumn.of(values)).build();

    write(FeatureEncoder.fit(schema, data, 4));

    assertThat(read(json).encode(data).ids(0)).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8);
  }
}
