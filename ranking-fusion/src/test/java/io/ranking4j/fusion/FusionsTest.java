package io.ranking4j.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FusionsTest {

  static Stream<Fusion> fusions() {
    return Stream.of(
        LinearFusion.of(Map.of("click", 1.0, "long_view", 20.0)),
        LinearFusion.of(Map.of("click", 0.1 + 0.2))
            .withSignal("price", -1e-300)
            .withProduct("order", "price", Double.MIN_VALUE)
            .withProduct(List.of("a", "a"), List.of("b"), 3),
        LinearFusion.of(Map.of("a*b", 1.0, "a\\*b", 2.0, "signal:x", 3.0, "\"é\n\\", 4.0))
            .withProduct("a*task:b", "c\\", 5),
        MultiplicativeFusion.of(Map.of("click", -0.2, "order", 1.0)).withSignal("price", 0.5),
        LogLinearFusion.of(
            LinearFusion.of(Map.of("click", 1.0)),
            MultiplicativeFusion.of(Map.of("click", 0.5, "order", 2.0)),
            0.25),
        BandedFusion.bySignal("surface", LinearFusion.of(Map.of("click", 1.0)))
            .from(1, MultiplicativeFusion.of(Map.of("order", 1.0)))
            .from(-3, BandedFusion.byTask("a.b", LinearFusion.of(Map.of("c.d", 1.0)))),
        GuardedFusion.of(
                BandedFusion.bySignal("price", LinearFusion.of(Map.of("click", 2.0)))
                    .from(9.5, LinearFusion.of(Map.of("order", 1.0))))
            .lastWhereTaskAbove("hide > 1 * x", 0.2)
            .lastWhereSignalBelow("age", 18));
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void should_read_an_equal_one_from_what_was_written(Fusion fusion) {
    String json = Fusions.toJson(fusion);
    Fusion again = Fusions.fromJson(json);
    assertThat(again).isEqualTo(fusion).hasSameHashCodeAs(fusion).hasToString(fusion.toString());
    assertThat(again.tasks()).isEqualTo(fusion.tasks());
    assertThat(again.signals()).isEqualTo(fusion.signals());
    assertThat(Fusions.toJson(again)).isEqualTo(json);
  }

  @Test
  void should_read_numbers_as_people_write_them() {
    assertThat(
            Fusions.fromJson(
                """
                {
                  "type" : "linear",
                  "properties" : {
                    "task:click" : 1,
                    "task:long_view" : 2e1,
                    "signal:price*task:order" : "0.5"
                  }
                }
                """))
        .isEqualTo(
            LinearFusion.of(Map.of("click", 1.0, "long_view", 20.0))
                .withProduct("order", "price", 0.5));
  }

  @Test
  void should_list_the_known_types_when_the_type_is_unknown() {
    assertThatThrownBy(
            () -> Fusions.fromJson("{'type':'cubic','properties':{}}".replace('\'', '"')))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown type of fusion 'cubic', known are [banded, guarded, linear, log_linear,"
                + " multiplicative]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[] | the JSON of a fusion must be an object, but was array",
        "{'type':'linear','properties':{'task:a':1},'class':'x'} | unknown key 'class'",
        "{'properties':{'task:a':1}} | 'type' in the JSON of a fusion must be a string, but was"
            + " missing",
        "{'type':1,'properties':{}} | 'type' in the JSON of a fusion must be a string, but was"
            + " number",
        "{'type':'linear'} | 'properties' in the JSON of a fusion must be an object, but was"
            + " missing",
        "{'type':'linear','properties':{}} | a fusion needs at least one weight",
        "{'type':'linear','properties':{'task:a':null}} | must be a string or a number, but was"
            + " null",
        "{'type':'linear','properties':{'task:a':{}}} | must be a string or a number, but was"
            + " object",
        "{'type':'linear','properties':{'task:a':'x'}} | the weight of task 'a' must be a number,"
            + " but was 'x'",
        "{'type':'linear','properties':{'task:a':'NaN'}} | the weight of task 'a' must be finite,"
            + " but was NaN",
        "{'type':'linear','properties':{'task:a':1e999}} | the weight of task 'a' must be finite",
        "{'type':'linear','properties':{'click':1}} | a term must be of the form",
        "{'type':'linear','properties':{'task:':1}} | the name of a task of a fusion must not be"
            + " blank",
        "{'type':'linear','properties':{'task:a*signal:b':1,'signal:b*task:a':2}} | is given twice",
        "{'type':'multiplicative','properties':{'task:a*task:b':1}} | no products",
        "{'type':'linear','type':'linear','properties':{'task:a':1}} | Duplicate field",
        "{'type':'linear','properties':{'task:a':1}} {} | is malformed",
        "{'type':'linear','properties':{'task:a':NaN}} | is malformed",
        "{'type': | is malformed"
      })
  void should_refuse_json_when_it_is_not_strictly_a_fusion(String json, String message) {
    assertThatThrownBy(() -> Fusions.fromJson(json.replace('\'', '"')))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void should_refuse_json_when_it_is_empty_too_long_or_too_deep() {
    assertThatThrownBy(() -> Fusions.fromJson("")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> Fusions.fromJson(" ".repeat(65_537)))
        .isInstanceOf(DataException.class)
        .hasMessage("the JSON of a fusion must have at most 65536 characters, but had 65537");
    assertThatThrownBy(() -> Fusions.fromJson("[".repeat(30_000)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is malformed");
  }

  @Test
  void should_list_the_names_there_are_when_one_is_unknown() {
    Fusion fusion =
        LinearFusion.of(Map.of("click", 1.0, "save", 2.0)).withProduct("click", "bid", 1);
    Fusions.validate(fusion, List.of("save", "click", "order"), List.of("bid"));
    assertThatThrownBy(() -> Fusions.validate(fusion, List.of("click", "order"), List.of("bid")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown task 'save', known are [click, order]");
    assertThatThrownBy(() -> Fusions.validate(fusion, List.of("click", "save"), List.of("price")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown signal 'bid', known are [price]");
  }

  @Test
  void should_be_found_as_services() {
    assertThat(
            ServiceLoader.load(FusionProvider.class).stream()
                .map(provider -> provider.get().typeId()))
        .containsExactlyInAnyOrder("linear", "multiplicative", "log_linear", "banded", "guarded");
  }
}
