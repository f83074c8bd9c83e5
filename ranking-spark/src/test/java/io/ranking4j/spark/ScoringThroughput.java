package io.ranking4j.spark;

import static io.ranking4j.schema.Feature.categorical;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows a second that Spark scores from a Parquet file, with one thread and with two in turn. Not
 * one of the tests of a build: it wants a machine of its own, and runs when it is asked for by
 * name.
 */
class ScoringThroughput {
  private static final int ROWS = 1_000_000;
  private static final int ROUNDS = 3;
  private static final double LEAST_RATIO = 1.6;

  /** The numbers of values of single-valued fields, as in KuaiRand: user first, video 27th. */
  private static final int[] SIZES = {
    27_000, 4, 2, 2, 2, 8, 9, 7, 7, 24, 15, 2, 7, 50, 1300, 15, 30, 100, 7, 5, 3, 2, 2, 10, 8, 12,
    7000, 6000, 2, 12, 4, 12, 30, 40, 60, 90
  };

  private static final String MODEL = "model.r4j";
  private static final String LOG = "log.parquet";
  private static final int CONTEXT = 26;
  private static final int TAGS = 46;

  private final Path folder;

  ScoringThroughput(@TempDir Path folder) {
    this.folder = folder;
  }

  private static FeatureSchema schema() {
    List<CategoricalFeature> context = new ArrayList<>();
    List<CategoricalFeature> candidate = new ArrayList<>();
    for (int f = 0; f < SIZES.length; f++) {
      (f < CONTEXT ? context : candidate).add(categorical("f" + f));
    }
    candidate.add(categorical("tags").multiValued(Pooling.MEAN));
    return FeatureSchema.builder()
        .context(context.toArray(CategoricalFeature[]::new))
        .candidate(candidate.toArray(CategoricalFeature[]::new))
        .build();
  }

  /** Four towers on 37 embeddings of 16, with vocabularies from 60,000 rows. */
  private static RankingModel model() {
    Random random = new Random(1);
    int rows = 60_000;
    Dataset.Builder log = Dataset.builder();
    for (int f = 0; f < SIZES.length; f++) {
      List<String> values = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        values.add(Integer.toString(random.nextInt(SIZES[f])));
      }
      log.column("f" + f, CategoricalColumn.of(values));
    }
    List<List<String>> tags = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      tags.add(List.of("t" + random.nextInt(TAGS), "t" + random.nextInt(TAGS)));
    }
    log.column("tags", ListColumn.of(tags));
    for (String label : List.of("click", "long_view", "profile_enter", "like")) {
      log.column(label, NumericColumn.of(random.doubles(rows).map(Math::rint).toArray()));
    }
    Network network =
        Network.of(
            schema(),
            ResFlow.of(128, 64),
            Task.binary("click"),
            Task.binary("long_view").residualFrom("click"),
            Task.binary("profile_enter").residualFrom("long_view"),
            Task.binary("like").residualFrom("profile_enter"));
    Dataset all = log.build();
    return Trainer.of(network)
        .options(TrainerOptions.defaults().epochs(1).batchSize(1024))
        .fit(all, all.slice(0, 5_000));
  }

  private static SparkSession session(int threads) {
    return SparkSession.builder()
        .master("local[" + threads + "]")
        .appName("throughput")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.files.maxPartitionBytes", "4m")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }

  private void write(SparkSession spark, Path log) {
    List<Column> columns = new ArrayList<>();
    for (int f = 0; f < SIZES.length; f++) {
      columns.add(
          expr("cast(pmod(xxhash64(id, %d), %d) as string) as f%d".formatted(f, SIZES[f], f)));
    }
    columns.add(
        expr(
            "array(concat('t', pmod(xxhash64(id, 98), %d)), concat('t', pmod(id, %d))) as tags"
                .formatted(TAGS, TAGS)));
    spark
        .range(0, ROWS, 1, 16)
        .select(columns.toArray(Column[]::new))
        .write()
        .parquet(log.toString());
  }

  /** Rows a second from reading the file to having the predictions. */
  private static double rate(SparkSession spark, Path log, SparkScorer scorer) {
    long began = System.nanoTime();
    scorer
        .score(spark.read().parquet(log.toString()))
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return ROWS / ((System.nanoTime() - began) / 1e9);
  }

  private void prepare() throws IOException {
    model().save(folder.resolve(MODEL));
    try (SparkSession spark = session(2)) {
      write(spark, folder.resolve(LOG));
    }
  }

  /** In turn, after one run that warms up. */
  private double ratio() {
    double[][] rates = new double[2][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      for (int threads = round < 0 ? 2 : 1; threads <= 2; threads++) {
        try (SparkSession spark = session(threads)) {
          SparkScorer scorer = SparkScorer.of(spark, folder.resolve(MODEL).toString());
          double rate = rate(spark, folder.resolve(LOG), scorer);
          System.out.printf(
              "local[%d]: %.0f rows/s%s%n", threads, rate, round < 0 ? ", warming up" : "");
          if (round >= 0) {
            rates[threads - 1][round] = rate;
          }
        }
      }
    }
    double one = median(rates[0]);
    double two = median(rates[1]);
    System.out.printf("medians %.0f and %.0f rows/s, ratio %.2f%n", one, two, two / one);
    return two / one;
  }

  @Test
  void should_score_at_least_1_6_times_as_many_rows_with_two_threads() throws IOException {
    prepare();
    assertThat(ratio()).isGreaterThanOrEqualTo(LEAST_RATIO);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
