package io.ranking4j.fusion.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Placement;
import io.ranking4j.ranking.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerankerTest {
  /** Ids are of the form a1: the category, then a number. Utilities fall by a tenth. */
  private static Ranking ranking(String... ids) {
    int[] order = new int[ids.length];
    double[] utility = new double[ids.length];
    for (int i = 0; i < ids.length; i++) {
      order[i] = i;
      utility[i] = 1 - i / 10.0;
    }
    return new Ranking(
        ids, order, utility, new CandidatePredictions(ids.length, Map.of(), Map.of()));
  }

  private static ItemAttributes attributes(Ranking ranking) {
    List<String> ids = new ArrayList<>(ranking.ids());
    return new ItemAttributes() {
      @Override
      public String category(String attribute, int candidate) {
        return ids.get(candidate).substring(0, 1);
      }

      @Override
      public double similarity(String name, int candidate, int other) {
        return ids.get(candidate).charAt(0) == ids.get(other).charAt(0) ? 1 : 0;
      }

      @Override
      public double multiplier(String name, int candidate) {
        return ids.get(candidate).startsWith("a") ? .5 : 1;
      }
    };
  }

  private static List<String> ids(Reranker reranker, String... ids) {
    Ranking ranking = ranking(ids);
    return reranker.apply(ranking, attributes(ranking)).stream().map(Placement::id).toList();
  }

  @Test
  void should_keep_the_order_when_there_is_no_rule() {
    assertThat(ids(Reranker.of(), "a1", "a2", "b1")).containsExactly("a1", "a2", "b1");
    assertThat(ids(Reranker.of())).isEmpty();
  }

  @Test
  void should_space_categories_and_give_way_when_there_is_nothing_else() {
    assertThat(ids(Reranker.of(new RerankRule.Spacing("c", 3, 1)), "a1", "a2", "a3", "b1", "c1"))
        .containsExactly("a1", "b1", "c1", "a2", "a3");
    Ranking ranking = ranking("a1", "a2");
    List<Placement> items =
        Reranker.of(new RerankRule.Spacing("c", 2, 1)).apply(ranking, attributes(ranking));
    assertThat(items.get(1).explanation().description()).contains("none met the spacing");
  }

  @Test
  void should_keep_quotas() {
    RerankRule.Quota atLeast = new RerankRule.Quota("c", "b", 3, 1, 3);
    assertThat(ids(Reranker.of(atLeast), "a1", "a2", "a3", "b1", "b2"))
        .containsExactly("a1", "a2", "b1", "a3", "b2");
    RerankRule.Quota atMost = new RerankRule.Quota("c", "a", 3, 0, 1);
    assertThat(ids(Reranker.of(atMost), "a1", "a2", "a3", "b1", "b2"))
        .containsExactly("a1", "b1", "b2", "a2", "a3");
    assertThat(ids(Reranker.of(atMost), "a1", "a2", "a3")).containsExactly("a1", "a2", "a3");
  }

  @Test
  void should_pin_only_what_is_there() {
    assertThat(
            ids(
                Reranker.of(
                    new RerankRule.Pin("b1", 1),
                    new RerankRule.Pin("x", 0),
                    new RerankRule.Pin("a1", 3)),
                "a1",
                "a2",
                "a3",
                "b1"))
        .containsExactly("a2", "b1", "a3", "a1");
    assertThatThrownBy(() -> Reranker.of(new RerankRule.Pin("a", 1), new RerankRule.Pin("b", 1)))
        .hasMessage("place 1 is given to both 'a' and 'b'");
  }

  @Test
  void should_pace_by_the_multiplier_of_the_host() {
    assertThat(ids(Reranker.of(new RerankRule.Pacing("budget")), "a1", "a2", "b1", "b2"))
        .containsExactly("b1", "b2", "a1", "a2");
  }

  @Test
  void should_trade_utility_for_diversity() {
    assertThat(ids(Reranker.of(new RerankRule.Diversity("t", .5)), "a1", "a2", "a3", "b1"))
        .containsExactly("a1", "b1", "a2", "a3");
    assertThat(ids(Reranker.of(new RerankRule.Diversity("t", 0)), "a1", "a2", "a3", "b1"))
        .containsExactly("a1", "a2", "a3", "b1");
    assertThat(ids(Reranker.of(new RerankRule.Diversity("t", .5)).withPlaces(1), "a1", "a2", "b1"))
        .containsExactly("a1", "a2", "b1");
  }

  @Test
  void should_place_everything_once_whatever_the_rules() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      String[] ids = new String[30];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = "abc".charAt(random.nextInt(3)) + "" + i;
      }
      Reranker reranker =
          Reranker.of(
                  new RerankRule.Pin(ids[20], 2),
                  new RerankRule.Spacing("c", 4, 2),
                  new RerankRule.Quota("c", "a", 10, 2, 3),
                  new RerankRule.Diversity("t", .3))
              .withPlaces(20);
      Ranking ranking = ranking(ids);
      List<Placement> items = reranker.apply(ranking, attributes(ranking));
      assertThat(items.stream().map(Placement::id))
          .as("seed %d", seed)
          .containsExactlyInAnyOrder(ids);
      assertThat(items.get(2).id()).isEqualTo(ids[20]);
      assertThat(items.stream().limit(10).filter(item -> item.id().startsWith("a")))
          .as("seed %d", seed)
          .hasSizeBetween(2, 4);
      assertThat(items.get(5).explanation().toString()).contains("place by utility alone");
      assertThat(items.get(5).position()).isEqualTo(5);
    }
  }

  @Test
  void should_read_an_equal_one_from_what_was_written() {
    Reranker reranker =
        Reranker.of(
                new RerankRule.Pin("x", 2),
                new RerankRule.Pacing("budget"),
                new RerankRule.Spacing("author", 4, 2),
                new RerankRule.Quota("topic", "news", 10, 2, 3),
                new RerankRule.Diversity("cosine", .1 + .2))
            .withPlaces(7);
    Reranker again = Rerankers.fromJson(Rerankers.toJson(reranker));
    assertThat(again.rules()).isEqualTo(reranker.rules());
    assertThat(again.places()).isEqualTo(7);
    assertThat(Rerankers.toJson(again)).isEqualTo(Rerankers.toJson(reranker));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'rules':{}} | must be a list",
        "{'rules':[],'x':1} | unknown key 'x' in the JSON of a reranker, known are [places, rules]",
        "{'rules':[{'type':'pin','id':'a','position':'1'}]} | 'position' in the JSON of a reranker"
            + " must be a whole number",
        "{'rules':[{'type':'pin','id':'a','position':-1}]} | a place must be at least 0, but was"
            + " -1",
        "{'rules':[{'type':'diversity','similarity':'a','strength':2}]} | must be in [0, 1]",
        "{'rules':[3]} | must be objects",
        "{'rules': | is malformed",
      })
  void should_refuse_json_when_it_is_no_reranker(String json, String message) {
    assertThatThrownBy(() -> Rerankers.fromJson(json.replace('\'', '"')))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void should_list_the_known_rules_when_one_is_unknown() {
    assertThatThrownBy(() -> Rerankers.fromJson("{\"rules\":[{\"type\":\"magic\"}]}"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown type of rule 'magic', known are [diversity, pacing, pin, quota, spacing]");
    Ranking ranking = ranking("a1", "a2");
    assertThatThrownBy(
            () ->
                Reranker.of(new RerankRule.Spacing("author", 2, 1))
                    .apply(ranking, new ItemAttributes() {}))
        .hasMessage("the host gives no attribute 'author'");
  }
}
