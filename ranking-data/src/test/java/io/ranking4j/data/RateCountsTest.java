package io.ranking4j.data;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.FeatureSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateCountsTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(categorical("user"))
          .candidate(
              rate("by_user", "click", "user"),
              rate("by_user_hour", "click", "user", "hour"),
              rate("by_hour", "like", "hour"))
          .build();

  private static final List<String> RATES = List.of("by_user", "by_user_hour", "by_hour");

  /** One row, as plain as can be. */
  private record Row(
      double day,
      @Nullable String user,
      @Nullable Double hour,
      @Nullable Boolean click,
      @Nullable Boolean like) {
    String key(String feature) {
      String hourText = hour == null ? "" : String.valueOf(hour.longValue());
      String userText = user == null ? "" : user;
      return switch (feature) {
        case "by_user" -> userText;
        case "by_user_hour" -> userText + '\u001f' + hourText;
        default -> hourText;
      };
    }

    @Nullable Boolean label(String feature) {
      return feature.equals("by_hour") ? like : click;
    }
  }

  private static List<Row> random(Random random, int size, int days) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(
          new Row(
              20220425 + random.nextInt(days),
              random.nextInt(10) == 0 ? null : "u" + random.nextInt(6),
              random.nextInt(10) == 0 ? null : (double) random.nextInt(4),
              random.nextInt(10) == 0 ? null : random.nextInt(3) == 0,
              random.nextInt(10) == 0 ? null : random.nextInt(5) == 0));
    }
    return rows;
  }

  private static NumericColumn numbers(List<? extends @Nullable Object> values) {
    double[] numbers = new double[values.size()];
    BitSet missing = new BitSet();
    for (int i = 0; i < numbers.length; i++) {
      Object value = values.get(i);
      if (value == null) {
        missing.set(i);
        numbers[i] = Double.NaN;
      } else {
        numbers[i] = value instanceof Boolean yes ? (yes ? 1 : 0) : ((Number) value).doubleValue();
      }
    }
    return new NumericColumn(numbers, missing);
  }

  private static Dataset data(List<Row> rows) {
    List<@Nullable String> users = new ArrayList<>();
    List<@Nullable Object> hours = new ArrayList<>();
    List<@Nullable Object> clicks = new ArrayList<>();
    List<@Nullable Object> likes = new ArrayList<>();
    for (Row row : rows) {
      users.add(row.user);
      hours.add(row.hour);
      clicks.add(row.click);
      likes.add(row.like);
    }
    return Dataset.builder()
        .column("day", numbers(rows.stream().map(Row::day).toList()))
        .column("user", CategoricalColumn.of(users))
        .column("hour", numbers(hours))
        .column("click", numbers(clicks))
        .column("like", numbers(likes))
        .build();
  }

  /** Positives and impressions of a key among rows before a day, by looking at every row. */
  private static double[] brute(List<Row> rows, String feature, String key, double before) {
    double[] counts = new double[2];
    for (Row row : rows) {
      Boolean label = row.label(feature);
      if (row.day < before && label != null && row.key(feature).equals(key)) {
        counts[0] += label ? 1 : 0;
        counts[1]++;
      }
    }
    return counts;
  }

  private static double bruteOverall(List<Row> rows, String feature, double before) {
    double positives = 1;
    double impressions = 2;
    for (Row row : rows) {
      Boolean label = row.label(feature);
      if (row.day < before && label != null) {
        positives += label ? 1 : 0;
        impressions++;
      }
    }
    return positives / impressions;
  }

  private static void check(Dataset counted, List<Row> rows, List<Row> known, String what) {
    for (String feature : RATES) {
      RateColumn column = counted.column(feature, RateColumn.class);
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        double[] counts = brute(known, feature, row.key(feature), row.day);
        String place = what + ", " + feature + ", row " + i;
        assertThat(column.positives()[i]).as(place).isEqualTo(counts[0]);
        assertThat(column.impressions()[i]).as(place).isEqualTo(counts[1]);
        assertThat(column.overallRate()[i])
            .as(place)
            .isCloseTo(bruteOverall(known, feature, row.day), within(1e-15))
            .isStrictlyBetween(0.0, 1.0);
      }
      RateTable table = counted.rateTables().get(feature);
      assertThat(table).as(what).isNotNull();
      Set<String> keys = new HashSet<>();
      known.stream()
          .filter(row -> row.label(feature) != null)
          .forEach(row -> keys.add(row.key(feature)));
      assertThat(table.counts().keySet()).as(what + ", " + feature).isEqualTo(keys);
      for (String key : keys) {
        double[] counts = brute(known, feature, key, Double.POSITIVE_INFINITY);
        assertThat(table.count(key)).isEqualTo(new RateTable.Count(counts[0], counts[1]));
      }
      assertThat(table.overallRate())
          .isCloseTo(bruteOverall(known, feature, Double.POSITIVE_INFINITY), within(1e-15));
    }
  }

  @Test
  void should_equal_brute_force_when_rows_come_in_any_order() {
    for (long seed = 1; seed <= 5; seed++) {
      List<Row> rows = random(new Random(seed), 300, 6);
      check(RateCounts.of(SCHEMA, "day").addTo(data(rows)), rows, rows, "seed " + seed);
    }
  }

  @Test
  void should_count_a_history_when_one_is_given_even_if_it_overlaps() {
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      List<Row> history = random(random, 200, 5);
      List<Row> rows = random(random, 100, 7);
      List<Row> known = new ArrayList<>(history);
      known.addAll(rows);
      Dataset counted = RateCounts.of(SCHEMA, "day").addTo(data(history), data(rows));
      assertThat(counted.rows()).isEqualTo(100);
      check(counted, rows, known, "seed " + seed);
    }
  }

  @Test
  void should_equal_the_whole_when_a_source_is_read_in_chunks() {
    List<Row> rows = new ArrayList<>(random(new Random(6), 500, 6));
    rows.sort(java.util.Comparator.comparingDouble(Row::day));
    Dataset data = data(rows);
    Dataset whole = RateCounts.of(SCHEMA, "day").addTo(data);
    for (int chunkRows : new int[] {1, 37, 500}) {
      DatasetSource counted =
          RateCounts.of(SCHEMA, "day").addTo(NegativeSamplerTest.chunked(data, chunkRows));
      assertThat(LogDatabaseTest.rows(counted)).isEqualTo(LogDatabaseTest.rows(whole));
      assertThat(LogDatabaseTest.rows(counted)).isEqualTo(LogDatabaseTest.rows(whole));
      for (String feature : RATES) {
        RateTable table = counted.rateTables().get(feature);
        RateTable expected = whole.rateTables().get(feature);
        assertThat(table).isNotNull();
        assertThat(expected).isNotNull();
        assertThat(table.counts()).isEqualTo(expected.counts());
        assertThat(table.overallRate()).isEqualTo(expected.overallRate());
      }
    }
  }

  @Test
  void should_never_change_a_rows_counts_when_labels_of_its_day_or_later_change() {
    long seed = 12;
    Random random = new Random(seed);
    List<Row> rows = random(random, 200, 5);
    Dataset before = RateCounts.of(SCHEMA, "day").addTo(data(rows));
    boolean anyLaterChange = false;
    for (double day = 20220425; day < 20220430; day++) {
      List<Row> changed = new ArrayList<>();
      for (Row row : rows) {
        changed.add(
            row.day < day
                ? row
                : new Row(row.day, row.user, row.hour, random.nextBoolean(), random.nextBoolean()));
      }
      Dataset after = RateCounts.of(SCHEMA, "day").addTo(data(changed));
      for (String feature : RATES) {
        for (int i = 0; i < rows.size(); i++) {
          String one = RowText.of(before.column(feature), i);
          String other = RowText.of(after.column(feature), i);
          if (rows.get(i).day <= day) {
            assertThat(other)
                .as("seed %s, day %s, %s, row %s", seed, day, feature, i)
                .isEqualTo(one);
          } else {
            anyLaterChange |= !one.equals(other);
          }
        }
      }
    }
    assertThat(anyLaterChange).as("later rows do see the change").isTrue();
  }

  @Test
  void should_write_keys_as_serving_does_when_they_are_numbers() {
    FeatureSchema schema =
        FeatureSchema.builder().candidate(rate("r", "click", "id", "half")).build();
    Dataset data =
        Dataset.builder()
            .column("day", NumericColumn.of(1, 1, 1))
            .column("id", NumericColumn.of(3.0, -0.0, 1234567890123.0))
            .column("half", NumericColumn.of(0.5, 1e300, 2))
            .column("click", NumericColumn.of(1, 0, 1))
            .build();
    RateTable table = RateCounts.of(schema, "day").addTo(data).rateTables().get("r");
    assertThat(table).isNotNull();
    assertThat(table.counts().keySet())
        .containsExactlyInAnyOrder("3\u001f0.5", "0\u001f1.0E300", "1234567890123\u001f2");
    assertThat(table.overallRate()).isEqualTo(3.0 / 5);
  }

  @Test
  void should_refuse_when_days_labels_keys_or_sampling_do_not_fit() {
    RateCounts rates = RateCounts.of(SCHEMA, "day");
    Dataset data = data(random(new Random(13), 3, 1));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> rates.addTo(data.with("click", NumericColumn.of(0, 1, 2))))
        .withMessageContaining("column 'click', row 3")
        .withMessageContaining("must be 0 or 1 (or missing), but was 2");
    BitSet missing = new BitSet();
    missing.set(1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> rates.addTo(data.with("day", new NumericColumn(new double[3], missing))))
        .withMessage("column 'day', row 2: every row needs a day, but it was missing");
    DatasetSource backwards =
        NegativeSamplerTest.chunked(data.with("day", NumericColumn.of(2, 3, 1)), 2);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> rates.addTo(backwards))
        .withMessageContaining("column 'day', row 3")
        .withMessageContaining("but 1 came after 3");
    FeatureSchema lists =
        FeatureSchema.builder().candidate(rate("r", "click", "user", "tags")).build();
    ListColumn tags = ListColumn.of(List.of(List.of("a"), List.of(), List.of("a", "b")));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> RateCounts.of(lists, "day").addTo(data.with("tags", tags)))
        .withMessageContaining("column 'tags', a key of rate feature 'r'")
        .withMessageContaining("must hold categories or numbers, but holds " + tags.holds())
        .withMessageEndingWith("make a text of it in SQL, or one column an element");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rates.addTo(data.with(new NegativeSampling(0.1))))
        .withMessageContaining("before negatives are sampled");
    FeatureSchema none = FeatureSchema.builder().context(categorical("user")).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateCounts.of(none, "day"))
        .withMessage("the schema has no rate feature");
  }
}
