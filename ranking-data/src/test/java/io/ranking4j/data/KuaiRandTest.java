package io.ranking4j.data;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.rate;
import static io.ranking4j.task.Task.binary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.TaskGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real log with its user and video features, where it is there. */
class KuaiRandTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("ranking4j.shared.data", "none"), "kuairand-pure");

  private static final String QUERY =
      """
      select log.*, users.* exclude (user_id), videos.* exclude (video_id),
        hourmin // 100 as hour,
        floor(log2((1000 + duration_ms)^2 // 1000000)) as duration_bucket,
        floor(log2(1 + (strptime(date::varchar, '%Y%m%d')::date - upload_dt))) as age_bucket
      from log left join users using (user_id) left join videos using (video_id)
      """;

  private static final String ORDER = " order by time_ms, user_id, video_id";

  private static final TaskGraph TASKS =
      TaskGraph.of(
          binary("is_click"), binary("long_view"), binary("is_profile_enter"), binary("is_like"));

  private static FeatureSchema schema() {
    List<Feature> context = new ArrayList<>();
    for (String name :
        List.of(
            "user_id",
            "user_active_degree",
            "is_lowactive_period",
            "is_live_streamer",
            "is_video_author",
            "follow_user_num_range",
            "fans_user_num_range",
            "friend_user_num_range",
            "register_days_range",
            "hour",
            "tab")) {
      context.add(categorical(name));
    }
    for (int i = 0; i < 18; i++) {
      context.add(categorical("onehot_feat" + i));
    }
    return FeatureSchema.builder()
        .context(context.toArray(new Feature[0]))
        .candidate(
            categorical("video_id"),
            categorical("author_id"),
            categorical("video_type"),
            categorical("upload_type"),
            categorical("music_type"),
            categorical("tag").multiValued(Pooling.MEAN),
            categorical("duration_bucket"),
            categorical("age_bucket"),
            rate("video_ctr", "is_click", "video_id"),
            rate("tab_ctr", "is_click", "tab"),
            rate("author_like", "is_like", "author_id"))
        .build();
  }

  @BeforeEach
  void needsTheLog() {
    assumeTrue(
        Files.isDirectory(FOLDER), "the folder of ranking4j.shared.data has no kuairand-pure");
  }

  private static LogDatabase open() {
    return LogDatabase.open()
        .table("log", FOLDER.resolve("log_train_20220425_20220430.csv.gz"))
        .table("users", FOLDER.resolve("user_features_pure.csv.gz"))
        .table("videos", FOLDER.resolve("video_features_basic_pure.csv.gz"));
  }

  private static double mean(Dataset data, String column) {
    return Arrays.stream(data.column(column, NumericColumn.class).values()).average().orElseThrow();
  }

  @Test
  void should_read_the_log_with_its_features_and_count_rates_when_it_is_there() {
    Columns columns = Columns.of(schema(), TASKS).number("date");
    try (LogDatabase db = open()) {
      Dataset data = db.read(QUERY + ORDER, columns);
      assertThat(data.rows()).isEqualTo(92_034);
      assertThat(mean(data, "is_click")).isCloseTo(0.447, within(5e-4));
      assertThat(mean(data, "long_view")).isCloseTo(0.315, within(5e-4));
      assertThat(mean(data, "is_profile_enter")).isCloseTo(0.0198, within(5e-5));
      assertThat(mean(data, "is_like")).isCloseTo(0.0174, within(5e-5));
      assertThat(data.column("tab", CategoricalColumn.class).dictionary()).hasSize(15);
      CategoricalColumn user = data.column("user_id", CategoricalColumn.class);
      assertThat(user.get(0)).isEqualTo("712");
      assertThat(data.column("video_id", CategoricalColumn.class).get(0)).isEqualTo("5239");
      // Written as 1.0 in the file, because the column has gaps.
      assertThat(data.column("onehot_feat12", CategoricalColumn.class).dictionary())
          .containsExactlyInAnyOrder("0", "1");
      ListColumn tags = data.column("tag", ListColumn.class);
      Set<Integer> lengths = new HashSet<>();
      for (int row = 0; row < data.rows(); row++) {
        lengths.add(tags.offsets()[row + 1] - tags.offsets()[row]);
      }
      assertThat(lengths).contains(1, 2);

      Dataset counted = RateCounts.of(schema(), "date").addTo(data);
      RateColumn video = counted.column("video_ctr", RateColumn.class);
      assertThat(video.impressions()[0]).isZero();
      assertThat(video.overallRate()[0]).isEqualTo(0.5);
      assertThat(video.overallRate()[data.rows() - 1]).isCloseTo(0.447, within(0.02));
      RateTable table = counted.rateTables().get("video_ctr");
      assertThat(table).isNotNull();
      double impressions =
          table.counts().values().stream().mapToDouble(RateTable.Count::impressions).sum();
      assertThat(impressions).isEqualTo(92_034);

      Dataset sampled = NegativeSampler.allTasks(counted, TASKS, 0.1, 1);
      assertThat(sampled.rows()).isBetween(40_000, 60_000);
    }
  }

  @Test
  void should_give_the_same_rows_when_the_log_is_streamed() {
    Columns columns = Columns.of(schema(), TASKS).number("date");
    try (LogDatabase db = open()) {
      db.load("sorted", QUERY + ORDER);
      Dataset whole = db.read("from sorted", columns);
      DatasetSource source = db.source("from sorted", columns, 10_000);
      int row = 0;
      try (DatasetSource.Chunks chunks = source.open()) {
        while (chunks.hasNext()) {
          Dataset chunk = chunks.next();
          for (String name : List.of("user_id", "video_id", "tag", "is_click", "onehot_feat4")) {
            for (int i = 0; i < chunk.rows(); i += 7) {
              assertThat(RowText.of(chunk.column(name), i))
                  .isEqualTo(RowText.of(whole.column(name), row + i));
            }
          }
          row += chunk.rows();
        }
      }
      assertThat(row).isEqualTo(whole.rows());
    }
  }
}
