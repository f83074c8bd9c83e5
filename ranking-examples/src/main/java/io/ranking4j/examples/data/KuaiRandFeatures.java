package io.ranking4j.examples.data;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;

import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** A feature that only schemas with history have. */
  private static final String HISTORY_WATCHES = "history_watches";

  private KuaiRandFeatures() {}

  /** Whether rows for that schema need the table of sequences. */
  static boolean needsHistory(FeatureSchema schema) {
    return schema.contains(HISTORY_WATCHES);
  }

  /**
   * The rows of a log with the features of their users and videos, in an order of their own.
   *
   * @param log the table of the log
   * @param history whether there is a table of sequences, loaded by {@link #historyQuery}
   */
  static String query(String log, boolean history) {
    return """
    select log.*,
      users.* exclude (user_id),
      videos.* exclude (video_id),
      %s
      hourmin // 100 as hour,
      floor(log2((1000 + duration_ms)^2 // 1000000)) as duration_bucket,
      floor(log2(1 + greatest(0,
        strptime(log.date::varchar, '%%Y%%m%%d')::date - upload_dt::date))) as age_bucket,
      tag::varchar as tag_text
    from %s as log left join users using (user_id) left join videos using (video_id) %s
    order by time_ms, user_id, video_id, tab, is_click
    """
        .formatted(
            history ? "user_history.* exclude (user_id), video_history.* exclude (video_id)," : "",
            log,
            history
                ? "left join user_history using (user_id) left join video_history using (video_id)"
                : "");
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
    select user_id,
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

  /**
   * The schema.
   *
   * @param labels the labels whose rates are features; empty for none
   * @param history whether what was watched before the log began is among them
   */
  static FeatureSchema schema(List<String> labels, boolean history) {
    List<Feature> context = new ArrayList<>();
    CONTEXT.forEach(name -> context.add(categorical(name)));
    for (int i = 0; i < ONE_HOT_FEATURES; i++) {
      context.add(categorical("onehot_feat" + i));
    }
    List<Feature> candidate = new ArrayList<>();
    CANDIDATE.forEach(name -> candidate.add(categorical(name)));
    candidate.add(categorical("tag").multiValued(Pooling.MEAN));
    candidate.add(numeric("duration_ms").log());
    if (history) {
      context.add(numeric(HISTORY_WATCHES).log());
      context.add(numeric("history_idle_hours").log());
      USER_SHARES.forEach(name -> context.add(numeric(name)));
      candidate.add(numeric("video_watches").log());
      VIDEO_SHARES.forEach(name -> candidate.add(numeric(name)));
    }

    Map<String, String[]> ofContext = new LinkedHashMap<>();
    ofContext.put("user", new String[] {"user_id"});
    ofContext.put("tab", new String[] {"tab"});
    ofContext.put("user_tab", new String[] {"user_id", "tab"});
    Map<String, String[]> ofCandidate = new LinkedHashMap<>();
    ofCandidate.put("video", new String[] {"video_id"});
    ofCandidate.put("author", new String[] {"author_id"});
    ofCandidate.put("tags", new String[] {TAG_TEXT});
    for (String label : labels) {
      ofContext.forEach((name, keys) -> context.add(rate(name + "_" + label, label, keys)));
      ofCandidate.forEach((name, keys) -> candidate.add(rate(name + "_" + label, label, keys)));
    }
    return FeatureSchema.builder()
        .context(context.toArray(Feature[]::new))
        .candidate(candidate.toArray(Feature[]::new))
        .build();
  }
}
