package io.ranking4j.runtime;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.RankingException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.RequestLimits;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveRankerTest {
  private static final Features CONTEXT = Features.empty();
  private static final List<Candidate> CANDIDATES = candidates(300);
  private static final List<RankRequest> WARM_UP = List.of(new RankRequest(CONTEXT, CANDIDATES));

  private static final Fusion CLICK = new OneTask("click", 1);

  private static List<Candidate> candidates(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Candidate.of("c" + i, Features.of(Map.of("z", i / 100.0))))
        .toList();
  }

  /** The logit of the click is the feature times a factor. */
  private static RankingModel model(double factor, Feature... more) {
    FeatureSchema.Builder schema =
        FeatureSchema.builder().candidate(numeric("z").asIs().required());
    Dataset.Builder data = Dataset.builder().column("z", NumericColumn.of(0, 1));
    for (Feature feature : more) {
      schema.candidate(feature);
      data.column(feature.name(), ListColumn.of(List.of(List.of("a"), List.of("b"))));
    }
    FeatureEncoder encoder = FeatureEncoder.fit(schema.build(), data.build(), 1);
    PlanBuilder builder = new PlanBuilder(encoder.layout().width());
    builder.output("click", builder.dense("click", builder.input(), 1));
    Plan plan = builder.build();
    float[] parameters = new float[plan.parameterCount()];
    int z = encoder.layout().dense().get(0).offset();
    parameters[z] = (float) factor;
    List<EmbeddingTable> tables =
        encoder.layout().tables().stream()
            .map(spec -> new EmbeddingTable(spec, new float[spec.rows() * spec.width()]))
            .toList();
    return new RankingModel(
        encoder,
        tables,
        plan,
        parameters,
        new float[0],
        List.of(TaskOutput.uncorrected(Task.binary("click"))),
        Provenance.of(Map.of("factor", Double.toString(factor))));
  }

  /** Half of what the network says. */
  private static final class Half implements Calibrator {
    @Override
    public String typeId() {
      return "half";
    }

    @Override
    public double[] parameters() {
      return new double[0];
    }

    @Override
    public double calibrate(double probability) {
      return probability / 2;
    }
  }

  private static LiveRanker ranker(RankingModel model, RankingObserver observer) {
    return LiveRanker.of(model, CLICK, observer, JavaKernels::new);
  }

  private static LiveRanker ranker(RankingModel model) {
    return ranker(model, RankingObserver.NONE);
  }

  private static double[] clicks(Ranking ranking) {
    return ranking.predictions().task("click");
  }

  @Test
  void should_answer_by_the_new_model_when_it_was_replaced() {
    try (LiveRanker ranker = ranker(model(1))) {
      double before = clicks(ranker.rank(CONTEXT, CANDIDATES))[100];
      assertThat(before).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));

      RankingModel next = model(-2);
      ranker.replaceModel(next, WARM_UP);

      assertThat(clicks(ranker.rank(CONTEXT, CANDIDATES))[100])
          .isCloseTo(1 / (1 + Math.exp(2)), within(1e-6));
      assertThat(ranker.model()).isSameAs(next);
    }
  }

  @Test
  void should_keep_the_old_model_when_the_new_one_cannot_answer() {
    RankingModel old = model(1);
    List<RankingModel> refused = new ArrayList<>();
    RankingObserver observer =
        new RankingObserver() {
          @Override
          public void refused(RankingModel model, RuntimeException cause) {
            refused.add(model);
          }
        };
    try (LiveRanker ranker = ranker(old, observer)) {
      double[] before = clicks(ranker.rank(CONTEXT, CANDIDATES));
      RankingModel needsMore = model(2, categorical("tags").multiValued(Pooling.SUM).required());
      RankingModel noNumber = model(Double.NaN);

      assertThatThrownBy(() -> ranker.replaceModel(needsMore, WARM_UP))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("'tags' is required");
      assertThatThrownBy(() -> ranker.replaceModel(noNumber, WARM_UP))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("must be finite");
      assertThatThrownBy(() -> ranker.replace(model(2), new OneTask("order", 1), WARM_UP))
          .isInstanceOf(UnknownNameException.class);

      assertThat(refused).hasSize(3).startsWith(needsMore, noNumber);
      assertThat(ranker.model()).isSameAs(old);
      assertThat(clicks(ranker.rank(CONTEXT, CANDIDATES))).isEqualTo(before);
    }
  }

  @Test
  void should_answer_every_request_by_one_of_the_models_while_they_are_replaced() throws Exception {
    RankingModel up = model(1);
    RankingModel down = model(-1);
    double[] ofUp = scores(up);
    double[] ofDown = scores(down);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    try (LiveRanker ranker = ranker(up)) {
      List<Future<?>> hosts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        hosts.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    double[] clicks = clicks(ranker.rank(CONTEXT, CANDIDATES));
                    if (!Arrays.equals(clicks, ofUp) && !Arrays.equals(clicks, ofDown)) {
                      throw new AssertionError("scores of no model: " + Arrays.toString(clicks));
                    }
                    answers.incrementAndGet();
                  }
                }));
      }
      for (int swap = 0; swap < 200; swap++) {
        ranker.replaceModel(swap % 2 == 0 ? down : up, WARM_UP);
        if (swap % 20 == 0) {
          assertThatThrownBy(() -> ranker.replaceModel(model(Double.NaN), WARM_UP))
              .isInstanceOf(IllegalStateException.class);
        }
      }
      done.set(true);
      for (Future<?> host : hosts) {
        host.get();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertThat(answers).hasPositiveValue();
  }

  private static double[] scores(RankingModel model) {
    try (Ranker ranker = Ranker.of(model, CLICK, new JavaKernels())) {
      return clicks(ranker.rank(CONTEXT, CANDIDATES));
    }
  }

  @Test
  void should_free_the_old_model_only_when_its_last_request_ends() throws Exception {
    RankingModel old = model(1);
    LiveRanker[] ranker = new LiveRanker[1];
    AtomicBoolean replaced = new AtomicBoolean();
    RankingObserver swaps =
        new RankingObserver() {
          @Override
          public void encoded(RankingModel model, EncodedRows context, EncodedRows candidates) {
            // In the middle of a request of the old model.
            if (model == old && !replaced.getAndSet(true)) {
              ranker[0].replaceModel(model(-1), WARM_UP);
            }
          }
        };
    ranker[0] = ranker(old, swaps);
    try (LiveRanker live = ranker[0]) {
      assertThat(clicks(live.rank(CONTEXT, CANDIDATES))).isEqualTo(scores(old));
      assertThat(clicks(live.rank(CONTEXT, CANDIDATES))).isEqualTo(scores(model(-1)));
    }
  }

  @Test
  void should_say_what_was_left_out_when_the_time_was_short() {
    List<Candidate> many = candidates(20_000);
    try (LiveRanker ranker = ranker(model(1))) {
      TimedRanking hurried = ranker.rank(CONTEXT, many, Duration.ofNanos(1));
      TimedRanking calm = ranker.rank(CONTEXT, many, Duration.ofMinutes(1));

      assertThat(calm.complete()).isTrue();
      assertThat(calm.ranking().size()).isEqualTo(many.size());
      assertThat(hurried.complete()).isFalse();
      int scored = hurried.ranking().size();
      assertThat(scored).isPositive();
      assertThat(hurried.unscored()).isEqualTo(many.subList(scored, many.size()));
      assertThat(clicks(hurried.ranking()))
          .isEqualTo(Arrays.copyOf(clicks(calm.ranking()), scored));
      assertThat(hurried.ranking().get(0).id()).isEqualTo("c" + (scored - 1));
      assertThatThrownBy(() -> ranker.rank(CONTEXT, many, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the time must be above zero, but was PT0S");
    }
  }

  @Test
  void should_rank_by_calibrated_probabilities_when_the_model_has_a_calibrator() {
    List<Candidate> many = candidates(20_000);
    try (LiveRanker plain = ranker(model(1));
        LiveRanker halved = ranker(model(1).withCalibrator("click", new Half()))) {
      double[] before = clicks(plain.rank(CONTEXT, many));
      for (Ranking ranking :
          List.of(
              halved.rank(CONTEXT, many),
              halved.rank(CONTEXT, many, Duration.ofNanos(1)).ranking())) {
        double[] expected = Arrays.copyOf(before, ranking.size());
        Arrays.setAll(expected, i -> before[i] / 2);
        assertThat(clicks(ranking)).isEqualTo(expected);
        assertThat(ranking.get(0).utility()).isEqualTo(expected[ranking.get(0).index()]);
      }
    }
  }

  @Test
  void should_refuse_what_is_beyond_the_limits() {
    RankingModel model =
        model(1, categorical("tags").multiValued(Pooling.SUM))
            .requestLimits(new RequestLimits(3, 2, 5));
    try (LiveRanker ranker = ranker(model)) {
      assertThatThrownBy(() -> ranker.rank(CONTEXT, candidates(4)))
          .isInstanceOf(DataException.class)
          .hasMessage("a request may have at most 3 candidates, but had 4");
      assertThat(ranker.rank(CONTEXT, tagged(List.of("a", "bbbbb"))).size()).isOne();
      assertThatThrownBy(() -> ranker.rank(CONTEXT, tagged(List.of("a", "b", "c"))))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("feature 'tags' may have at most 2 elements, but had 3");
      assertThatThrownBy(() -> ranker.rank(CONTEXT, tagged(List.of("bbbbbb"))))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("feature 'tags' may have at most 5 characters, but had 6");
    }
  }

  private static List<Candidate> tagged(List<String> tags) {
    return List.of(Candidate.of("c", Features.of(Map.of("z", 1.0, "tags", tags))));
  }

  @Test
  void should_compare_a_shadow_with_what_is_served() {
    try (LiveRanker ranker = ranker(model(1))) {
      ShadowModel shadow = ranker.shadow(model(-1), new ShadowOptions(0.5, Runnable::run));
      double[] served = clicks(ranker.rank(CONTEXT, CANDIDATES));
      for (int i = 1; i < 10; i++) {
        assertThat(clicks(ranker.rank(CONTEXT, CANDIDATES))).isEqualTo(served);
      }

      ShadowReport report = shadow.report();

      double[] other = scores(model(-1));
      assertThat(report.requests()).isEqualTo(5);
      assertThat(report.candidates()).isEqualTo(1500);
      assertThat(report.sameFirst()).isZero();
      ShadowReport.TaskDifference click = Objects.requireNonNull(report.tasks().get("click"));
      assertThat(click.served())
          .isCloseTo(Arrays.stream(served).average().orElseThrow(), within(1e-12));
      assertThat(click.shadow())
          .isCloseTo(Arrays.stream(other).average().orElseThrow(), within(1e-12));
      assertThat(click.largest()).isEqualTo(served[299] - other[299]);
      assertThat(click.meanAbsolute()).isCloseTo(click.served() - click.shadow(), within(1e-12));
    }
  }

  @Test
  void should_show_a_closed_shadow_nothing() {
    try (LiveRanker ranker = ranker(model(1))) {
      ShadowModel shadow = ranker.shadow(model(-1), new ShadowOptions(1, Runnable::run));
      ranker.rank(CONTEXT, CANDIDATES);
      shadow.close();
      shadow.close();
      ranker.rank(CONTEXT, CANDIDATES);

      assertThat(shadow.report().requests()).isOne();
      assertThat(shadow.report().failed()).isZero();
    }
  }

  @Test
  void should_answer_although_the_shadow_fails_or_has_no_thread() {
    try (LiveRanker ranker = ranker(model(1))) {
      RankingModel needsMore = model(2, categorical("tags").multiValued(Pooling.SUM).required());
      ShadowModel failing = ranker.shadow(needsMore, new ShadowOptions(1, Runnable::run));
      ranker.rank(CONTEXT, CANDIDATES);
      assertThat(failing.report().failed()).isOne();
      assertThat(failing.report().sameFirst()).isNaN();

      ShadowModel rejected =
          ranker.shadow(
              model(2),
              new ShadowOptions(
                  1,
                  task -> {
                    throw new RejectedExecutionException("full");
                  }));
      ranker.rank(CONTEXT, CANDIDATES);
      assertThat(rejected.report().dropped()).isOne();
      assertThat(rejected.report().requests()).isZero();
    }
  }

  @Test
  void should_tell_the_observer_what_happens() {
    List<String> seen = new ArrayList<>();
    RankingObserver observer =
        new RankingObserver() {
          @Override
          public void encoded(RankingModel model, EncodedRows context, EncodedRows candidates) {
            seen.add("encoded " + candidates.rows());
          }

          @Override
          public void ranked(
              int candidates, int scored, long encodeNanos, long scoreNanos, long fuseNanos) {
            assertThat(encodeNanos).isPositive();
            assertThat(scoreNanos).isPositive();
            assertThat(fuseNanos).isPositive();
            seen.add("ranked " + scored + " of " + candidates);
          }

          @Override
          public void failed(RuntimeException cause) {
            seen.add("failed " + ((RankingException) cause).code());
          }

          @Override
          public void replaced(RankingModel model) {
            seen.add("replaced " + model.provenance().get("factor").orElseThrow());
          }
        };
    try (LiveRanker ranker = ranker(model(1), observer)) {
      ranker.rank(CONTEXT, CANDIDATES);
      assertThatThrownBy(() -> ranker.rank(Features.of(Map.of("who", 1)), CANDIDATES))
          .isInstanceOf(UnknownNameException.class);
      ranker.replaceModel(model(2), WARM_UP);
    }
    assertThat(seen)
        .containsExactly(
            "replaced 1.0",
            "encoded 300",
            "ranked 300 of 300",
            "failed UNKNOWN_NAME",
            "replaced 2.0");
  }

  @Test
  void should_refuse_use_after_close_and_close_twice() {
    LiveRanker ranker = ranker(model(1));
    ranker.close();
    ranker.close();

    assertThatThrownBy(() -> ranker.rank(CONTEXT, CANDIDATES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the ranker is closed");
    assertThatThrownBy(() -> ranker.replaceModel(model(2), WARM_UP))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ranker.replaceFusion(CLICK)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(ranker::model).isInstanceOf(IllegalStateException.class);
  }
}
