package io.ranking4j.examples.data;

import io.ranking4j.data.Columns;
import io.ranking4j.data.CsvOptions;
import io.ranking4j.data.LogDatabase;
import io.ranking4j.data.RateCounts;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Short-video impressions of KuaiRand-Pure (Gao et al., CIKM 2022), or any log of the same layout.
 * The last day of the training file is for validation. Where the folder has the sequences that
 * users watched before the log began, they are features too.
 *
 * <p>The rates of a row to train or validate on know only earlier days. The first day is kept
 * although no rate is known on it: all are those of a key without impressions, at an overall rate
 * of 0.5. The rate tables in the model, by which the test file is measured and requests are served,
 * are counts as of the end of the training file, validation day included.
 *
 * @see <a href="https://kuairand.com">where the data is published</a>
 */
public final class KuaiRandExample implements ExampleData {
  /** The labels that a log has. */
  public static final List<String> LABELS =
      List.of(
          "is_click",
          "long_view",
          "is_profile_enter",
          "is_like",
          "is_comment",
          "is_follow",
          "is_forward",
          "is_hate");

  /** The tasks when nothing else is said. */
  public static final List<String> DEFAULT_TASKS = LABELS.subList(0, 4);

  /** The column of the day, as in 20220425. */
  public static final String DAY = KuaiRandFeatures.DAY;

  private static final String USERS = "user_features_pure.csv.gz";
  private static final String VIDEOS = "video_features_basic_pure.csv.gz";
  private static final String SEQUENCES = "user_sequences_before_4_25.csv.gz";
  private static final String TRAIN_PATTERN = "log_train_*.csv.gz";
  private static final String TEST_PATTERN = "log_test_*.csv.gz";

  private final Path folder;
  private final Optional<Path> trainFile;
  private final Optional<Path> testFile;
  private final TaskGraph tasks;
  private final FeatureSchema schema;
  private final boolean rates;
  private final List<String> values;
  private final boolean missesSequences;
  private @Nullable Parts parts;

  private record Parts(Dataset train, Dataset validation) {}

  /**
   * Names the files; nothing is read yet.
   *
   * @param folder where the features of users and videos are, and the logs where none is named
   * @param trainFile the log to train on; empty for the one {@code log_train_*.csv.gz}
   * @param testFile the log to test on; empty for the one {@code log_test_*.csv.gz}, if there is
   * @param names the tasks; empty for {@link #DEFAULT_TASKS}
   * @param links how they depend on one another
   * @param inputs which features it has
   * @throws io.ranking4j.error.UnknownNameException where a task is none of {@link #LABELS}
   */
  public KuaiRandExample(
      Path folder,
      Optional<Path> trainFile,
      Optional<Path> testFile,
      List<String> names,
      TaskLinks links,
      KuaiRandInputs inputs) {
    this.folder = folder;
    this.trainFile = trainFile;
    this.testFile = testFile;
    this.rates = inputs.rates();
    this.values = List.of();
    List<String> chosen = names.isEmpty() ? DEFAULT_TASKS : names;
    this.tasks = links.graph(chosen, LABELS);
    boolean sequences = Files.isRegularFile(folder.resolve(SEQUENCES));
    this.missesSequences = inputs.readsSequences() && !sequences;
    this.schema = KuaiRandFeatures.schema(chosen, sequences ? inputs : inputs.withoutSequences());
  }

  private KuaiRandExample(KuaiRandExample other, List<String> values) {
    this.folder = other.folder;
    this.trainFile = other.trainFile;
    this.testFile = other.testFile;
    this.rates = other.rates;
    this.values = values;
    this.tasks = other.tasks;
    this.schema = other.schema;
    this.missesSequences = other.missesSequences;
  }

  /**
   * The same with more columns of numbers in its rows, such as {@code play_time_ms}: labels for
   * tasks of one's own, which no feature reads.
   */
  public KuaiRandExample values(String... columns) {
    return new KuaiRandExample(this, List.of(columns));
  }

  @Override
  public FeatureSchema schema() {
    return schema;
  }

  @Override
  public TaskGraph tasks() {
    return tasks;
  }

  @Override
  public Dataset train() {
    return parts().train();
  }

  @Override
  public Dataset validation() {
    return parts().validation();
  }

