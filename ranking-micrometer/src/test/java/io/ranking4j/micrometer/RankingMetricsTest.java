package io.ranking4j.micrometer;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.RankingException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.LiveRanker;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankRequest;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.ShadowOptions;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.drift.DriftMonitor;
import io.ranking4j.runtime.drift.DriftOptions;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RankingMetricsTest {
  private static final Features CONTEXT = Features.of(Map.of("user", "a"));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** The utility is the click. */
  private record Click() implements Fusion {
    @Override
    public String typeId() {
      return "click";
    }

    @Override
    public Map<String, String> properties() {
      return Map.of();
    }

    @Override
    public Set<String> tasks() {
      return Set.of("click");
    }

    @Override
    public Set<String> signals() {
      return Set.of();
    }

    @Override
    public void fuse(CandidatePredictions predictions, double[] utility) {
      System.arraycopy(predictions.task("click"), 0, utility, 0, utility.length);
    }

    @Override
    public Explanation explain(CandidatePredictions predictions, int candidate) {
      return Explanation.of(predictions.task("click")[candidate], "click");
    }
  }

  private static List<Candidate> candidates(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Candidate.of("c" + i, Features.of(Map.of("z", i % 4))))
        .toList();
  }

  /** The logit of the click is the same for all candidates. */
  private static RankingModel model(String version, double logit) {
    FeatureSchema schema =
        FeatureSchema.builder().context(categorical("user")).candidate(numeric("z").asIs()).build();
    Dataset data =
        Dataset.builder()
            .column("user", CategoricalColumn.of(Arrays.asList("a", "a", "a", "b", "b", null)))
            .column("z", NumericColumn.of(0, 1, 2, 3, 0, 1))
            .build();
    FeatureEncoder fitted = FeatureEncoder.fit(schema, data, 1);
    FeatureEncoder encoder = fitted.withBins(fitted.encode(data));
    PlanBuilder builder = new PlanBuilder(encoder.layout().width());
    builder.output("click", builder.dense("click", builder.input(), 1));
    Plan plan = builder.build();
    float[] parameters = new float[plan.parameterCount()];
    parameters[parameters.length - 1] = (float) logit;
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
        Provenance.of(Map.of("version", version)));
  }

  private LiveRanker ranker(RankingMetrics metrics) {
    return LiveRanker.of(model("1", 0), new Click(), metrics, JavaKernels::new);
  }

  private RankingMetrics metrics() {
    return RankingMetrics.of(registry, Tags.of("surface", "home"));
  }

  @Test
  void should_time_the_stages_and_count_the_candidates_of_requests() {
    try (LiveRanker ranker = ranker(metrics())) {
      ranker.rank(CONTEXT, candidates(3));
      ranker.rank(CONTEXT, candidates(5));
    }

    double sum = 0;
    for (String stage : List.of("encode", "score", "fuse")) {
      var timer =
          registry.get("ranking4j.request.latency").tags("stage", stage, "surface", "home").timer();
      assertThat(timer.count()).as(stage).isEqualTo(2);
      assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).as(stage).isPositive();
      sum += timer.totalTime(TimeUnit.NANOSECONDS);
    }
    assertThat(
            registry
                .get("ranking4j.request.latency")
                .tag("stage", "total")
                .timer()
                .totalTime(TimeUnit.NANOSECONDS))
        .isCloseTo(sum, within(1.0));
    var candidates = registry.get("ranking4j.request.candidates").summary();
    assertThat(candidates.count()).isEqualTo(2);
    assertThat(candidates.totalAmount()).isEqualTo(8);
    assertThat(registry.get("ranking4j.request.deadline.misses").counter().count()).isZero();
  }

  @Test
  void should_count_what_was_not_scored_in_time() {
    try (LiveRanker ranker = ranker(metrics())) {
      int unscored = ranker.rank(CONTEXT, candidates(3000), Duration.ofNanos(1)).unscored().size();

      assertThat(unscored).isPositive();
      assertThat(registry.get("ranking4j.request.deadline.misses").counter().count()).isEqualTo(1);
      assertThat(registry.get("ranking4j.request.unscored").counter().count()).isEqualTo(unscored);
    }
  }

  @Test
  void should_count_failures_by_exception() {
    try (LiveRanker ranker = ranker(metrics())) {
      List<Candidate> wrong = List.of(Candidate.of("c", Features.of(Map.of("z", "text"))));
      assertThatThrownBy(() -> ranker.rank(CONTEXT, wrong)).isInstanceOf(DataException.class);
    }

    assertThat(
            registry
                .get("ranking4j.request.failures")
                .tag("exception", "DataException")
                .counter()
                .count())
        .isEqualTo(1);
  }

  private List<String> versions() {
    return registry.find("ranking4j.model.info").meters().stream()
        .map(Meter::getId)
        .map(id -> String.valueOf(id.getTag("version")))
        .toList();
  }

  @Test
  void should_show_the_version_swaps_and_rejections() {
    try (LiveRanker ranker = ranker(metrics())) {
      assertThat(versions()).containsExactly("1");
      assertThat(registry.get("ranking4j.model.info").gauge().value()).isEqualTo(1);
      assertThat(registry.get("ranking4j.model.swaps").counter().count()).isZero();

      ranker.replaceModel(model("2", 1), List.of());
      assertThat(versions()).containsExactly("2");
      assertThat(registry.get("ranking4j.model.swaps").counter().count()).isEqualTo(1);

      RankRequest wrong = new RankRequest(Features.of(Map.of("usr", "a")), candidates(1));
      assertThatThrownBy(() -> ranker.replaceModel(model("3", 1), List.of(wrong)))
          .isInstanceOf(RankingException.class);
      assertThat(versions()).containsExactly("2");
      assertThat(
              registry
                  .get("ranking4j.model.rejections")
                  .tag("exception", "UnknownNameException")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void should_show_how_a_shadow_differs() {
    try (LiveRanker ranker = ranker(metrics())) {
      ranker.shadow(model("2", Math.log(3)), new ShadowOptions(1, Runnable::run));
      ranker.rank(CONTEXT, candidates(4));
    }

    var differences = registry.get("ranking4j.shadow.difference").tag("task", "click").summary();
    assertThat(differences.count()).isEqualTo(4);
    // One half by the model, three quarters by the shadow.
    assertThat(differences.mean()).isCloseTo(0.25, within(1e-6));
  }

  @Test
  void should_show_the_features_of_requests() {
    DriftMonitor drift =
        DriftMonitor.of(DriftOptions.defaults().sampling(1, 1_000_000).minimumValues(4));
    try (LiveRanker ranker = ranker(metrics().drift(drift))) {
      assertThat(feature("missing", "user")).isNaN();
      for (int i = 0; i < 8; i++) {
        Features context =
            i % 2 == 0 ? Features.empty() : Features.of(Map.of("user", i < 4 ? "a" : "new"));
        ranker.rank(context, candidates(4));
      }

      assertThat(feature("missing", "user")).isEqualTo(0.5);
      assertThat(feature("unknown", "user")).isEqualTo(0.5);
      assertThat(feature("missing", "z")).isZero();
      assertThat(feature("stability", "z")).isBetween(0.0, 0.2);
      assertThat(registry.get("ranking4j.feature.alarms").gauge().value())
          .isEqualTo(drift.report().alarms().size())
          .isPositive();

      ranker.replaceModel(model("2", 0), List.of());
      assertThat(feature("missing", "user")).isNaN();
    }
  }

  private double feature(String measure, String name) {
    return registry.get("ranking4j.feature." + measure).tag("feature", name).gauge().value();
  }

  @Test
  void should_take_another_version_of_models() {
    try (LiveRanker ranker = ranker(metrics().version(model -> "v" + model.tasks().size()))) {
      assertThat(versions()).containsExactly("v" + ranker.model().tasks().size());
    }
  }

  @Test
  void should_log_nothing_at_info_in_steady_state() {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      DriftMonitor drift = DriftMonitor.of(DriftOptions.defaults().sampling(1, 10));
      try (LiveRanker ranker = ranker(metrics().drift(drift))) {
        ranker.shadow(model("2", 1), new ShadowOptions(1, Runnable::run));
        for (int i = 0; i < 200; i++) {
          ranker.rank(CONTEXT, candidates(20));
        }
        ranker.replaceModel(model("2", 1), List.of(new RankRequest(CONTEXT, candidates(2))));
      }
      assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();

      LoggerFactory.getLogger("io.ranking4j.test").info("this is seen");
      assertThat(written.toString(StandardCharsets.UTF_8)).contains("this is seen");
    } finally {
      System.setErr(before);
    }
  }
}
