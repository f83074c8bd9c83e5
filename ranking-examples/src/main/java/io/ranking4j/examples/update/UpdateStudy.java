package io.ranking4j.examples.update;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.evaluation.Interval;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.examples.data.KuaiRandExample;
import io.ranking4j.examples.recipe.Recipe;
import io.ranking4j.examples.report.Evaluation;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.nn.gate.DataGate;
import io.ranking4j.nn.gate.GateResult;
import io.ranking4j.nn.gate.ModelComparison;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.update.ModelUpdater;
import io.ranking4j.nn.update.UpdateOptions;
import io.ranking4j.nn.update.UpdateResult;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.publish.ModelDirectory;
import io.ranking4j.runtime.publish.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Updates a model with each day of a log, and trains another anew on all days so far, after each of
 * which both are measured on the next day. Before each update, broken slices of that day are
 * offered, which must be rejected. Used once, by one thread.
 */
public final class UpdateStudy {
  private static final String USER = "user_id";
  private static final int RESAMPLES = 200;

  private final KuaiRandExample example;
  private final Recipe recipe;
  private final String architecture;
  private final int baseDays;
  private final int slices;
  private final int updateEpochs;
  private final UpdateOptions updates;
  private final PrintWriter print;
  private final List<Map<String, Object>> days = new ArrayList<>();
  private final List<Map<String, Object>> damages = new ArrayList<>();

  /**
   * A study.
   *
   * @param example the log
   * @param recipe how models are trained anew
   * @param architecture its name
   * @param baseDays that the first model learns from, at least 2
   * @param slices days that the updates learn from, one each; there must be one more
   * @param updateEpochs passes over the slice of an update
   * @param learningRateFactor of updates
   * @param print where tables go
   */
  public UpdateStudy(
      KuaiRandExample example,
      Recipe recipe,
      String architecture,
      int baseDays,
      int slices,
      int updateEpochs,
      double learningRateFactor,
      PrintWriter print) {
    this.example = example;
    this.recipe = recipe;
    this.architecture = architecture;
    if (baseDays < 2 || slices < 1) {
      throw new IllegalArgumentException(
          "there must be at least 2 days to begin with and 1 slice, but were "
              + baseDays
              + " and "
              + slices);
    }
    this.baseDays = baseDays;
    this.slices = slices;
    this.updateEpochs = updateEpochs;
    this.updates = UpdateOptions.DEFAULT.groupColumn(USER).learningRateFactor(learningRateFactor);
    this.print = print;
  }

  /**
   * Runs it once for each seed, and prints a table of days and one of broken slices.
   *
   * @param folder where the models go, in a folder for each seed
   * @return what was measured
   */
  public Map<String, Object> run(List<Long> seeds, Path folder) throws IOException {
    Slices log = Slices.of(example);
    if (log.days().length <= baseDays + slices) {
      throw new DataException(
          "the log must have at least "
              + (baseDays + slices + 1)
              + " days, but has "
              + log.days().length);
    }
    for (long seed : seeds) {
      run(seed, log, ModelDirectory.of(folder.resolve("seed-" + seed)));
    }
    print.println(table(days));
    print.println();
    print.println(table(damages));
    double warm = sum("update_seconds");
    double anew = sum("anew_seconds");
    double better = sum("difference") / days.size();
    print.printf(
        "%nmean difference of mean auc %.4f; updates took %.3f of the time of training anew%n",
        better, warm / anew);
    print.flush();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("days", days);
    json.put("damages", damages);
    json.put("mean_difference", better);
    json.put("time_ratio", warm / anew);
    return json;
  }

  private double sum(String column) {
    return days.stream()
        .mapToDouble(day -> ((Number) Objects.requireNonNull(day.get(column))).doubleValue())
        .sum();
  }

