package io.ranking4j.spark;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static io.ranking4j.schema.Feature.vector;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A random log with features of each kind, and a model of it. */
final class TestLog {
  private static final int WIDTH = 3;

  private TestLog() {}

  static FeatureSchema schema() {
    return FeatureSchema.builder()
        .context(
            categorical("user"),
            categorical("history").multiValued(Pooling.MEAN, 3).sharingTableWith("item"),
            numeric("age"))
        .candidate(
            categorical("item"),
            categorical("city").hashed(7),
            numeric("price").log(),
            numeric("level").quantiles(4),
            vector("image", WIDTH),
            rate("ctr", "click", "item"))
        .build();
  }

  /** Rows with missing values of every kind; users and items from a number on are unknown. */
  static Dataset rows(long seed, int rows) {
    Random random = new Random(seed);
    List<@Nullable String> user = new ArrayList<>();
    List<String> item = new ArrayList<>();
    List<@Nullable String> city = new ArrayList<>();
    List<List<String>> history = new ArrayList<>();
    double[][] numbers = new double[5][rows];
    BitSet missing = new BitSet();
    float[] image = new float[rows * WIDTH];
    for (int r = 0; r < rows; r++) {
      int of = random.nextInt(12);
      user.add(random.nextInt(9) == 0 ? null : "u" + random.nextInt(20));
      item.add("i" + of);
      city.add(random.nextInt(6) == 0 ? null : "Zürich " + random.nextInt(15));
      List<String> past = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        past.add("i" + random.nextInt(14));
      }
      history.add(past);
      numbers[0][r] = 20 + random.nextInt(50);
      numbers[1][r] = Math.exp(random.nextGaussian());
      numbers[2][r] = random.nextGaussian();
      if (random.nextInt(7) == 0) {
        missing.set(r);
      }
      for (int i = 0; i < WIDTH; i++) {
        image[r * WIDTH + i] = (float) random.nextGaussian();
      }
      double z = (of - 6) / 3.0 + numbers[2][r];
      numbers[3][r] = random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
      numbers[4][r] = numbers[3][r] * random.nextInt(2);
    }
    return Dataset.builder()
        .column("user", CategoricalColumn.of(user))
        .column("item", CategoricalColumn.of(item))
        .column("city", CategoricalColumn.of(city))
        .column("history", ListColumn.of(history))
        .column("age", new NumericColumn(numbers[0], missing))
        .column("price", NumericColumn.of(numbers[1]))
        .column("level", new NumericColumn(numbers[2], missing))
        .column("image", new VectorColumn(image, WIDTH, missing))
        .column("click", NumericColumn.of(numbers[3]))
        .column("order", NumericColumn.of(numbers[4]))
        .build();
  }

  /** The same with what training needs of rates. */
  static Dataset log(long seed, int rows) {
    double[] shown = new double[rows];
    double[] clicked = new double[rows];
    double[] overall = new double[rows];
    Random random = new Random(seed);
    for (int r = 0; r < rows; r++) {
      shown[r] = random.nextInt(30);
      clicked[r] = Math.floor(shown[r] * random.nextDouble());
      overall[r] = 0.3;
    }
    return rows(seed, rows).toBuilder()
        .column("ctr", new RateColumn(clicked, shown, overall))
        .rateTable(
            new RateTable(
                "ctr",
                Map.of("i1", new RateTable.Count(3, 9), "i2", new RateTable.Count(0, 30)),
                0.3))
        .build();
  }

  static RankingModel model() {
    Network network =
        Network.of(
            schema(),
            ResFlow.of(16, 8),
            Task.binary("click"),
            Task.binary("order").residualFrom("click"));
    return Trainer.of(network)
        .options(TrainerOptions.defaults().epochs(2).batchSize(64))
        .fit(log(1, 2000), log(2, 500));
  }
}
