package io.ranking4j.runtime.input;

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
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The same random rows as a data set and as requests, with every kind of feature. */
final class RandomRows {
  private static final int VECTOR = 3;

  private final Random random;
  private final int rows;
  private final List<@Nullable String> user = new ArrayList<>();
  private final List<@Nullable String> item = new ArrayList<>();
  private final List<@Nullable String> city = new ArrayList<>();
  private final List<@Nullable String> shelf = new ArrayList<>();
  private final List<List<String>> tags = new ArrayList<>();
  private final List<List<String>> history = new ArrayList<>();
  private final Map<String, double[]> numbers = new HashMap<>();
  private final Map<String, BitSet> missing = new HashMap<>();
  private final float[] image;
  private final Map<String, RateTable.Count> counts = new HashMap<>();

  RandomRows(long seed, int rows) {
    this.random = new Random(seed);
    this.rows = rows;
    this.image = new float[rows * VECTOR];
    for (String name : List.of("age", "hour", "tab", "price", "level", "score", "image")) {
      numbers.put(name, new double[rows]);
      missing.put(name, new BitSet());
    }
    for (int row = 0; row < rows; row++) {
      user.add(category("u", 30));
      item.add(category("v", 60));
      city.add(category("stadt-ü", 9));
      shelf.add(category("s", 4));
      tags.add(list("t", 12));
      history.add(list("v", 60));
      number("age", row, 20 + random.nextInt(60), true);
      number("hour", row, random.nextInt(24), true);
      number("tab", row, random.nextInt(4), true);
      number("price", row, Math.exp(3 * random.nextGaussian()), false);
      number("level", row, random.nextGaussian(), false);
      number("score", row, random.nextInt(5) - 2.5, true);
      number("image", row, 0, true);
      for (int i = 0; i < VECTOR; i++) {
        image[row * VECTOR + i] = (float) random.nextGaussian();
      }
    }
    for (int i = 0; i < 800; i++) {
      double shown = random.nextInt(100);
      String key = "v" + random.nextInt(40) + RateTable.KEY_SEPARATOR;
      String tab = random.nextInt(5) == 0 ? "" : Integer.toString(random.nextInt(4));
      String place = random.nextInt(5) == 0 ? "" : "s" + random.nextInt(4);
      counts.put(
          key + tab + RateTable.KEY_SEPARATOR + place,
          new RateTable.Count(Math.floor(shown * random.nextDouble()), shown));
    }
    counts.put("v1\u001f2\u001fs1", new RateTable.Count(30, 90));
  }

  static FeatureSchema schema() {
    return FeatureSchema.builder()
        .context(
            categorical("user"),
            categorical("hour").hashed(7),
            categorical("history").multiValued(Pooling.MEAN, 3).sharingTableWith("item"),
            categorical("watched")
                .multiValued(Pooling.attention("item").sharpness(2), 4)
                .sharingTableWith("item"),
            numeric("age"),
            rate("user_ctr", "click", "user"))
        .candidate(
            numeric("price").log().required(),
            categorical("item").vocabulary(1, 40).width(6),
            categorical("city").orElse("stadt-ü3"),
            categorical("tags").multiValued(Pooling.SUM).orElse("t1"),
            numeric("level").quantiles(5),
            numeric("score").buckets(-1, 0, 1).orElse(0.25),
            vector("image", VECTOR),
            rate("ctr", "click", "item", "tab", "shelf").priorStrength(5))
        .build();
  }

  private @Nullable String category(String prefix, int distinct) {
    return random.nextInt(8) == 0 ? null : prefix + random.nextInt(distinct);
  }

  private List<String> list(String prefix, int distinct) {
    List<String> list = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      list.add(prefix + random.nextInt(distinct));
    }
    return list;
  }

  private void number(String name, int row, double value, boolean mayMiss) {
    values(name)[row] = value;
    if (mayMiss && random.nextInt(8) == 0) {
      missing(name).set(row);
    }
  }

  private double[] values(String name) {
    return Objects.requireNonNull(numbers.get(name));
  }

  private BitSet missing(String name) {
    return Objects.requireNonNull(missing.get(name));
  }

  /** All columns but those of the rates, so that these are looked up. */
  Dataset withoutRates() {
    Dataset.Builder builder = Dataset.builder();
    builder.column("user", CategoricalColumn.of(user)).column("item", CategoricalColumn.of(item));
    builder.column("city", CategoricalColumn.of(city)).column("shelf", CategoricalColumn.of(shelf));
    builder.column("tags", ListColumn.of(tags)).column("history", ListColumn.of(history));
    builder.column("watched", ListColumn.of(history));
    for (String name : List.of("age", "hour", "tab", "price", "level", "score")) {
      builder.column(name, new NumericColumn(values(name), missing(name)));
    }
    return builder.column("image", new VectorColumn(image, VECTOR, missing("image"))).build();
  }

  /** All columns and tables. */
  Dataset data() {
    Map<String, RateTable.Count> users = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      users.put("u" + i, new RateTable.Count(i, 3 * i));
    }
    return withoutRates().toBuilder()
        .column("user_ctr", rates())
        .column("ctr", rates())
        .rateTable(new RateTable("user_ctr", users, 0.3))
        .rateTable(new RateTable("ctr", counts, 0.125))
        .build();
  }

  private RateColumn rates() {
    double[] positives = new double[rows];
    double[] shown = new double[rows];
    double[] overall = new double[rows];
    for (int row = 0; row < rows; row++) {
      shown[row] = random.nextInt(50);
      positives[row] = Math.floor(shown[row] * random.nextDouble());
      overall[row] = 0.1 + 0.2 * random.nextDouble();
    }
    return new RateColumn(positives, shown, overall);
  }

  Features context(int row) {
    Features.Builder builder = Features.builder();
    set(builder, "user", user.get(row));
    set(builder, "hour", row);
    set(builder, "tab", row);
    set(builder, "age", row);
    if (!history.get(row).isEmpty() || row % 2 == 0) {
      builder.set("history", history.get(row)).set("watched", history.get(row));
    }
    return builder.build();
  }

  Candidate candidate(int row) {
    Features.Builder builder = Features.builder();
    set(builder, "item", item.get(row));
    set(builder, "city", city.get(row));
    set(builder, "shelf", shelf.get(row));
    set(builder, "price", row);
    set(builder, "level", row);
    set(builder, "score", row);
    if (!tags.get(row).isEmpty()) {
      builder.set("tags", tags.get(row));
    }
    if (!missing("image").get(row)) {
      builder.set("image", Arrays.copyOfRange(image, row * VECTOR, (row + 1) * VECTOR));
    }
    return Candidate.of("candidate" + row, builder.build());
  }

  private static void set(Features.Builder builder, String name, @Nullable String value) {
    if (value != null) {
      builder.set(name, value);
    }
  }

  /** As a long where it is whole and the row even, else as a double: both must mean the same. */
  private void set(Features.Builder builder, String name, int row) {
    double value = values(name)[row];
    if (missing(name).get(row)) {
      return;
    }
    if (row % 2 == 0 && value == Math.rint(value)) {
      builder.set(name, (long) value);
    } else {
      builder.set(name, value);
    }
  }
}
