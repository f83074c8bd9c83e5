package io.ranking4j.schema;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static io.ranking4j.schema.Feature.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureTest {
  private static final MissingPolicy NUMBER = new MissingPolicy.DefaultNumber(3);
  private static final MissingPolicy CATEGORY = new MissingPolicy.DefaultCategory("x");

  static Stream<Arguments> refusals() {
    String blank = "the name of a feature must not be blank";
    String increasing = "boundaries must be finite and strictly increasing, but were ";
    String strength = "the prior strength of rate feature 'r' must be above 0 and finite, but was ";
    return Stream.of(
        refusal(blank, () -> categorical("")),
        refusal(blank, () -> numeric(" ")),
        refusal(blank, () -> vector("\t", 4)),
        refusal(blank, () -> rate(" ", "click", "video")),
        refusal(
            "the width of feature 'c' must be in [0, 4096], but was -1",
            () -> categorical("c").width(-1)),
        refusal(
            "the width of feature 'c' must be in [0, 4096], but was 4097",
            () -> categorical("c").width(4097)),
        refusal(
            "maxValues of feature 'c' must be at least 1, but was 0",
            () -> categorical("c").multiValued(Pooling.SUM, 0)),
        refusal(
            "maxValues of feature 'c' must be 1, as it has a single value, but was 2",
            () ->
                new CategoricalFeature(
                    "c",
                    new Encoding.Hash(8),
                    Optional.empty(),
                    2,
                    0,
                    Optional.empty(),
                    MissingPolicy.learned())),
        refusal(
            "feature 'c' cannot share its own table", () -> categorical("c").sharingTableWith("c")),
        refusal(
            "feature 'c' is categorical, its default must be a category, but was"
                + " DefaultNumber[value=3.0]",
            () ->
                new CategoricalFeature(
                    "c", new Encoding.Hash(8), Optional.empty(), 1, 0, Optional.empty(), NUMBER)),
        refusal("minCount must be at least 1, but was 0", () -> categorical("c").vocabulary(0, 10)),
        refusal("maxSize must be at least 1, but was 0", () -> categorical("c").vocabulary(1, 0)),
        refusal("buckets must be at least 1, but was 0", () -> categorical("c").hashed(0)),
        refusal(
            "feature 'n' is numeric, its default must be a number, but was"
                + " DefaultCategory[value=x]",
            () -> new NumericFeature("n", Transform.Log.INSTANCE, CATEGORY)),
        refusal(
            "the default of a missing number must be finite, but was NaN",
            () -> numeric("n").orElse(Double.NaN)),
        refusal(
            "the default of a missing number must be finite, but was -Infinity",
            () -> numeric("n").orElse(Double.NEGATIVE_INFINITY)),
        refusal("a number needs at least 2 buckets, but was 1", () -> numeric("n").quantiles(1)),
        refusal("boundaries must not be empty", () -> numeric("n").buckets()),
        refusal(increasing + "[2.0, 1.0]", () -> numeric("n").buckets(2, 1)),
        refusal(increasing + "[1.0, 1.0]", () -> numeric("n").buckets(1, 1)),
        refusal(increasing + "[-0.0, 0.0]", () -> numeric("n").buckets(-0.0, 0.0)),
        refusal(increasing + "[NaN]", () -> numeric("n").buckets(Double.NaN)),
        refusal(
            increasing + "[0.0, Infinity]",
            () -> numeric("n").buckets(0, Double.POSITIVE_INFINITY)),
        refusal("the width of feature 'v' must be in [1, 65536], but was 0", () -> vector("v", 0)),
        refusal(
            "the width of feature 'v' must be in [1, 65536], but was 65537",
            () -> vector("v", 65_537)),
        refusal(
            "feature 'v' is a vector: a missing one is learned or refused, not"
                + " DefaultNumber[value=3.0]",
            () -> new VectorFeature("v", 4, NUMBER)),
        refusal(
            "feature 'v' is a vector: a missing one is learned or refused, not"
                + " DefaultCategory[value=x]",
            () -> new VectorFeature("v", 4, CATEGORY)),
        refusal("the name of a label must not be blank", () -> rate("r", "", "video")),
        refusal("rate feature 'r' needs at least one key", () -> rate("r", "click")),
        refusal(
            "the name of a key of rate feature 'r' must not be blank",
            () -> rate("r", "click", "video", " ")),
        refusal(strength + "0.0", () -> rate("r", "click", "video").priorStrength(0)),
        refusal(strength + "NaN", () -> rate("r", "click", "video").priorStrength(Double.NaN)),
        refusal(
            strength + "Infinity",
            () -> rate("r", "click", "video").priorStrength(Double.POSITIVE_INFINITY)));
  }

  private static Arguments refusal(String message, ThrowingCallable call) {
    return arguments(message, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void should_say_what_the_limit_and_the_actual_value_are_when_refused(
      String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void should_have_the_documented_defaults_when_nothing_else_is_said() {
    assertThat(categorical("c"))
        .isEqualTo(
            new CategoricalFeature(
                "c",
                new Encoding.Vocabulary(2, 50_000_000),
                Optional.empty(),
                1,
                0,
                Optional.empty(),
                MissingPolicy.Learned.INSTANCE));
    assertThat(categorical("c").multiValued(Pooling.SUM).maxValues()).isEqualTo(50);
    assertThat(numeric("n").transform()).isEqualTo(Transform.Standardize.INSTANCE);
    assertThat(numeric("n").missing()).isEqualTo(MissingPolicy.learned());
    assertThat(vector("v", 3).missing()).isEqualTo(MissingPolicy.learned());
    assertThat(rate("r", "click", "a", "b"))
        .isEqualTo(new RateFeature("r", "click", List.of("a", "b"), 20));
    assertThat(rate("r", "click", "a").missing()).isEqualTo(MissingPolicy.learned());
  }

  @Test
  void should_accept_the_limits_themselves_when_given() {
    assertThat(categorical("c").width(4096).width()).isEqualTo(4096);
    assertThat(vector("v", 65_536).width()).isEqualTo(65_536);
    assertThat(categorical("c").vocabulary(1, 1).encoding())
        .isEqualTo(new Encoding.Vocabulary(1, 1));
    assertThat(numeric("n").quantiles(2).transform()).isEqualTo(new Transform.Quantiles(2));
  }

  @Test
  void should_keep_the_other_parts_when_one_of_a_categorical_feature_is_changed() {
    CategoricalFeature all =
        categorical("c")
            .orElse("x")
            .sharingTableWith("owner")
            .width(8)
            .multiValued(Pooling.SUM, 5)
            .hashed(100);
    assertThat(all)
        .isEqualTo(
            new CategoricalFeature(
                "c",
                new Encoding.Hash(100),
                Optional.of(Pooling.SUM),
                5,
                8,
                Optional.of("owner"),
                CATEGORY));
    assertThat(all.multiValued()).isTrue();
    assertThat(categorical("c").multiValued()).isFalse();
    assertThat(all.required())
        .isEqualTo(
            new CategoricalFeature(
                "c",
                new Encoding.Hash(100),
                Optional.of(Pooling.SUM),
                5,
                8,
                Optional.of("owner"),
                MissingPolicy.refuse()));
  }

  @Test
  void should_keep_the_other_parts_when_one_of_a_numeric_feature_is_changed() {
    assertThat(numeric("n").orElse(3).log())
        .isEqualTo(new NumericFeature("n", Transform.Log.INSTANCE, NUMBER));
    assertThat(numeric("n").asIs().required())
        .isEqualTo(
            new NumericFeature("n", Transform.Identity.INSTANCE, MissingPolicy.Refuse.INSTANCE));
    assertThat(vector("v", 4).required())
        .isEqualTo(new VectorFeature("v", 4, MissingPolicy.refuse()));
  }

  @Test
  void should_be_bucketed_when_the_number_becomes_a_bucket() {
    assertThat(numeric("n").buckets(-1, 0, 2.5).transform())
        .isEqualTo(new Transform.Boundaries(List.of(-1.0, 0.0, 2.5)));
    assertThat(numeric("n").buckets(1).bucketed()).isTrue();
    assertThat(numeric("n").quantiles(10).bucketed()).isTrue();
    assertThat(numeric("n").bucketed()).isFalse();
    assertThat(numeric("n").log().bucketed()).isFalse();
    assertThat(numeric("n").asIs().bucketed()).isFalse();
  }
}
