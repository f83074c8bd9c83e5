package io.ranking4j.runtime.drift;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.LiveRanker;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.RankingObserver;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftMonitorTest {
  private static final DriftOptions ALL = DriftOptions.defaults().sampling(1, 1_000_000);

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

  /** Values of a row: a user of the context, an item and a price of the candidate. */
  private record Row(@Nullable String user, String item, double price) {
    /**
     * @param missing the share of rows without a user
     * @param fresh the share of items that are new
     * @param shift what is added to the price
     */
    static Row draw(Random random, double missing, double fresh, double shift) {
      String user = random.nextDouble() < missing ? null : "u" + random.nextInt(30);
      boolean unseen = random.nextDouble() < fresh;
      // Few items are frequent, and many are not.
      int item = (int) (200 * Math.pow(random.nextDouble(), 3));
      return new Row(user, (unseen ? "new" : "i") + item, random.nextGaussian() + shift);
    }

    Features context() {
      return user == null ? Features.empty() : Features.of(Map.of("user", user));
    }

    Candidate candidate() {
      return Candidate.of(item, Features.of(Map.of("item", item, "price", price)));
    }
  }

  private static RankingModel model(boolean bins) {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("user"))
            .candidate(categorical("item"), numeric("price"))
            .build();
    Random random = new Random(1);
    List<@Nullable String> users = new ArrayList<>();
    List<@Nullable String> items = new ArrayList<>();
    double[] prices = new double[20_000];
    for (int i = 0; i < prices.length; i++) {
      Row row = Row.draw(random, 0.1, 0, 0);
      users.add(row.user());
      items.add(row.item());
      prices[i] = row.price();
    }
    Dataset data =
        Dataset.builder()
            .column("user", CategoricalColumn.of(users))
            .column("item", CategoricalColumn.of(items))
            .column("price", NumericColumn.of(prices))
            .build();
    FeatureEncoder fitted = FeatureEncoder.fit(schema, data, 1);
    FeatureEncoder encoder = bins ? fitted.withBins(fitted.encode(data)) : fitted;
    PlanBuilder builder = new PlanBuilder(encoder.layout().width());
    builder.output("click", builder.dense("click", builder.input(), 1));
    Plan plan = builder.build();
    List<EmbeddingTable> tables =
        encoder.layout().tables().stream()
            .map(spec -> new EmbeddingTable(spec, new float[spec.rows() * spec.width()]))
            .toList();
    return new RankingModel(
        encoder,
        tables,
        plan,
        new float[plan.parameterCount()],
        new float[0],
        List.of(TaskOutput.uncorrected(Task.binary("click"))),
        Provenance.of(Map.of()));
  }

  private static LiveRanker ranker(RankingModel model, RankingObserver observer) {
    return LiveRanker.of(model, new Click(), observer, JavaKernels::new);
  }

  private static void serve(
      LiveRanker ranker, int requests, double missing, double fresh, double shift) {
    Random random = new Random(2);
    for (int i = 0; i < requests; i++) {
      List<Candidate> candidates = new ArrayList<>();
      for (int c = 0; c < 5; c++) {
        candidates.add(Row.draw(random, missing, fresh, shift).candidate());
      }
      ranker.rank(Row.draw(random, missing, fresh, shift).context(), candidates);
    }
  }

  @Test
  void should_find_nothing_when_requests_are_like_the_training_data() {
    DriftMonitor monitor = DriftMonitor.of(ALL);
    try (LiveRanker ranker = ranker(model(true), monitor)) {
      serve(ranker, 4000, 0.1, 0, 0);
    }

    DriftReport report = monitor.report();
    assertThat(report.requests()).isEqualTo(4000);
    assertThat(report.alarms()).isEmpty();
    assertThat(report.features().keySet()).containsExactly("user", "item", "price");
    for (FeatureDrift feature : report.features().values()) {
      // About 20 bins over 3600 and 20000 values.
      assertThat(feature.stabilityIndex()).as(feature.toString()).isBetween(0.0, 0.02);
      assertThat(feature.whyNoIndex()).isEmpty();
    }
    FeatureDrift user = report.feature("user");
    assertThat(user.rows()).isEqualTo(4000);
    assertThat(user.missingRate()).isCloseTo(user.trainedMissingRate(), within(0.02));
    assertThat(report.feature("item").rows()).isEqualTo(20_000);
    assertThatThrownBy(() -> report.feature("usr")).isInstanceOf(UnknownNameException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0, 0, user, MISSING_RATE, 0.3",
    "0.1, 0.2, 0, item, UNKNOWN_RATE, 0.2",
    "0.1, 0, 1, price, STABILITY_INDEX, 1.0",
  })
  void should_find_what_drifted(
      double missing,
      double fresh,
      double shift,
      String feature,
      DriftAlarm.Measure measure,
      double about) {
    DriftMonitor monitor = DriftMonitor.of(ALL.limits(0.05, 0.1, 0.5));
    try (LiveRanker ranker = ranker(model(true), monitor)) {
      serve(ranker, 4000, missing, fresh, shift);
    }

    assertThat(monitor.report().alarms())
        .filteredOn(alarm -> alarm.measure() == measure)
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.feature()).isEqualTo(feature);
              assertThat(alarm.actual()).isCloseTo(about, within(0.1));
            });
  }

  @Test
  void should_say_what_limit_and_actual() {
    assertThat(new DriftAlarm("item", DriftAlarm.Measure.UNKNOWN_RATE, 0.15, 0.4321))
        .hasToString("the unknown rate of feature 'item' must be at most 0.1500, but was 0.4321");
  }

  @Test
  void should_say_why_there_is_no_index() {
    DriftMonitor monitor = DriftMonitor.of(ALL);
    try (LiveRanker ranker = ranker(model(false), monitor)) {
      serve(ranker, 300, 0.1, 0, 0);
    }
    assertThat(monitor.report().feature("item").stabilityIndex()).isNaN();
    assertThat(monitor.report().feature("item").whyNoIndex())
        .contains("the model does not say how the values were spread in training");

    DriftMonitor few = DriftMonitor.of(ALL);
    try (LiveRanker ranker = ranker(model(true), few)) {
      serve(ranker, 10, 1, 1, 9);
    }
    assertThat(few.report().alarms()).isEmpty();
    assertThat(few.report().feature("price").whyNoIndex())
        .contains("there must be at least 1000 values, but were 50");
  }

  @Test
  void should_report_the_last_full_window_and_begin_anew_with_another_model() {
    DriftMonitor monitor = DriftMonitor.of(ALL.sampling(1, 300));
    assertThat(monitor.report().features()).isEmpty();
    try (LiveRanker ranker = ranker(model(true), monitor)) {
      serve(ranker, 300, 1, 0, 0);
      serve(ranker, 200, 0, 0, 0);
      assertThat(monitor.report().requests()).isEqualTo(300);
      assertThat(monitor.report().feature("user").missingRate()).isEqualTo(1);
      serve(ranker, 100, 0, 0, 0);
      assertThat(monitor.report().feature("user").missingRate()).isZero();

      ranker.replaceModel(model(true), List.of());
      assertThat(monitor.report().requests()).isZero();
      assertThat(monitor.report().feature("user").missingRate()).isNaN();
      serve(ranker, 10, 0, 0, 0);
      assertThat(monitor.report().requests()).isEqualTo(10);
      monitor.reset();
      assertThat(monitor.report().requests()).isZero();
    }
  }

  @Test
  void should_count_all_requests_of_many_threads() throws Exception {
    DriftMonitor monitor = DriftMonitor.of(ALL);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (LiveRanker ranker = ranker(model(true), monitor)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        all.add(threads.submit(() -> serve(ranker, 500, 0.5, 0, 0)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(monitor.report().requests()).isEqualTo(2000);
    assertThat(monitor.report().feature("item").values()).isEqualTo(10_000);
  }

  @Test
  void should_look_at_the_share_that_it_is_told() {
    DriftMonitor monitor = DriftMonitor.of(ALL.sampling(0.1, 1_000_000));
    try (LiveRanker ranker = ranker(model(true), monitor)) {
      serve(ranker, 5000, 0.1, 0, 0);
    }

    // Six standard deviations of a binomial count.
    assertThat(monitor.report().requests()).isBetween(372L, 628L);
  }

  @Test
  void should_refuse_options_out_of_range() {
    assertThatThrownBy(() -> ALL.sampling(0, 1)).hasMessage("share must be in (0, 1], but was 0.0");
    assertThatThrownBy(() -> ALL.sampling(1, 0)).hasMessageContaining("window");
    assertThatThrownBy(() -> ALL.minimumValues(0)).hasMessageContaining("minimumValues");
    assertThatThrownBy(() -> ALL.limits(-1, 0, 1)).hasMessageContaining("missingRise");
    assertThatThrownBy(() -> ALL.limits(0, 2, 1)).hasMessageContaining("unknownRise");
    assertThatThrownBy(() -> ALL.limits(0, 0, 0)).hasMessageContaining("stabilityIndex");
  }
}