  private void run(long seed, Slices log, ModelDirectory models) throws IOException {
    Trainer trainer = trainer(recipe, seed);
    int[] all = log.days();
    // Until there was an update no slice says how long one is: half of the shortest day so far.
    long shortest =
        IntStream.range(0, baseDays).mapToLong(d -> log.day(all[d]).rows()).min().orElse(2);
    UpdateOptions updates = this.updates.data(DataGate.DEFAULT.minRows(shortest / 2));
    ModelUpdater first = new ModelUpdater(models, trainer, updates);
    ModelUpdater daily =
        new ModelUpdater(
            models, trainer(recipe.options(recipe.options().epochs(updateEpochs)), seed), updates);
    Slices.AfterDay begin = log.after(all[baseDays - 1], OptionalInt.empty());
    UpdateResult base = first.update(begin.all(), begin.heldOut());
    RankingModel stale = published(base).load();
    for (int d = baseDays; d < baseDays + slices; d++) {
      Slices.AfterDay day = log.after(all[d], OptionalInt.of(all[d - 1]));
      for (Damage damage : Damage.values()) {
        damage(seed, all[d], damage, day, daily, models);
      }
      long began = System.nanoTime();
      UpdateResult update = daily.update(day.slice(), day.heldOut());
      double updateSeconds = (System.nanoTime() - began) / 1e9;
      RankingModel warm = models.current().orElseThrow().load();
      began = System.nanoTime();
      RankingModel anew = trainer.fit(day.all(), day.heldOut());
      double anewSeconds = (System.nanoTime() - began) / 1e9;

      Dataset next = log.day(all[d + 1]);
      double ofWarm = meanAuc(warm, next);
      double ofAnew = meanAuc(anew, next);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("seed", seed);
      row.put("day", all[d]);
      row.put("slice_rows", day.slice().rows());
      row.put("all_rows", day.all().rows());
      row.put("published", update.published().map(ModelVersion::toString).orElse("rejected"));
      row.put("first_model", meanAuc(stale, next));
      row.put("updated", ofWarm);
      row.put("anew", ofAnew);
      Estimate difference = difference(warm, anew, next);
      row.put("difference", difference.value());
      row.put("lower", difference.interval().lower());
      row.put("upper", difference.interval().upper());
      row.put("update_seconds", updateSeconds);
      row.put("anew_seconds", anewSeconds);
      days.add(row);
      print.println(row);
      update.rejection().ifPresent(reason -> print.println(update.report()));
      print.flush();
    }
  }

  private Trainer trainer(Recipe of, long seed) {
    Network network =
        Network.of(example.schema(), of.architecture(architecture), example.tasks())
            .embeddingWidth(of.embeddingWidth());
    return Trainer.of(network).options(of.options().seed(seed)).loss(of.loss());
  }

  private static ModelVersion published(UpdateResult result) {
    return result
        .published()
        .orElseThrow(() -> new IllegalStateException("rejected:\n" + result.report()));
  }

  /** Offers a broken slice. One that is published is taken back. */
  private void damage(
      long seed,
      int day,
      Damage damage,
      Slices.AfterDay whole,
      ModelUpdater updater,
      ModelDirectory models)
      throws IOException {
    long before = models.current().orElseThrow().number();
    Dataset slice = damage.apply(whole.slice(), example.tasks());
    Dataset heldOut =
        damage.heldOut() ? damage.apply(whole.heldOut(), example.tasks()) : whole.heldOut();
    UpdateResult result = updater.update(slice, heldOut);
    boolean rejected =
        result.rejection().isPresent() && models.current().orElseThrow().number() == before;
    if (!rejected) {
      models.rollback();
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("seed", seed);
    row.put("day", day);
    row.put("slice", damage.title());
    row.put("rejected", rejected);
    row.put(
        "failed",
        String.join(
            ", ", result.report().failures().stream().map(GateResult::gate).distinct().toList()));
    damages.add(row);
    print.println(row);
    print.flush();
  }

  /** By how much the mean AUC of a model is above that of another, by resampling users. */
  private static Estimate difference(RankingModel one, RankingModel other, Dataset data) {
    List<ModelComparison.OfTask> tasks =
        ModelComparison.of(one, other, data, Optional.of(USER)).tasks();
    // Every row has a label of every task, so that the rows of all tasks are the same.
    return GroupBootstrap.compute(
        tasks.get(0).groups(),
        drawn -> {
          double sum = 0;
          for (ModelComparison.OfTask task : tasks) {
            sum += RocAuc.compute(task.candidate().withWeights(drawn)).value();
            sum -= RocAuc.compute(task.current().orElseThrow().withWeights(drawn)).value();
          }
          return MetricValue.of(sum / tasks.size());
        },
        new GroupBootstrap.Options(RESAMPLES, Interval.DEFAULT_CONFIDENCE, 1));
  }

  private static double meanAuc(RankingModel model, Dataset data) {
    return Evaluation.of(model, data, Optional.of(USER)).meanAuc();
  }

  private static TextTable table(List<Map<String, Object>> rows) {
    TextTable table = new TextTable(List.copyOf(rows.get(0).keySet()));
    rows.forEach(row -> table.row(row.values().toArray()));
    return table;
  }
}
