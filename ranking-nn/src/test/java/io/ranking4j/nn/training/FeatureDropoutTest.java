package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.nn.optimizer.EmbeddingDropout;
import io.ranking4j.nn.optimizer.LostFeatures;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureDropoutTest {
  private static final TrainerOptions QUICK =
      TrainerOptions.defaults().epochs(2).batchSize(100).learningRate(0.01);

  private static Network network() {
    return Network.of(TestLogs.everyKind(), ResFlow.of(8, 4), Task.binary("click"));
  }

  private static RankingModel train(TrainerOptions options) {
    return Trainer.of(network())
        .options(options)
        .fit(TestLogs.every(1, 500), TestLogs.every(2, 400));
  }

  @Test
  void should_train_the_same_model_when_the_rate_is_zero() {
    RankingModel without = train(QUICK);
    RankingModel zero =
        train(QUICK.featureDropout(new FeatureDropout(0, List.of(Set.of("user", "age")))));

    assertThat(zero.parameters()).isEqualTo(without.parameters());
  }

  @Test
  void should_lose_the_same_whatever_the_number_of_threads() {
    // Sums over rows differ by rounding between numbers of threads; what is lost would differ more.
    TrainerOptions options =
        QUICK.epochs(1).averaging(0).featureDropout(FeatureDropout.of(0.3)).learningRate(1e-4);
    float[] one = train(options).parameters();
    float[] two = train(options.kernels(options.kernels(), 2)).parameters();
    float[] otherSeed = train(options.seed(7)).parameters();

    assertThat(largestDifference(two, one)).isLessThan(1e-4f);
    assertThat(largestDifference(otherSeed, one)).isGreaterThan(1e-2f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void should_give_lost_features_what_the_encoder_gives_where_they_are_missing(int threads) {
    Dataset log = TestLogs.every(3, 400);
    FeatureEncoder encoder = FeatureEncoder.fit(TestLogs.everyKind(), log, 4);
    List<Set<String>> groups =
        List.of(
            Set.of("user", "age", "history", "image"),
            Set.of("item", "watched", "city", "tags", "price", "level", "score"));
    List<LostFeatures.Group> lost = new FeatureDropout(0.3, groups).groups(encoder.schema());
    float[][] inputs = inputs(encoder, log, new LostFeatures(encoder, lost, 11), threads);

    float[][] none = inputs(encoder, log, null, 1);
    float[][] first = inputs(encoder.without(groups.get(0)), log, null, 1);
    float[][] second = inputs(encoder.without(groups.get(1)), log, null, 1);
    float[][] both = inputs(encoder.without(groups.get(0)).without(groups.get(1)), log, null, 1);
    int[] counts = new int[4];
    for (int r = 0; r < inputs.length; r++) {
      List<float[]> cases = List.of(none[r], first[r], second[r], both[r]);
      int found = -1;
      for (int c = 0; c < 4; c++) {
        found = Arrays.equals(inputs[r], cases.get(c)) ? c : found;
      }
      assertThat(found).as("row %d", r).isNotNegative();
      counts[found]++;
    }
    // Five standard deviations of a binomial count each.
    assertThat(counts[1] + counts[3]).isBetween(74, 166);
    assertThat(counts[2] + counts[3]).isBetween(74, 166);
    assertThat(counts[3]).isBetween(8, 64);
  }

  private static float[][] inputs(
      FeatureEncoder encoder, Dataset log, @Nullable LostFeatures lost, int threads) {
    List<EmbeddingTable> tables = new ArrayList<>();
    Random random = new Random(5);
    for (TableSpec spec : encoder.layout().tables()) {
      float[] values = new float[spec.rows() * spec.width()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      tables.add(new EmbeddingTable(spec, values));
    }
    float[][] inputs = new float[log.rows()][encoder.layout().width()];
    BatchRows batch = new BatchRows(encoder.layout(), EmbeddingDropout.NONE, lost, 0);
    try (Workers workers = new Workers(threads)) {
      int[] order = IntStream.range(0, log.rows()).toArray();
      batch.select(encoder.encode(log), order, 0, log.rows(), workers);
      for (int r = 0; r < log.rows(); r++) {
        batch.assemble(r, tables, inputs[r], 0);
      }
    }
    return inputs;
  }

  private static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  @Test
  void should_learn_what_a_missing_value_means_though_the_log_has_none() {
    Dataset log = goodAndBad(2000);
    FeatureSchema schema = FeatureSchema.builder().candidate(Feature.categorical("item")).build();
    Trainer trainer = Trainer.of(Network.of(schema, ResFlow.of(8), Task.binary("click")));
    TrainerOptions options = TrainerOptions.defaults().averaging(0).learningRate(0.01);
    TrainerOptions dropping = options.featureDropout(FeatureDropout.of(0.2));

    RankingModel brief = trainer.options(options.epochs(1)).fit(log, log);
    RankingModel without = trainer.options(options.epochs(20)).fit(log, log);
    RankingModel with = trainer.options(dropping.epochs(20)).fit(log, log);

    // Its row stays as it was drawn unless values are lost.
    assertThat(missingRow(without)).isEqualTo(missingRow(brief));
    assertThat(missingRow(with)).isNotEqualTo(missingRow(brief));
    try (Scorer scorer = Scorer.of(with.without(List.of("item")))) {
      double[] lost = Objects.requireNonNull(scorer.score(log).get("click"));
      assertThat(lost[0]).isBetween(0.25, 0.35);
    }
  }

  private static float[] missingRow(RankingModel model) {
    EmbeddingTable table = model.tables().get(0);
    int width = table.spec().width();
    return Arrays.copyOfRange(table.values(), width, 2 * width);
  }

  /** Three of ten rows are of "good", which is clicked, the others of "bad", which is not. */
  private static Dataset goodAndBad(int rows) {
    int[] items = new int[rows];
    double[] clicks = new double[rows];
    for (int r = 0; r < rows; r++) {
      items[r] = r % 10 < 3 ? 0 : 1;
      clicks[r] = r % 10 < 3 ? 1 : 0;
    }
    // A few exceptions, so that no logit grows without end.
    clicks[0] = 0;
    clicks[5] = 1;
    return Dataset.builder()
        .column("item", new CategoricalColumn(items, new String[] {"good", "bad"}))
        .column("click", NumericColumn.of(clicks))
        .build();
  }

  @Test
  void should_lose_rates_with_their_keys_and_groups_as_a_whole() {
    List<LostFeatures.Group> groups =
        new FeatureDropout(0.1, List.of(Set.of("user", "age"))).groups(TestLogs.everyKind());

    assertThat(groups.get(0)).isEqualTo(new LostFeatures.Group(Set.of("user", "age"), 0.1));
    assertThat(groups.stream().map(LostFeatures.Group::features))
        .contains(Set.of("item", "ctr"), Set.of("city"), Set.of("image"))
        .doesNotContain(Set.of("user"), Set.of("age"), Set.of("ctr"));
  }

  @Test
  void should_never_lose_what_is_required() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .candidate(Feature.categorical("item").required(), Feature.categorical("city"))
            .build();

    assertThat(FeatureDropout.of(0.5).groups(schema))
        .containsExactly(new LostFeatures.Group(Set.of("city"), 0.5));
    assertThatThrownBy(() -> new FeatureDropout(0.5, List.of(Set.of("item"))).groups(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 'item' is required, so that no request may come without it");
  }

  @Test
  void should_refuse_a_group_of_unknown_names_before_anything_is_read() {
    Trainer trainer =
        Trainer.of(network())
            .options(QUICK.featureDropout(new FeatureDropout(0.1, List.of(Set.of("usr")))));

    assertThatThrownBy(() -> trainer.fit(TestLogs.every(1, 10), TestLogs.every(2, 10)))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("usr")
        .hasMessageContaining("user");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void should_refuse_a_rate_out_of_range(double rate) {
    assertThatThrownBy(() -> FeatureDropout.of(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature dropout must be in [0, 1), but was " + rate);
  }

  @Test
  void should_write_the_option_into_the_model() {
    TrainerOptions options = QUICK.featureDropout(FeatureDropout.of(0.25));

    assertThat(train(options).provenance().get("options").orElseThrow())
        .contains("featureDropout=FeatureDropout[rate=0.25");
  }
}
