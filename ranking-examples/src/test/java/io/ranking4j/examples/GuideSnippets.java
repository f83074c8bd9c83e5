package io.ranking4j.examples;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static io.ranking4j.schema.Feature.vector;
import static io.ranking4j.task.Task.binary;

import io.ranking4j.data.Columns;
import io.ranking4j.data.LogDatabase;
import io.ranking4j.data.NegativeSampler;
import io.ranking4j.data.RateCounts;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.ErrorCode;
import io.ranking4j.error.RankingException;
import io.ranking4j.evaluation.GroupedAuc;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.TaskReport;
import io.ranking4j.fusion.Fusions;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.fusion.MultiplicativeFusion;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.tuning.TuningResult;
import io.ranking4j.fusion.tuning.UtilityMetric;
import io.ranking4j.fusion.tuning.UtilityTuner;
import io.ranking4j.nn.architecture.BiasTower;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.optimizer.StochasticAveraging;
import io.ranking4j.nn.optimizer.TableOptions;
import io.ranking4j.nn.schedule.CosineDecay;
import io.ranking4j.nn.schedule.WarmUp;
import io.ranking4j.nn.training.CalibrationRun;
import io.ranking4j.nn.training.EarlyStopping;
import io.ranking4j.nn.training.EpochReport;
import io.ranking4j.nn.training.ModelCalibration;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.ProgressListener;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.nn.training.TrainingRun;
import io.ranking4j.nn.update.ModelUpdater;
import io.ranking4j.nn.update.UpdateOptions;
import io.ranking4j.nn.update.UpdateResult;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.report.Report;
import io.ranking4j.report.section.EvaluationSections;
import io.ranking4j.report.section.ScoredTask;
import io.ranking4j.runtime.LiveRanker;
import io.ranking4j.runtime.RankRequest;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.ShadowModel;
import io.ranking4j.runtime.ShadowOptions;
import io.ranking4j.runtime.ShadowReport;
import io.ranking4j.runtime.TimedRanking;
import io.ranking4j.runtime.publish.ModelDirectory;
import io.ranking4j.runtime.publish.ModelVersion;
import io.ranking4j.runtime.publish.ModelWatcher;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;

/**
 * The code of the user's guide, in its order: what stands between {@code guide:start} and {@code
 * guide:end} is shown there.
 */
@SuppressWarnings("NullAway") // A host asks a map for a task that it knows is there.
final class GuideSnippets {
  private GuideSnippets() {}

  /** The days of a log. */
  record Days(Dataset train, Dataset validation, Dataset calibration, Dataset test) {}

  static Days read(Path[] impressions, Path items, FeatureSchema schema, TaskGraph tasks) {
    // guide:start
    try (LogDatabase database = LogDatabase.open()) {
      database.table("impressions", impressions).table("items", items);
      database.load(
          "log",
          """
          SELECT i.*, t.brand, t.price, t.tags
          FROM impressions i LEFT JOIN items t USING (item_id)
          ORDER BY i.day, i.request_id, i.position
          """);
      Columns columns = Columns.of(schema, tasks).category("request_id").number("day");
      return new Days(
          database.read("SELECT * FROM log WHERE day < 3", columns),
          database.read("SELECT * FROM log WHERE day = 3", columns),
          database.read("SELECT * FROM log WHERE day = 4", columns),
          database.read("SELECT * FROM log WHERE day = 5", columns));
    }
    // guide:end
  }

  static DatasetSource stream(
      LogDatabase database, Columns columns, FeatureSchema schema, TaskGraph tasks) {
    // guide:start
    DatasetSource train = database.source("SELECT * FROM log WHERE day < 3", columns);
    DatasetSource counted = RateCounts.of(schema, "day").addTo(train);
    DatasetSource sampled = NegativeSampler.allTasks(counted, tasks, 0.25, 42);
    // guide:end
    return sampled;
  }

  static FeatureSchema kinds() {
    // guide:start
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(
                categorical("user_id").vocabulary(5, 1_000_000).width(32),
                categorical("country").orElse("unknown"),
                categorical("query").hashed(100_000),
                categorical("last_items")
                    .multiValued(Pooling.attention("item_id"), 20)
                    .sharingTableWith("item_id"))
            .candidate(
                categorical("item_id").required().width(32),
                numeric("price").log(),
                numeric("stars").orElse(0),
                numeric("age_days").quantiles(20),
                numeric("discount").buckets(0.1, 0.25, 0.5),
                vector("picture", 128),
                rate("item_ctr", "click", "item_id"),
                rate("user_brand_ctr", "click", "user_id", "brand").priorStrength(50))
            .build();
    // guide:end
    return schema;
  }

