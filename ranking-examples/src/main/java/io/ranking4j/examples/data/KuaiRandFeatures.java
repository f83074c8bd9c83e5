package io.ranking4j.examples.data;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;

import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The features of {@link KuaiRandExample}, and the SQL that makes their columns. How long somebody
 * watched or stayed on a profile or with the comments is an outcome, and never a feature; labels
 * are features only as rates of earlier days.
 */
final class KuaiRandFeatures {
  /** The column of the day, as in 20220425. */
  static final String DAY = "date";

  /** The column of the tags as one text: the key of a rate, where {@code tag} is a list. */
  static final String TAG_TEXT = "tag_text";

  private static final int ONE_HOT_FEATURES = 18;

  private static final Map<String, String[]> CONTEXT_KEYS =
      keys("user", "user_id", "tab", "tab", "user_tab", "user_id tab");

  private static final Map<String, String[]> CANDIDATE_KEYS =
      keys("video", "video_id", "author", "author_id", "tags", TAG_TEXT);

  private static final Map<String, String[]> CROSSED_KEYS =
      keys(
          "user_tags", "user_id " + TAG_TEXT,
          "user_author", "user_id author_id",
          "video_tab", "video_id tab",
          "tags_tab", TAG_TEXT + " tab",
          "duration_tab", "duration_bucket tab",
          "music", "music_type");

