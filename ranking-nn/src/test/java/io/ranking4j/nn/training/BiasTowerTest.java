package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.BiasTower;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BiasTowerTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(Feature.categorical("device"))
          .candidate(Feature.categorical("item"), Feature.categorical("position"))
          .build();

  /** Half of the items are good; the good ones mostly stand at the top, which is seen more. */
  private static Dataset log(long seed, int rows) {
    Random random = new Random(seed);
    List<@Nullable String> device = new ArrayList<>();
    List<@Nullable String> item = new ArrayList<>();
    List<@Nullable String> position = new ArrayList<>();
    double[] click = new double[rows];
    double[] order = new double[rows];
    for (int r = 0; r < rows; r++) {
      int of = random.nextInt(10);
      boolean top = random.nextInt(10) < (of < 5 ? 3 : 8);
      device.add(random.nextBoolean() ? "phone" : "tablet");
      item.add("i" + of);
      position.add(top ? "1" : "2");
      double seen = top ? 0.9 : 0.3;
      click[r] = random.nextDouble() < seen * (0.1 + 0.05 * of) ? 1 : 0;
      order[r] = click[r] == 1 && random.nextInt(3) == 0 ? 1 : 0;
    }
    return Dataset.builder()
        .column("device", CategoricalColumn.of(device))
        .column("item", CategoricalColumn.of(item))
        .column("position", CategoricalColumn.of(position))
        .column("click", NumericColumn.of(click))
        .column("order", NumericColumn.of(order))
        .build();
  }

  private static RankingModel train(Architecture architecture) {
    return Trainer.of(
            Network.of(
                    SCHEMA,
                    architecture,
                    Task.binary("click"),
                    Task.binary("order").residualFrom("click"))
                .embeddingWidth(4))
        .options(TrainerOptions.defaults().epochs(4).batchSize(64).learningRate(5e-3))
        .fit(log(1, 8000), log(2, 4000));
  }

  @ParameterizedTest
  @EnumSource(BiasTower.Serving.class)
  void should_keep_the_position_out_of_the_main_network(BiasTower.Serving serving) {
    for (Architecture inner : List.of(SharedBottom.of(8), ResFlow.of(8), new Esmm(Mlp.of(8)))) {
      RankingModel model = train(BiasTower.of(inner, "position").serving(serving));
      try (Scorer scorer = Scorer.of(model)) {
        Map<String, double[]> scores =
            scorer.score(
                Features.builder().set("device", "phone").build(),
                List.of(
                    item("i3", "1"),
                    item("i3", "2"),
                    item("i3", null),
                    item("i8", null),
                    item("i8", "1"),
                    item("i8", "2")));
        double[] click = logits(Objects.requireNonNull(scores.get("click")));
        if (serving == BiasTower.Serving.LEFT_OUT) {
          assertThat(click[1]).isEqualTo(click[0]);
          assertThat(click[2]).isEqualTo(click[0]);
        } else {
          // The bias is the same for every item, and more at the top.
          assertThat(click[0] - click[2]).isCloseTo(click[4] - click[3], within(1e-4));
          assertThat(click[1] - click[2]).isCloseTo(click[5] - click[3], within(1e-4));
          assertThat(click[0] - click[1]).as(inner.name()).isBetween(0.6, 2.2);
        }
      }
      try (Scorer scorer = Scorer.of(model)) {
        Dataset rows = log(2, 4000);
        double[] predicted =
            Objects.requireNonNull(
                scorer
                    .score(
                        rows.with(
                            "position", CategoricalColumn.of(Collections.nCopies(4000, null))))
                    .get("click"));
        double[] labels = rows.column("click", NumericColumn.class).values();
        assertThat(Arrays.stream(predicted).sum() / Arrays.stream(labels).sum())
            .as("%s %s", inner.name(), serving)
            .isCloseTo(1, within(0.05));
      }
    }
  }

  private static double[] logits(double[] probabilities) {
    return Arrays.stream(probabilities).map(p -> Math.log(p / (1 - p))).toArray();
  }

  private static Candidate item(String name, @Nullable String position) {
    Features.Builder features = Features.builder().set("item", name);
    if (position != null) {
      features.set("position", position);
    }
    return Candidate.of(name, features.build());
  }

  @Test
  void should_refuse_features_that_cannot_be_missing() {
    Architecture main = SharedBottom.of(4);
    assertThatThrownBy(() -> train(BiasTower.of(main, "slot")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("slot");
    assertThatThrownBy(() -> train(BiasTower.of(main, "device", "item", "position")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a feature beside those of the bias");
    FeatureSchema numbers =
        FeatureSchema.builder()
            .candidate(Feature.categorical("item"), Feature.numeric("position"))
            .build();
    assertThatThrownBy(
            () ->
                Trainer.of(
                        Network.of(numbers, BiasTower.of(main, "position"), Task.binary("click")))
                    .fit(log(1, 100), log(2, 100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be categorical with one value, or a bucketed number");
    assertThatThrownBy(() -> BiasTower.of(main, "position").dropout(1))
        .hasMessage("dropout must be in [0, 1), but was 1.0");
    assertThatThrownBy(() -> BiasTower.of(main))
        .hasMessage("a bias needs at least one feature, but had none");
  }
}
