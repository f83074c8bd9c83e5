package io.ranking4j.schema;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnknownNameException;
import org.junit.jupiter.api.Test;

class FeatureSchemaTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .candidate(categorical("video"), numeric("length"))
          .context(categorical("user"))
          .context(categorical("hour"))
          .build();

  @Test
  void should_put_the_context_first_and_keep_the_given_order_when_built() {
    assertThat(SCHEMA.features())
        .extracting(Feature::name)
        .containsExactly("user", "hour", "video", "length");
    assertThat(SCHEMA.context()).extracting(Feature::name).containsExactly("user", "hour");
    assertThat(SCHEMA.candidate()).extracting(Feature::name).containsExactly("video", "length");
    assertThat(SCHEMA.side("hour")).isEqualTo(Side.CONTEXT);
    assertThat(SCHEMA.side("length")).isEqualTo(Side.CANDIDATE);
    assertThat(SCHEMA.feature("length")).isEqualTo(numeric("length"));
    assertThat(SCHEMA.contains("video")).isTrue();
    assertThat(SCHEMA.contains("vido")).isFalse();
  }

  @Test
  void should_not_change_when_its_builder_goes_on() {
    FeatureSchema.Builder builder = FeatureSchema.builder().context(categorical("user"));
    FeatureSchema first = builder.build();
    builder.context(categorical("hour")).build();
    assertThat(first.features()).containsExactly(categorical("user"));
    assertThatThrownBy(() -> first.context().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void should_be_equal_when_features_sides_and_order_are() {
    FeatureSchema ab = FeatureSchema.builder().context(numeric("a"), numeric("b")).build();
    assertThat(ab)
        .isEqualTo(FeatureSchema.builder().context(numeric("a")).context(numeric("b")).build())
        .hasSameHashCodeAs(FeatureSchema.builder().context(numeric("a"), numeric("b")).build())
        .isNotEqualTo(FeatureSchema.builder().context(numeric("b"), numeric("a")).build())
        .isNotEqualTo(FeatureSchema.builder().candidate(numeric("a"), numeric("b")).build())
        .isNotEqualTo(FeatureSchema.builder().context(numeric("a"), numeric("b").log()).build());
  }

  @Test
  void should_refuse_a_name_when_given_twice_on_one_side_or_on_both() {
    FeatureSchema.Builder oneSide =
        FeatureSchema.builder().context(categorical("user"), numeric("user"));
    FeatureSchema.Builder bothSides =
        FeatureSchema.builder().context(categorical("user")).candidate(categorical("user"));
    for (FeatureSchema.Builder builder : new FeatureSchema.Builder[] {oneSide, bothSides}) {
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("feature 'user' is given twice");
    }
  }

  @Test
  void should_refuse_a_schema_when_it_has_no_feature() {
    assertThatThrownBy(() -> FeatureSchema.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a schema needs at least one feature");
  }

  @Test
  void should_list_the_known_names_when_a_name_is_unknown() {
    String message = "unknown feature 'usr', known are [user, hour, video, length]";
    assertThatThrownBy(() -> SCHEMA.feature("usr"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> SCHEMA.side("usr"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(message);
  }

  @Test
  void should_accept_a_shared_table_when_its_owner_stands_later_or_on_the_other_side() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("history").multiValued(Pooling.MEAN).sharingTableWith("video"))
            .candidate(categorical("video").width(16), sharing("last", 16))
            .build();
    assertThat(schema.features()).hasSize(3);
  }

  @Test
  void should_refuse_attention_when_the_query_is_no_single_value_of_the_same_table() {
    CategoricalFeature seen = categorical("seen").multiValued(Pooling.attention("video"));
    CategoricalFeature shared = seen.sharingTableWith("video");
    assertThat(
            FeatureSchema.builder()
                .context(shared)
                .candidate(categorical("video"))
                .build()
                .side("seen"))
        .isEqualTo(Side.CONTEXT);
    for (FeatureSchema.Builder builder :
        new FeatureSchema.Builder[] {
          FeatureSchema.builder().context(seen).candidate(categorical("video")),
          FeatureSchema.builder()
              .context(shared)
              .candidate(categorical("video").multiValued(Pooling.MEAN)),
          FeatureSchema.builder()
              .context(
                  categorical("seen")
                      .multiValued(Pooling.attention("user"))
                      .sharingTableWith("video"))
              .candidate(categorical("video"), categorical("user")),
        }) {
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be categorical with one value, and share its table");
    }
    assertThatThrownBy(
            () -> FeatureSchema.builder().context(shared.sharingTableWith("seen2")).build())
        .isInstanceOf(UnknownNameException.class);
    assertThatThrownBy(() -> Pooling.attention("video").sharpness(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sharpness must be finite and above 0, but was 0.0");
  }

  @Test
  void should_refuse_a_shared_table_when_its_owner_is_unknown() {
    FeatureSchema.Builder builder = FeatureSchema.builder().context(sharing("last", 0));
    assertThatThrownBy(builder::build)
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown feature 'video', known are [last]");
  }

  @Test
  void should_refuse_a_shared_table_when_its_owner_has_none() {
    FeatureSchema.Builder number =
        FeatureSchema.builder().context(sharing("last", 0)).candidate(numeric("video"));
    FeatureSchema.Builder chain =
        FeatureSchema.builder()
            .context(sharing("last", 0))
            .candidate(categorical("video").sharingTableWith("item"), categorical("item"));
    for (FeatureSchema.Builder builder : new FeatureSchema.Builder[] {number, chain}) {
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "feature 'last' shares the table of 'video', which must be categorical with a table"
                  + " of its own");
    }
  }

  @Test
  void should_refuse_a_shared_table_when_the_widths_differ() {
    FeatureSchema.Builder builder =
        FeatureSchema.builder()
            .context(sharing("last", 8))
            .candidate(categorical("video").width(16));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 'last' has width 8 but shares the table of 'video', of width 16");
  }

  @Test
  void should_refuse_a_rate_of_the_context_when_a_key_is_of_the_candidate() {
    FeatureSchema.Builder builder =
        FeatureSchema.builder()
            .context(categorical("user"), rate("ctr", "click", "user", "video"))
            .candidate(categorical("video"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rate feature 'ctr' is of the context, but its key 'video' is of the candidate");
  }

  @Test
  void should_accept_a_rate_when_its_keys_are_known_on_its_side() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("user"), rate("user_ctr", "click", "user", "not_a_feature"))
            .candidate(categorical("video"), rate("pair_ctr", "click", "user", "video"))
            .build();
    assertThat(schema.side("pair_ctr")).isEqualTo(Side.CANDIDATE);
  }

  private static CategoricalFeature sharing(String name, int width) {
    return categorical(name).width(width).sharingTableWith("video");
  }
}
