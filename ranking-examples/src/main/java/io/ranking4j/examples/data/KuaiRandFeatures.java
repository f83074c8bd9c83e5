package io.ranking4j.examples.data;

import static io.ranking4j.schema.Feature.categorical;
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

  private KuaiRandFeatures() {}

  /** The rows of a log with the features of their users and videos, in an order of their own. */
  static String query(String log) {
    return """
    select log.*,
      users.* exclude (user_id),
      videos.* exclude (video_id),
      hourmin // 100 as hour,
      floor(log2((1000 + duration_ms)^2 // 1000000)) as duration_bucket,
      floor(log2(1 + greatest(0,
        strptime(log.date::varchar, '%%Y%%m%%d')::date - upload_dt::date))) as age_bucket,
      tag::varchar as tag_text
    from %s as log left join users using (user_id) left join videos using (video_id)
    order by time_ms, user_id, video_id, tab, is_click
    """
        .formatted(log);
  }

  /**
   * The schema.
   *
   * @param labels the labels whose rates are features; empty for none
   */
  static FeatureSchema schema(List<String> labels) {
    List<Feature> context = new ArrayList<>();
    CONTEXT.forEach(name -> context.add(categorical(name)));
    for (int i = 0; i < ONE_HOT_FEATURES; i++) {
      context.add(categorical("onehot_feat" + i));
    }
    List<Feature> candidate = new ArrayList<>();
    CANDIDATE.forEach(name -> candidate.add(categorical(name)));
    candidate.add(categorical("tag").multiValued(Pooling.MEAN));

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
