package io.ranking4j.benchmarks.network;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The standard network with ids: 37 categorical features of a short-video service with embeddings
 * of 16, four tasks, ResFlow towers 128-64 in our default activation. Features and the numbers of
 * their values are those of the KuaiRand-Pure log; values and parameters are random, so that no
 * file is needed.
 */
public final class KuaiRandNetwork {
  /** The length of each embedding. */
  public static final int EMBEDDING = 16;

  private static final long SEED = 20_260_102;
  private static final String VIDEO = "video_id";
  private static final String HISTORY = "history";
  private static final int VIDEOS = 7583;

  /**
   * A feature of it.
   *
   * @param name its name
   * @param values how many values it has
   */
  public record Field(String name, int values) {}

  /** What is known of the user and the moment: 26 features. */
  public static final List<Field> CONTEXT = context();

  /** What is known of the video: 11 features. */
  public static final List<Field> CANDIDATE =
      List.of(
          new Field(VIDEO, VIDEOS),
          new Field("author_id", 6510),
          new Field("music_id", 7202),
          new Field("tag", 111),
          new Field("video_type", 3),
          new Field("upload_type", 14),
          new Field("music_type", 6),
          new Field("duration_bucket", 12),
          new Field("age_bucket", 12),
          new Field("server_width", 156),
          new Field("server_height", 120));

  private KuaiRandNetwork() {}

  private static List<Field> context() {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                new Field("user_id", 27_285),
                new Field("user_active_degree", 9),
                new Field("is_live_streamer", 2),
                new Field("is_video_author", 2),
                new Field("follow_user_num_range", 8),
                new Field("fans_user_num_range", 9),
                new Field("friend_user_num_range", 7),
                new Field("register_days_range", 8),
                new Field("hour", 24),
                new Field("tab", 15)));
    int[] oneHot = {2, 7, 50, 1471, 16, 34, 3, 118, 454, 7, 5, 5, 3, 3, 3, 3};
    for (int i = 0; i < oneHot.length; i++) {
      fields.add(new Field("onehot_feat" + i, oneHot[i]));
    }
    return List.copyOf(fields);
  }

  /** The tasks: three rare ones that take over features and logit of the click. */
  public static TaskGraph tasks() {
    Residual fromClick = Residual.both("click");
    return TaskGraph.of(
        Task.binary("click"),
        Task.binary("long_view").residual(fromClick),
        Task.binary("profile_enter").residual(fromClick),
        Task.binary("like").residual(fromClick));
  }

  /** The architecture. */
  public static ResFlow architecture() {
    return ResFlow.of(128, 64);
  }

  /** The features. */
  public static FeatureSchema schema() {
    return FeatureSchema.builder()
        .context(features(CONTEXT))
        .candidate(features(CANDIDATE))
        .build();
  }

  private static Feature[] features(List<Field> fields) {
    return fields.stream().map(KuaiRandNetwork::feature).toArray(Feature[]::new);
  }

  private static CategoricalFeature feature(Field field) {
    return Feature.categorical(field.name()).vocabulary(1, Encoding.Vocabulary.DEFAULT_MAX_SIZE);
  }

  /** A model of it, always the same. */
  public static RankingModel model() {
    return model(VIDEOS);
  }

  /** A model of it with another number of videos, always the same. */
  public static RankingModel model(int videos) {
    return RandomModels.of(
        SEED, schema(), data(videos).build(), tasks(), architecture(), EMBEDDING);
  }

  /** A model of the same features and tasks in another architecture, always the same. */
  public static RankingModel model(Architecture architecture) {
    int width = EMBEDDING * architecture.embeddingCopies(tasks());
    return RandomModels.of(SEED, schema(), data(VIDEOS).build(), tasks(), architecture, width);
  }

  /**
   * A model that also has the videos that the user watched.
   *
   * @param pooling how their embeddings become one
   */
  public static RankingModel withHistory(Pooling pooling) {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(features(CONTEXT))
            .context(Feature.categorical(HISTORY).multiValued(pooling).sharingTableWith(VIDEO))
            .candidate(features(CANDIDATE))
            .build();
    Dataset.Builder data = data(VIDEOS);
    int rows = data.build().rows();
    data.column(HISTORY, ListColumn.of(Collections.nCopies(rows, List.of("0"))));
    return RandomModels.of(SEED, schema, data.build(), tasks(), architecture(), EMBEDDING);
  }

  private static Dataset.Builder data(int videos) {
    List<Field> all = new ArrayList<>(CONTEXT);
    all.add(new Field(VIDEO, videos));
    all.addAll(CANDIDATE.subList(1, CANDIDATE.size()));
    int rows = all.stream().mapToInt(Field::values).max().orElseThrow();
    Dataset.Builder data = Dataset.builder();
    for (Field field : all) {
      String[] dictionary = new String[field.values()];
      Arrays.setAll(dictionary, Integer::toString);
      int[] codes = new int[rows];
      Arrays.setAll(codes, r -> r % field.values());
      data.column(field.name(), new CategoricalColumn(codes, dictionary));
    }
    return data;
  }

  /** A user at some moment, drawn by the seed. */
  public static Features context(long seed) {
    return draw(CONTEXT, new Random(seed));
  }

  /** The same user, who has watched so many videos. */
  public static Features context(long seed, int watched) {
    Random random = new Random(seed + 1);
    Features.Builder features = Features.builder();
    draw(CONTEXT, new Random(seed), features);
    return features
        .set(HISTORY, random.ints(watched, 0, VIDEOS).mapToObj(Integer::toString).toList())
        .build();
  }

  /** So many videos, drawn by the seed. */
  public static List<Candidate> candidates(long seed, int count) {
    Random random = new Random(seed);
    List<Candidate> candidates = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      candidates.add(Candidate.of("video-" + i, draw(CANDIDATE, random)));
    }
    return candidates;
  }

  private static Features draw(List<Field> fields, Random random) {
    Features.Builder features = Features.builder();
    draw(fields, random, features);
    return features.build();
  }

  private static void draw(List<Field> fields, Random random, Features.Builder features) {
    for (Field field : fields) {
      features.set(field.name(), Integer.toString(random.nextInt(field.values())));
    }
  }
}