  private static final List<String> CONTEXT =
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
          "tab");

  private static final List<String> CANDIDATE =
      List.of(
          "video_id",
          "author_id",
          "video_type",
          "upload_type",
          "music_type",
          "duration_bucket",
          "age_bucket");

  private static final List<String> USER_SHARES =
      List.of("history_long_share", "history_like_share");

  private static final List<String> VIDEO_SHARES =
      List.of("video_long_log_share", "video_like_log_share");

  private static final String HISTORY_WATCHES = "history_watches";

  /** What the columns of {@link #affinityQuery} begin with, by its key. */
  private static final Map<String, String> AFFINITIES = affinities();

  private static final List<String> SEQUENCES = List.of("watched", "long_watched", "liked");

  private static Map<String, String> affinities() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("author_before", "author_id");
    keys.put("tags_before", TAG_TEXT);
    keys.put("user_author_before", "user_id, author_id");
    keys.put("user_tags_before", "user_id, " + TAG_TEXT);
    return keys;
  }

  private KuaiRandFeatures() {}

  /** Whether rows for that schema need the table of sequences. */
  static boolean needsHistory(FeatureSchema schema) {
    return schema.contains(HISTORY_WATCHES) || needsAffinity(schema) || needsSequence(schema);
  }

  /** Whether rows for that schema need how authors and tags were received. */
  static boolean needsAffinity(FeatureSchema schema) {
    return AFFINITIES.keySet().stream().anyMatch(name -> schema.contains(name + "_watches"));
  }

  private static boolean needsSequence(FeatureSchema schema) {
    return SEQUENCES.stream().anyMatch(schema::contains);
  }

  /**
   * The rows of a log with the features of their users and videos, in an order of their own.
   *
   * @param log the table of the log
   * @param features decide which tables of what was watched before are joined
   */
  static String query(String log, FeatureSchema features) {
    List<String> columns = new ArrayList<>();
    List<String> joins = new ArrayList<>();
    if (needsHistory(features)) {
      columns.add("user_history.* exclude (user_id), video_history.* exclude (video_id)");
      joins.add("left join user_history using (user_id) left join video_history using (video_id)");
    }
    if (needsAffinity(features)) {
      AFFINITIES.forEach(
          (name, keys) -> {
            columns.add("%s.* exclude (%s)".formatted(name, keys));
            joins.add("left join %s using (%s)".formatted(name, keys));
          });
    }
    String all = columns.isEmpty() ? "" : String.join(", ", columns) + ",";
    return """
    select log.*, %s
      hourmin // 100 as hour,
      floor(log2((1000 + duration_ms)^2 // 1000000)) as duration_bucket,
      floor(log2(1 + greatest(0,
        strptime(log.date::varchar, '%%Y%%m%%d')::date - upload_dt::date))) as age_bucket
    from (
      select log.*, users.* exclude (user_id), videos.* exclude (video_id),
        tag::varchar as tag_text
      from %s as log left join users using (user_id) left join videos using (video_id)) as log %s
    order by time_ms, user_id, video_id, tab, is_click
    """
        .formatted(all, log, String.join(" ", joins));
  }

  /** What a table of sequences says, one row a user. */
  static String historyQuery(String sequences) {
    return """
    select user_id, history_len, last_time_ms, watch_seq::bigint[] as watched,
      like_seq::bigint[] as liked, long_watch_seq::bigint[] as long_watched
    from %s
    """
        .formatted(sequences);
  }

  /** How much, how long and how recently each user watched before the log began. */
  static String userHistoryQuery(String history) {
    return """
    select user_id, watched, long_watched, liked,
      history_len as history_watches,
      len(long_watched) / greatest(1.0, len(watched)) as history_long_share,
      len(liked) / greatest(1.0, len(watched)) as history_like_share,
      ((select max(last_time_ms) from %1$s) - last_time_ms) / 3600000.0 as history_idle_hours
    from %1$s
    """
        .formatted(history);
  }

  /** How often each video was watched before the log began, and smoothed, how long and liked. */
  static String videoHistoryQuery(String history) {
    return """
    with watched as (
        select video, count(*) as n from (select unnest(watched) as video from %1$s) group by video),
      long_watched as (
        select video, count(*) as n
        from (select unnest(long_watched) as video from %1$s) group by video),
      liked as (
        select video, count(*) as n from (select unnest(liked) as video from %1$s) group by video)
    select video as video_id,
      watched.n as video_watches,
      ln((coalesce(long_watched.n, 0) + 4) / (watched.n + 10)) as video_long_log_share,
      ln((coalesce(liked.n, 0) + 1) / (watched.n + 30)) as video_like_log_share
    from watched left join long_watched using (video) left join liked using (video)
    """
        .formatted(history);
  }

  /** What was watched, one row for each user and each video of its sequence. */
  static String watchesQuery(String history) {
    return """
    select user_id, author_id, tag::varchar as tag_text,
      list_contains(long_watched, video_id) as was_long, list_contains(liked, video_id) as was_liked
    from (select *, unnest(watched) as video_id from %s) left join videos using (video_id)
    """
        .formatted(history);
  }

  /** The tables of {@link #affinityQuery}. */
  static Set<String> affinityTables() {
    return AFFINITIES.keySet();
  }

  /**
   * How often what has a key was watched before the log began, and smoothed, how long and liked.
   */
  static String affinityQuery(String watches, String table) {
    return """
    select %1$s,
      count(*) as %2$s_watches,
      ln((count(*) filter (where was_long) + 4) / (count(*) + 10)) as %2$s_long_log_share,
      ln((count(*) filter (where was_liked) + 1) / (count(*) + 30)) as %2$s_like_log_share
    from %3$s group by %1$s
    """
        .formatted(AFFINITIES.get(table), table, watches);
  }

  /**
   * The schema.
   *
   * @param labels the labels whose rates are features where there are rates
   * @param inputs which features there are
   */
  static FeatureSchema schema(List<String> labels, KuaiRandInputs inputs) {
    List<Feature> context = new ArrayList<>();
    CONTEXT.forEach(name -> context.add(category(name, inputs)));
    for (int i = 0; i < ONE_HOT_FEATURES; i++) {
      context.add(category("onehot_feat" + i, inputs));
    }
    List<Feature> candidate = new ArrayList<>();
    CANDIDATE.forEach(name -> candidate.add(category(name, inputs)));
    candidate.add(category("tag", inputs).multiValued(Pooling.MEAN));
    candidate.add(numeric("duration_ms").log());
    if (inputs.sequence()) {
      SEQUENCES.forEach(
          name ->
              context.add(
                  categorical(name).multiValued(Pooling.MEAN).sharingTableWith("video_id")));
    }
    if (inputs.history()) {
      context.add(numeric(HISTORY_WATCHES).log());
      context.add(numeric("history_idle_hours").log());
      USER_SHARES.forEach(name -> context.add(numeric(name)));
      candidate.add(numeric("video_watches").log());
      VIDEO_SHARES.forEach(name -> candidate.add(numeric(name)));
    }
    if (inputs.affinity()) {
      for (String name : AFFINITIES.keySet()) {
        candidate.add(numeric(name + "_watches").log().orElse(0));
        candidate.add(numeric(name + "_long_log_share"));
        candidate.add(numeric(name + "_like_log_share"));
      }
    }
    for (String label : inputs.rates() ? labels : List.<String>of()) {
      CONTEXT_KEYS.forEach((name, keys) -> context.add(rate(name + "_" + label, label, keys)));
      CANDIDATE_KEYS.forEach((name, keys) -> candidate.add(rate(name + "_" + label, label, keys)));
      if (inputs.crossedRates()) {
        CROSSED_KEYS.forEach((name, keys) -> candidate.add(rate(name + "_" + label, label, keys)));
      }
    }
    return FeatureSchema.builder()
        .context(context.toArray(Feature[]::new))
        .candidate(candidate.toArray(Feature[]::new))
        .build();
  }

  private static CategoricalFeature category(String name, KuaiRandInputs inputs) {
    return categorical(name).vocabulary(inputs.minCount(), Encoding.Vocabulary.DEFAULT_MAX_SIZE);
  }

  private static Map<String, String[]> keys(String... namesAndKeys) {
    Map<String, String[]> keys = new LinkedHashMap<>();
    for (int i = 0; i < namesAndKeys.length; i += 2) {
      keys.put(namesAndKeys[i], namesAndKeys[i + 1].split(" ", -1));
    }
    return keys;
  }
}
