package io.ranking4j.runtime;

import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.Placement;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Reranking;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankerTest {
  private static final List<Candidate> CANDIDATES =
      IntStream.range(0, 300)
          .mapToObj(i -> Candidate.of("c" + i, Features.of(Map.of("z", (i - 150) / 50.0))))
          .toList();

  private static final OneTask UP = new OneTask("click", 1);
  private static final OneTask DOWN = new OneTask("click", -1);

  /** The logit of the click is the feature itself. */
  private static RankingModel model() {
    FeatureSchema schema =
        FeatureSchema.builder().candidate(numeric("z").asIs().required()).build();
    Dataset data = Dataset.builder().column("z", NumericColumn.of(0, 1)).build();
    PlanBuilder plan = new PlanBuilder(1);
    plan.output("click", plan.dense("click", plan.input(), 1));
    Plan built = plan.build();
    return new RankingModel(
        FeatureEncoder.fit(schema, data, 1),
        List.of(),
        built,
        new float[] {1, 0},
        new float[0],
        List.of(TaskOutput.uncorrected(Task.binary("click"))),
        Provenance.of(Map.of()));
  }

  private static Ranking rank(Ranker ranker) {
    return ranker.rank(Features.of(Map.of()), CANDIDATES);
  }

  @Test
  void should_rank_by_the_fusion() {
    try (Ranker ranker = Ranker.of(model(), UP)) {
      Ranking ranking = rank(ranker);
      assertThat(ranking.get(0).id()).isEqualTo("c299");
      assertThat(ranking.get(0).utility()).isCloseTo(1 / (1 + Math.exp(-149 / 50.0)), within(1e-7));
      assertThat(ranking.get(299).id()).isEqualTo("c0");
    }
  }

  @Test
  void should_rank_by_another_fusion_once_it_is_replaced() {
    try (Ranker ranker = Ranker.of(model(), UP)) {
      ranker.replaceFusion(DOWN);
      assertThat(ranker.fusion()).isEqualTo(DOWN);
      assertThat(rank(ranker).get(0).id()).isEqualTo("c0");
      assertThat(ranker.explain(Features.of(Map.of()), CANDIDATES.get(0)).value()).isNegative();
    }
  }

  /** The last by utility first, with a reason. */
  private static List<Placement> upsideDown(Ranking ranking, List<Candidate> candidates) {
    List<Placement> places = new ArrayList<>();
    for (int position = 0; position < ranking.size(); position++) {
      RankedCandidate candidate = ranking.get(ranking.size() - 1 - position);
      assertThat(candidates.get(candidate.index()).id()).isEqualTo(candidate.id());
      places.add(
          new Placement(
              candidate.id(),
              position,
              candidate.position(),
              candidate.index(),
              candidate.utility(),
              Explanation.of(position, "turned upside down")));
    }
    return places;
  }

  @Test
  void should_give_the_reranking_the_last_word_and_explain_it() {
    try (Ranker ranker = Ranker.of(model(), UP);
        Ranker turned = ranker.withReranking(RankerTest::upsideDown)) {
      Ranking ranking = rank(turned);
      assertThat(ranking.get(0).id()).isEqualTo("c0");
      assertThat(ranking.get(0).position()).isZero();
      assertThat(ranking.get(0).utility()).isEqualTo(rank(ranker).get(299).utility());
      assertThat(rank(turned.withFusion(DOWN)).get(0).id()).isEqualTo("c299");
      Explanation place = turned.explain(Features.of(Map.of()), CANDIDATES, 10);
      assertThat(place.value()).isEqualTo(10);
      assertThat(place.toString())
          .contains("place of candidate 'c10'", "turned upside down", "click", "logit of click");
      assertThat(ranker.explain(Features.of(Map.of()), CANDIDATES, 10).value()).isEqualTo(289);
    }
  }

  @Test
  void should_refuse_a_reranking_that_loses_a_candidate() {
    Reranking losing = (ranking, all) -> upsideDown(ranking, all).subList(0, 299);
    try (Ranker ranker = Ranker.of(model(), UP);
        Ranker loses = ranker.withReranking(losing)) {
      assertThatThrownBy(() -> rank(loses))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("each of the 300 candidates once");
    }
  }

  @Test
  void should_keep_the_old_fusion_where_the_new_one_needs_an_unknown_task() {
    try (Ranker ranker = Ranker.of(model(), UP)) {
      assertThatThrownBy(() -> ranker.replaceFusion(new OneTask("order", 1)))
          .isInstanceOf(UnknownNameException.class)
          .hasMessageContaining("order")
          .hasMessageContaining("click");
      assertThat(ranker.fusion()).isEqualTo(UP);
    }
  }

  @Test
  void should_answer_each_request_by_one_fusion_while_it_is_replaced() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (Ranker ranker = Ranker.of(model(), UP)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        readers.add(threads.submit(() -> countWhole(ranker)));
      }
      for (int i = 0; i < 2000; i++) {
        ranker.replaceFusion(i % 2 == 0 ? DOWN : UP);
      }
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isEqualTo(500);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** How many of 500 rankings are by one of the two fusions from first to last. */
  private static int countWhole(Ranker ranker) {
    int whole = 0;
    for (int i = 0; i < 500; i++) {
      List<String> ids = rank(ranker).ids();
      boolean up = ids.get(0).equals("c299") && ids.get(299).equals("c0");
      boolean down = ids.get(0).equals("c0") && ids.get(299).equals("c299");
      whole += up || down ? 1 : 0;
    }
    return whole;
  }
}