  @Override
  public Optional<Dataset> test(FeatureSchema features, TaskGraph labels) {
    return testFile.or(() -> only(TEST_PATTERN)).map(file -> read(features, labels, file));
  }

  @Override
  public Optional<String> userColumn() {
    return Optional.of("user_id");
  }

  @Override
  public Optional<String> dayColumn() {
    return Optional.of(KuaiRandFeatures.DAY);
  }

  @Override
  public Optional<String> idColumn() {
    return Optional.of("video_id");
  }

  @Override
  public List<String> signals() {
    return List.of("duration_ms");
  }

  @Override
  public List<String> remarks() {
    return missesSequences
        ? List.of("without history features: folder " + folder + " has no file " + SEQUENCES)
        : List.of();
  }

  private Parts parts() {
    Parts known = parts;
    if (known == null) {
      known = split();
      parts = known;
    }
    return known;
  }

  private Parts split() {
    Dataset counted = counted(read(schema, tasks, trainFile()));
    double[] days = counted.column(DAY, NumericColumn.class).values();
    double[] distinct = Arrays.stream(days).distinct().sorted().toArray();
    int last = distinct.length - 1;
    if (last < 1) {
      throw new DataException(
          "file " + trainFile() + " must have at least 2 days, the last for validation, but has 1");
    }
    return new Parts(
        rows(counted, days, distinct[0], distinct[last - 1]),
        rows(counted, days, distinct[last], distinct[last]));
  }

  private Path trainFile() {
    return trainFile
        .or(() -> only(TRAIN_PATTERN))
        .orElseThrow(() -> new DataException("folder " + folder + " has no file " + TRAIN_PATTERN));
  }

  /**
   * All rows of the training file, and behind them those of the test file where there is one, in
   * the order of time and without rates. Read at each call.
   */
  public Dataset rows() {
    List<Path> files = new ArrayList<>(List.of(trainFile()));
    testFile.or(() -> only(TEST_PATTERN)).ifPresent(files::add);
    return read(schema, tasks, files.toArray(Path[]::new));
  }

  /**
   * Rows with their rates, where there are any among the features: those of a row know only the
   * earlier days among the rows, and the counts for serving all of them.
   */
  public Dataset counted(Dataset rows) {
    return rates ? RateCounts.of(schema, DAY).addTo(rows) : rows;
  }

  private static Dataset rows(Dataset data, double[] days, double from, double to) {
    return data.select(
        IntStream.range(0, days.length)
            .filter(row -> days[row] >= from && days[row] <= to)
            .toArray());
  }

  private Dataset read(FeatureSchema features, TaskGraph labels, Path... files) {
    Columns columns =
        Columns.of(features, labels)
            .category("user_id", "video_id")
            .number(KuaiRandFeatures.DAY)
            .number(signals().toArray(String[]::new))
            .number(values.toArray(String[]::new));
    try (LogDatabase db = LogDatabase.open()) {
      db.table("log_file", files)
          .table("users", folder.resolve(USERS))
          .table("videos", folder.resolve(VIDEOS));
      if (KuaiRandFeatures.needsHistory(features)) {
        CsvOptions csv = CsvOptions.defaults();
        for (String sequence : List.of("watch_seq", "like_seq", "long_watch_seq")) {
          csv = csv.type(sequence, "VARCHAR");
        }
        db.csv("sequences", csv, folder.resolve(SEQUENCES))
            .load("history", KuaiRandFeatures.historyQuery("sequences"))
            .load("user_history", KuaiRandFeatures.userHistoryQuery("history"))
            .load("video_history", KuaiRandFeatures.videoHistoryQuery("history"));
      }
      if (KuaiRandFeatures.needsAffinity(features)) {
        db.load("watches", KuaiRandFeatures.watchesQuery("history"));
        for (String table : KuaiRandFeatures.affinityTables()) {
          db.load(table, KuaiRandFeatures.affinityQuery("watches", table));
        }
      }
      return db.read(KuaiRandFeatures.query("log_file", features), columns);
    }
  }

  /** The one file of the folder that matches; more than one must be named. */
  private Optional<Path> only(String pattern) {
    if (!Files.isDirectory(folder)) {
      throw new DataException("folder " + folder + " does not exist or is no folder");
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new DataException("folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
    if (found.size() > 1) {
      throw new DataException(
          "folder " + folder + " has several files " + pattern + ": name the one to read");
    }
    return found.stream().findFirst();
  }
}
