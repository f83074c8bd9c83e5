package io.ranking4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.RateFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of the same layout, made by hand. */
class KuaiRandExampleTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  Path folder;

  private static final String LOG_HEADER =
      "user_id,video_id,date,hourmin,time_ms,is_click,is_like,is_follow,is_comment,is_forward,"
          + "is_hate,long_view,play_time_ms,duration_ms,profile_stay_time,comment_stay_time,"
          + "is_profile_enter,is_rand,tab\n";

  private void write(String file, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve(file), bytes.toByteArray());
  }

  private void writeFeatures() throws IOException {
    String oneHot =
        IntStream.range(0, 18).mapToObj(i -> "onehot_feat" + i).collect(Collectors.joining(","));
    write(
        "user_features_pure.csv.gz",
        "user_id,user_active_degree,is_lowactive_period,is_live_streamer,is_video_author,"
            + "follow_user_num,follow_user_num_range,fans_user_num,fans_user_num_range,"
            + "friend_user_num,friend_user_num_range,register_days,register_days_range,"
            + oneHot
            + "\n1,full_active,0,1,1,514,500+,150,\"[100,1k)\",34,\"[30,60)\",799,730+"
            + ",1.0".repeat(18)
            + "\n");
    write(
        "video_features_basic_pure.csv.gz",
        """
        video_id,author_id,video_type,upload_dt,upload_type,visible_status,video_duration,\
        server_width,server_height,music_id,music_type,tag
        7,70,NORMAL,2022-04-10,LongImport,0.0,87433.0,720.0,1280.0,9155697141,9.0,"12,65"
        8,80,AD,2022-04-11,Web,0.0,,720.0,1280.0,9155697142,,
        """);
  }

  /** A row: user 1 sees a video on a day. */
  private static String row(int video, int date, int time, int click) {
    return "1,%d,%d,1305,%d,%d,0,0,0,0,0,%d,500,15000,0,0,0,0,1\n"
        .formatted(video, date, time, click, click);
  }

  private KuaiRandExample example(boolean rates) {
    return example(KuaiRandInputs.DEFAULT.rates(rates, false));
  }

  private KuaiRandExample example(KuaiRandInputs inputs) {
    return new KuaiRandExample(
        folder,
        Optional.empty(),
        Optional.empty(),
        List.of("is_click", "long_view"),
        new TaskLinks.Chain(),
        inputs);
  }

  @Test
  void should_know_only_earlier_days_when_rates_are_counted() throws IOException {
    writeFeatures();
    write(
        "log_train_1.csv.gz",
        LOG_HEADER
            + row(7, 20220427, 3, 1)
            + row(7, 20220425, 1, 1)
            + row(8, 20220426, 2, 0)
            + row(7, 20220426, 2, 0));
    write("log_test_1.csv.gz", LOG_HEADER + row(7, 20220501, 9, 1));
    KuaiRandExample example = example(true);
    Dataset train = example.train();
    Dataset validation = example.validation();
    // The last day is for validation.
    assertThat(train.column("date", NumericColumn.class).values())
        .containsExactly(20220425, 20220426, 20220426);
    assertThat(validation.rows()).isEqualTo(1);
    RateColumn videoClicks = train.column("video_is_click", RateColumn.class);
    assertThat(videoClicks.positives()).containsExactly(0, 1, 0);
    assertThat(videoClicks.impressions()).containsExactly(0, 1, 0);
    assertThat(validation.column("user_tab_is_click", RateColumn.class).impressions())
        .containsExactly(3);
    RateTable atTheEnd = train.rateTables().get("video_is_click");
    assertThat(atTheEnd).isNotNull();
    assertThat(atTheEnd.count("7")).isEqualTo(new RateTable.Count(2, 3));
    Dataset test = example.test(example.schema(), example.tasks()).orElseThrow();
    assertThat(test.rows()).isEqualTo(1);
    assertThat(test.has("video_is_click")).isFalse();
  }

  @Test
  void should_know_what_was_watched_before_when_there_are_sequences() throws IOException {
    writeFeatures();
    write(
        "user_sequences_before_4_25.csv.gz",
        """
        user_id,history_len,last_time_ms,watch_seq,like_seq,long_watch_seq
        1,2,3600000,"[7,9]",[],[7]
        2,1,7200000,[9],[9],[]
        """);
    write("log_train_1.csv.gz", LOG_HEADER + row(7, 20220425, 1, 1) + row(8, 20220426, 2, 0));
    KuaiRandExample example = example(true);
    assertThat(example.remarks()).isEmpty();
    Dataset train = example.train();
    assertThat(train.column("history_watches", NumericColumn.class).values()).containsExactly(2);
    assertThat(train.column("history_long_share", NumericColumn.class).values())
        .containsExactly(0.5);
    assertThat(train.column("history_like_share", NumericColumn.class).values()).containsExactly(0);
    assertThat(train.column("history_idle_hours", NumericColumn.class).values()).containsExactly(1);
    assertThat(train.column("video_watches", NumericColumn.class).values()).containsExactly(1);
    // One of one was long: (1 + 4) / (1 + 10).
    assertThat(train.column("video_long_log_share", NumericColumn.class).values()[0])
        .isCloseTo(Math.log(5.0 / 11), within(1e-12));
    // Video 8 was in nobody's sequence.
    Dataset validation = example.validation();
    assertThat(validation.column("video_watches", NumericColumn.class).isMissing(0)).isTrue();
  }

  @Test
  void should_know_how_authors_and_tags_were_received_when_asked() throws IOException {
    writeFeatures();
    write(
        "user_sequences_before_4_25.csv.gz",
        """
        user_id,history_len,last_time_ms,watch_seq,like_seq,long_watch_seq
        1,3,3600000,"[7,7,8]",[8],[7]
        2,1,7200000,[7],[7],[]
        """);
    write("log_train_1.csv.gz", LOG_HEADER + row(7, 20220425, 1, 1) + row(9, 20220426, 2, 0));
    KuaiRandExample example = example(KuaiRandInputs.DEFAULT.history(true, true, true));
    Dataset train = example.train();
    // Video 7 is the author's only one: twice by user 1, each time long, and once by user 2.
    assertThat(train.column("author_before_watches", NumericColumn.class).values())
        .containsExactly(3);
    assertThat(train.column("author_before_long_log_share", NumericColumn.class).values()[0])
        .isCloseTo(Math.log(6.0 / 13), within(1e-12));
    assertThat(train.column("user_author_before_watches", NumericColumn.class).values())
        .containsExactly(2);
    assertThat(train.column("user_tags_before_like_log_share", NumericColumn.class).values()[0])
        .isCloseTo(Math.log(1.0 / 32), within(1e-12));
    ListColumn watched = train.column("watched", ListColumn.class);
    assertThat(watched.size()).isEqualTo(1);
    assertThat(watched.offsets()).containsExactly(0, 3);
    // Nobody watched video 9, whose author is not known either.
    NumericColumn none = example.validation().column("author_before_watches", NumericColumn.class);
    assertThat(none.isMissing(0)).isTrue();
  }

  @Test
  void should_have_rates_of_finer_keys_when_asked() throws IOException {
    writeFeatures();
    write(
        "log_train_1.csv.gz",
        LOG_HEADER + row(7, 20220425, 1, 1) + row(8, 20220425, 2, 0) + row(7, 20220426, 3, 1));
    KuaiRandExample example = example(KuaiRandInputs.DEFAULT.rates(true, true).minCount(5));
    RateColumn clicks = example.validation().column("user_tags_is_click", RateColumn.class);
    assertThat(clicks.positives()).containsExactly(1);
    assertThat(clicks.impressions()).containsExactly(1);
    assertThat(example.schema().features().stream().filter(CategoricalFeature.class::isInstance))
        .allSatisfy(
            feature ->
                assertThat(((CategoricalFeature) feature).encoding())
                    .isEqualTo(new Encoding.Vocabulary(5, Encoding.Vocabulary.DEFAULT_MAX_SIZE)));
  }

  @Test
  void should_remark_that_history_is_left_out_when_there_are_no_sequences() {
    assertThat(example(true).remarks())
        .containsExactly(
            "without history features: folder "
                + folder
                + " has no file user_sequences_before_4_25.csv.gz");
  }

  @Test
  void should_use_no_outcome_as_a_feature_when_there_are_rates() {
    List<String> outcomes = List.of("play_time_ms", "profile_stay_time", "comment_stay_time");
    for (Feature feature : example(true).schema().features()) {
      assertThat(KuaiRandExample.LABELS).doesNotContain(feature.name());
      assertThat(outcomes).doesNotContain(feature.name());
      if (feature instanceof RateFeature rate) {
        assertThat(rate.keys()).doesNotContainAnyElementsOf(KuaiRandExample.LABELS);
        assertThat(rate.keys()).doesNotContainAnyElementsOf(outcomes);
      }
    }
    assertThat(example(false).schema().features())
        .noneMatch(feature -> feature instanceof RateFeature);
  }

  @Test
  void should_say_so_when_there_are_too_few_days() throws IOException {
    writeFeatures();
    write("log_train_1.csv.gz", LOG_HEADER + row(7, 20220425, 1, 1) + row(8, 20220425, 1, 1));
    assertThatThrownBy(() -> example(true).train())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 2 days")
        .hasMessageContaining("has 1");
  }

  @Test
  void should_ask_which_file_when_there_are_several() throws IOException {
    write("log_train_1.csv.gz", LOG_HEADER);
    write("log_train_2.csv.gz", LOG_HEADER);
    assertThatThrownBy(() -> example(true).train())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("several files");
  }

  @Test
  void should_list_the_labels_when_a_task_is_unknown() {
    assertThatThrownBy(
            () ->
                new KuaiRandExample(
                    folder,
                    Optional.empty(),
                    Optional.empty(),
                    List.of("is_share"),
                    new TaskLinks.Chain(),
                    KuaiRandInputs.DEFAULT))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("is_share")
        .hasMessageContaining("is_profile_enter");
  }
}