  static FeatureSchema schema() {
    // guide:start
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("user_id"), categorical("hour"))
            .candidate(
                categorical("item_id"),
                categorical("brand"),
                categorical("tags").multiValued(Pooling.MEAN),
                numeric("price").log(),
                rate("item_ctr", "click", "item_id"))
            .build();
    // guide:end
    return schema;
  }

  static List<Dataset> count(FeatureSchema schema, Days days) {
    // guide:start
    RateCounts counts = RateCounts.of(schema, "day");
    Dataset train = counts.addTo(days.train());
    Dataset validation = counts.addTo(days.train(), days.validation());
    // guide:end
    return List.of(train, validation);
  }

  static TaskGraph tasks() {
    // guide:start
    TaskGraph tasks =
        TaskGraph.of(
            binary("click"),
            binary("order").residualFrom("click"),
            binary("order_if_clicked").label("order").given("click").lossWeight(0.5));
    // guide:end
    return tasks;
  }

  static RankingModel train(
      FeatureSchema schema,
      TaskGraph tasks,
      Dataset train,
      Dataset validation,
      Consumer<EpochReport> dashboard) {
    // guide:start
    Network network = Network.of(schema, ResFlow.of(32, 16), tasks).embeddingWidth(8);
    TrainerOptions options =
        TrainerOptions.defaults()
            .epochs(4)
            .batchSize(256)
            .learningRate(1e-3)
            .stopping(EarlyStopping.on("click").patience(1))
            .seed(7);
    ProgressListener progress =
        new ProgressListener() {
          @Override
          public void onEpoch(EpochReport report) {
            dashboard.accept(report);
          }
        };
    Trainer trainer = Trainer.of(network).options(options).listener(progress);
    RankingModel model = trainer.fit(train, validation);
    // guide:end
    return model;
  }

  static TrainerOptions regularise() {
    // guide:start
    TrainerOptions options =
        TrainerOptions.defaults()
            .tables(TableOptions.DEFAULT.learningRate(3e-4).decay(1e-3))
            .schedule(new WarmUp(0.5, new CosineDecay(0.1)))
            .averaging(Optional.of(new StochasticAveraging(1, 0.25)));
    // guide:end
    return options;
  }

  static TrainingRun run(Trainer trainer, Dataset train, Dataset validation) {
    // guide:start
    TrainingRun run = trainer.dl4jListener(new ScoreIterationListener(100)).run(train, validation);
    long parameters = run.graph().numParams();
    double best = run.history().get(run.bestEpoch() - 1).watched();
    RankingModel model =
        run.model()
            .withProvenance("parameters", Long.toString(parameters))
            .withProvenance("validation auc", Double.toString(best));
    // guide:end
    return new TrainingRun(model, run.history(), run.bestEpoch(), run.graph());
  }

  static List<RankingModel> sample(
      Trainer trainer, TaskGraph tasks, Dataset train, Dataset validation) {
    // guide:start
    Dataset sampled = NegativeSampler.allTasks(train, tasks, 0.25, 42);
    RankingModel model = trainer.fit(sampled, validation);
    RankingModel asTheNetworkSays = model.uncorrected();
    // guide:end
    return List.of(model, asTheNetworkSays);
  }

  static RankingModel calibrate(
      RankingModel model, Dataset later, Path file, Consumer<String> warnings) throws IOException {
    // guide:start
    CalibrationRun run = ModelCalibration.of(model).bySegment("brand").fit(later);
    run.warnings().forEach(warnings);
    RankingModel calibrated = run.model();
    calibrated.save(file);
    // guide:end
    return calibrated;
  }

  static Network unbias(FeatureSchema schema, TaskGraph tasks) {
    // guide:start
    Network network =
        Network.of(schema, BiasTower.of(ResFlow.of(128, 64), "position", "device"), tasks);
    // guide:end
    return network;
  }

  static List<Fusion> fuse(RankingModel model) {
    // guide:start
    Fusion revenue =
        LinearFusion.of(Map.of("click", 0.1))
            .withProduct("order", "price", 1.0); // p(order) x price
    Fusion product = MultiplicativeFusion.of(Map.of("click", 0.5, "order", 1.0));
    Fusion fromFile = Fusions.fromJson(Fusions.toJson(revenue));
    Fusions.validate(fromFile, model.tasks().names(), List.of("price"));
    // guide:end
    return List.of(revenue, product, fromFile);
  }

  static Fusion tune(RankingModel model, Dataset validation) {
    // guide:start
    double[] clicks = validation.column("click", NumericColumn.class).values();
    double[] orders = validation.column("order", NumericColumn.class).values();
    try (Scorer scorer = Scorer.of(model)) {
      CandidatePredictions predictions =
          new CandidatePredictions(validation.rows(), scorer.score(validation), Map.of());
      TuningResult result =
          UtilityTuner.builder(SearchSpace.simplex(List.of("click", "order"), 21), LinearFusion::of)
              .baseline(Map.of("click", 1.0, "order", 20.0))
              .maximise("order PR AUC", UtilityMetric.prAuc(orders))
              .atLeastOfBaseline("click PR AUC", UtilityMetric.prAuc(clicks), 0.99)
              .evaluations(10)
              .build()
              .tune(predictions);
      return LinearFusion.of(result.weights());
    }
    // guide:end
  }

  static List<Ranking> serve(Path file, Fusion revenue, Fusion product, Consumer<Explanation> log)
      throws IOException {
    // guide:start
    Features context = Features.builder().set("user_id", "u7").set("hour", "20").build();
    Features lamp =
        Features.builder()
            .set("item_id", "i12")
            .set("brand", "b3")
            .set("tags", List.of("t1", "t4"))
            .set("price", 24.9)
            .build();
    List<Candidate> candidates =
        List.of(
            Candidate.of("lamp", lamp).signal("price", 24.9),
            Candidate.of("unknown", Features.empty()).signal("price", 10));
    try (Ranker ranker = Ranker.of(RankingModel.load(file), revenue)) {
      Ranking ranking = ranker.rank(context, candidates);
      log.accept(ranker.explain(context, candidates.get(ranking.get(0).index())));
      Ranking other = ranker.withFusion(product).rank(context, candidates);
      return List.of(ranking, other);
    }
    // guide:end
  }

  static TimedRanking keepRanking(
      Path file,
      Path newer,
      Fusion fusion,
      Features context,
      List<Candidate> candidates,
      Executor executor,
      Consumer<ShadowReport> log)
      throws IOException {
    // guide:start
    try (LiveRanker ranker = LiveRanker.of(RankingModel.load(file), fusion)) {
      RankingModel next = RankingModel.load(newer);
      ShadowModel shadow = ranker.shadow(next, new ShadowOptions(0.5, executor));
      TimedRanking first = ranker.rank(context, candidates, Duration.ofMillis(20));
      TimedRanking second = ranker.rank(context, candidates, Duration.ofMillis(20));
      log.accept(shadow.report());
      ranker.replaceModel(next, List.of(new RankRequest(context, candidates)));
      return second.complete() ? second : first;
    }
    // guide:end
  }

  static UpdateResult update(Path folder, Trainer trainer, Dataset today, Dataset heldOut)
      throws IOException {
    // guide:start
    ModelDirectory models = ModelDirectory.of(folder);
    ModelUpdater updater =
        new ModelUpdater(models, trainer, UpdateOptions.DEFAULT.groupColumn("user_id"));
    UpdateResult result = updater.update(today, heldOut);
    // guide:end
    return result;
  }

  static boolean follow(ModelDirectory models, Fusion fusion, List<RankRequest> recentRequests)
      throws IOException {
    // guide:start
    ModelVersion first = models.current().orElseThrow();
    LiveRanker ranker = LiveRanker.of(first.load(), fusion);
    ModelWatcher watcher = ModelWatcher.start(models, first, ranker, () -> recentRequests);
    // guide:end
    models.publish(first.load());
    boolean followed = watcher.check();
    watcher.close();
    ranker.close();
    return followed;
  }

  static Map<String, Double> evaluate(RankingModel model, Dataset test) {
    // guide:start
    double[] labels = test.column("click", NumericColumn.class).values();
    Groups requests = Groups.of(test.column("request_id", CategoricalColumn.class).codes());
    try (Scorer scorer = Scorer.of(model)) {
      Predictions clicks = Predictions.of(labels, scorer.score(test).get("click"));
      MetricValue auc = RocAuc.compute(clicks);
      TaskReport report = TaskReport.of(clicks, requests);
      Map<String, Double> metrics = new LinkedHashMap<>(report.asMap());
      metrics.put("auc", auc.value());
      metrics.put("request auc", GroupedAuc.compute(clicks, requests).value());
      return metrics;
    }
    // guide:end
  }

  static void report(double[] labels, double[] probabilities, Path file) throws IOException {
    // guide:start
    List<ScoredTask> scored =
        List.of(ScoredTask.of("resflow", "click", Predictions.of(labels, probabilities)));
    Report.builder()
        .title("Clicks of ResFlow")
        .sections(EvaluationSections.of(scored))
        .build()
        .write(file);
    // guide:end
  }

  static List<String> fallback(
      Ranker ranker, Features context, List<Candidate> candidates, Consumer<ErrorCode> failures) {
    // guide:start
    try {
      return ranker.rank(context, candidates).ids();
    } catch (RankingException e) {
      failures.accept(e.code());
      return candidates.stream().map(Candidate::id).toList();
    }
    // guide:end
  }
}
