package io.ranking4j.onnx;

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
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A random log with a feature of every kind, and labels that depend on them. */
final class TestLog {
  private static final int VECTOR = 3;

  private TestLog() {}

  /** One feature of each kind; numbers on both sides. */
  static FeatureSchema everyKind() {
    return FeatureSchema.builder()
        .context(
            categorical("user"),
            categorical("history").multiValued(Pooling.MEAN, 3).sharingTableWith("item"),
            categorical("watched")
                .multiValued(Pooling.attention("item").sharpness(3))
                .sharingTableWith("item"),
            numeric("age"))
        .candidate(
            categorical("item").width(6),
            categorical("city").hashed(7),
            categorical("tags").multiValued(Pooling.SUM),
            numeric("price").log(),
            numeric("level").quantiles(4),
            numeric("score").buckets(-1, 0, 1),
            vector("image", VECTOR),
            rate("ctr", "click", "item"))
        .build();
  }

  /** Rows with labels click, like and order (after click); one in seven values is missing. */
  static Dataset rows(long seed, int rows) {
    Random random = new Random(seed);
    List<@Nullable String> user = new ArrayList<>();
    List<@Nullable String> item = new ArrayList<>();
    List<@Nullable String> city = new ArrayList<>();
    List<List<String>> tags = new ArrayList<>();
    List<List<String>> history = new ArrayList<>();
    double[][] numbers = new double[4][rows];
    BitSet missing = new BitSet();
    float[] image = new float[rows * VECTOR];
    double[][] labels = new double[3][rows];
    double[] shown = new double[rows];
    double[] clicked = new double[rows];
    double[] overall = new double[rows];
    for (int r = 0; r < rows; r++) {
      int of = random.nextInt(12);
      user.add(random.nextInt(9) == 0 ? null : "u" + random.nextInt(20));
      item.add("i" + of);
      city.add("c" + random.nextInt(15));
      tags.add(list(random, "t", 6));
      history.add(list(random, "i", 12));
      numbers[0][r] = 20 + random.nextInt(50);
      numbers[1][r] = Math.exp(random.nextGaussian());
      numbers[2][r] = random.nextGaussian();
      numbers[3][r] = random.nextInt(5) - 2.5;
      if (random.nextInt(7) == 0) {
        missing.set(r);
      }
      for (int i = 0; i < VECTOR; i++) {
        image[r * VECTOR + i] = (float) random.nextGaussian();
      }
      double z = (of - 6) / 3.0 + numbers[2][r];
      labels[0][r] = draw(random, z);
      labels[1][r] = draw(random, -1 + image[r * VECTOR]);
      labels[2][r] = labels[0][r] * draw(random, -z / 2);
      shown[r] = random.nextInt(30);
      clicked[r] = Math.floor(shown[r] * random.nextDouble());
      overall[r] = 0.3;
    }
    return Dataset.builder()
        .column("user", CategoricalColumn.of(user))
        .column("item", CategoricalColumn.of(item))
        .column("city", CategoricalColumn.of(city))
        .column("tags", ListColumn.of(tags))
        .column("history", ListColumn.of(history))
        .column("watched", ListColumn.of(reversed(history)))
        .column("age", new NumericColumn(numbers[0], missing))
        .column("price", NumericColumn.of(numbers[1]))
        .column("level", NumericColumn.of(numbers[2]))
        .column("score", new NumericColumn(numbers[3], missing))
        .column("image", new VectorColumn(image, VECTOR, missing))
        .column("ctr", new RateColumn(clicked, shown, overall))
        .rateTable(new RateTable("ctr", Map.of("i1", new RateTable.Count(5, 20)), 0.3))
        .column("click", NumericColumn.of(labels[0]))
        .column("like", NumericColumn.of(labels[1]))
        .column("order", NumericColumn.of(labels[2]))
        .build();
  }

  private static List<List<String>> reversed(List<List<String>> lists) {
    List<List<String>> reversed = new ArrayList<>(lists);
    Collections.reverse(reversed);
    return reversed;
  }

  /** None, one, or several values. */
  private static List<String> list(Random random, String prefix, int distinct) {
    List<String> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(prefix + random.nextInt(distinct));
    }
    return list;
  }

  private static double draw(Random random, double logit) {
    return random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  }
}
