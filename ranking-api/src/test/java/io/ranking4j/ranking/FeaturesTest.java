package io.ranking4j.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
  @Test
  void should_hand_back_what_was_set_when_asked_by_name() {
    Features features =
        Features.builder()
            .set("text", "x")
            .set("whole", 3)
            .set("number", 2.5)
            .set("list", List.of("a", "b"))
            .set("vector", new float[] {1, 2})
            .build();
    assertThat(features.get("text")).isEqualTo("x");
    assertThat(features.get("whole")).isEqualTo(3L);
    assertThat(features.get("number")).isEqualTo(2.5);
    assertThat(features.get("list")).isEqualTo(List.of("a", "b"));
    assertThat((float[]) features.get("vector")).containsExactly(1, 2);
    assertThat(features.get("missing")).isNull();
    assertThat(features.asMap().keySet())
        .containsExactly("text", "whole", "number", "list", "vector");
  }

  @Test
  void should_keep_the_later_value_when_set_twice() {
    assertThat(Features.builder().set("a", 1).set("a", "x").build().asMap())
        .containsOnly(Map.entry("a", "x"));
    assertThat(Features.builder().set("a", 1).build()).hasToString("{a=1}");
    assertThat(Features.empty().asMap()).isEmpty();
  }

  @Test
  void should_not_change_when_what_it_was_made_of_does() {
    List<String> list = new ArrayList<>(List.of("a"));
    float[] vector = {1};
    Features.Builder builder = Features.builder().set("list", list).set("vector", vector);
    Features features = builder.build();
    list.add("b");
    vector[0] = 9;
    builder.set("late", 1);
    assertThat(features.get("list")).isEqualTo(List.of("a"));
    assertThat((float[]) features.get("vector")).containsExactly(1);
    assertThat(features.get("late")).isNull();
    assertThatThrownBy(() -> features.asMap().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void should_refuse_a_number_when_not_finite(double number) {
    String message = "feature 'n' must be finite, but was " + number;
    assertThatThrownBy(() -> Features.builder().set("n", number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Features.of(Map.of("n", (float) number)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Features.builder().set("v", new float[] {0, 1, (float) number}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("element 2 of feature 'v' must be finite, but was " + number);
  }

  @Test
  void should_keep_whole_numbers_whole_when_made_of_a_map() {
    assertThat(
            Features.of(
                    Map.of(
                        "byte",
                        (byte) 1,
                        "short",
                        (short) 2,
                        "int",
                        3,
                        "long",
                        4L,
                        "float",
                        0.5f,
                        "double",
                        1.0,
                        "decimal",
                        new BigDecimal("2.25"),
                        "text",
                        "x",
                        "list",
                        List.of("a", 7, 8L)))
                .asMap())
        .containsOnly(
            Map.entry("byte", 1L),
            Map.entry("short", 2L),
            Map.entry("int", 3L),
            Map.entry("long", 4L),
            Map.entry("float", 0.5),
            Map.entry("double", 1.0),
            Map.entry("decimal", 2.25),
            Map.entry("text", "x"),
            Map.entry("list", List.of("a", "7", "8")));
    assertThat((float[]) Features.of(Map.of("v", new float[] {1, 2})).get("v"))
        .containsExactly(1, 2);
  }

  @Test
  void should_name_the_type_when_a_map_has_a_wrong_one() {
    String message =
        "feature 'x' must be a string, a number, a list of strings or an array of float, but was ";
    assertThatThrownBy(() -> Features.of(Map.of("x", true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + "java.lang.Boolean");
    assertThatThrownBy(() -> Features.of(Map.of("x", new double[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + "[D");
  }

  @Test
  void should_make_no_category_of_null_or_of_fractions_when_a_list_has_them() {
    String message = "element 1 of feature 'x' must be a string or a whole number, but was ";
    Map<String, Object> withNull = new LinkedHashMap<>();
    withNull.put("x", Arrays.asList("a", null));
    assertThatThrownBy(() -> Features.of(withNull))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + "null");
    assertThatThrownBy(() -> Features.of(Map.of("x", List.of("a", 0.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + "java.lang.Double");
    assertThatThrownBy(() -> Features.of(Map.of("x", List.of("a", List.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
