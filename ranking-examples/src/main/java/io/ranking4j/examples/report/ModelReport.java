package io.ranking4j.examples.report;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.PrAuc;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.nn.training.TrainingHistory;
import io.ranking4j.report.Report;
import io.ranking4j.report.Section;
import io.ranking4j.report.section.ComparisonSection;
import io.ranking4j.report.section.EvaluationSections;
import io.ranking4j.report.section.ProvenanceSection;
import io.ranking4j.report.section.ScoredTask;
import io.ranking4j.report.section.TrainingSection;
import io.ranking4j.runtime.RankingModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts the report on trained models together. */
public final class ModelReport {
  private ModelReport() {}

  /**
   * The report of one model, or of several against the first.
   *
   * @param title the heading
   * @param scored what the models predicted of the same rows, at least one
   * @param labelColumns by task, the column of its label
   * @param data the rows
   * @param facts what is known of the data
   */
  public static Report of(
      String title,
      List<ScoredModel> scored,
      Map<String, String> labelColumns,
      Dataset data,
      Map<String, String> facts) {
    List<ScoredTask> tasks = new ArrayList<>();
    scored.forEach(model -> tasks.addAll(model.tasks()));
    List<Section> sections = new ArrayList<>();
    sections.add(training(scored));
    sections.addAll(EvaluationSections.of(tasks));
    sections.add(compared("ROC-AUC", scored, RocAuc::compute));
    sections.add(compared("PR-AUC", scored, PrAuc::compute));
    // Rows that belong to nobody are no lists: there is nothing to rank, and so nothing to fuse.
    if (tasks.stream().anyMatch(task -> task.users() != null)) {
      sections.addAll(FusionTrials.of(scored.get(0), labelColumns, data));
    }
    sections.add(provenance(scored, data, facts));
    return Report.builder()
        .title(title)
        .subtitle(
            "Test rows: "
                + String.format(Locale.ROOT, "%,d", data.rows())
                + (scored.size() > 1 ? ". The baseline is " + scored.get(0).name() + "." : ""))
        .sections(sections)
        .build();
  }

  private static TrainingSection training(List<ScoredModel> scored) {
    return new TrainingSection(
        scored.stream()
            .map(one -> new TrainingSection.Run(one.name(), epochs(one.model())))
            .toList());
  }

  private static List<TrainingSection.Epoch> epochs(RankingModel model) {
    return TrainingHistory.of(model.provenance()).stream()
        .map(
            epoch ->
                new TrainingSection.Epoch(
                    epoch.epoch(), epoch.trainingLoss(), epoch.quality(), epoch.best()))
        .toList();
  }

  private static ComparisonSection compared(
      String metric, List<ScoredModel> scored, Function<Predictions, MetricValue> compute) {
    Map<String, Map<String, MetricValue>> values = new LinkedHashMap<>();
    for (ScoredModel model : scored) {
      Map<String, MetricValue> byTask = new LinkedHashMap<>();
      model.tasks().forEach(task -> byTask.put(task.task(), compute.apply(task.predictions())));
      values.put(model.name(), byTask);
    }
    return new ComparisonSection(metric + " compared", metric, scored.get(0).name(), values);
  }

  private static ProvenanceSection provenance(
      List<ScoredModel> scored, Dataset data, Map<String, String> facts) {
    Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    Map<String, String> measured = new LinkedHashMap<>(facts);
    measured.put("rows", Integer.toString(data.rows()));
    measured.put("sha256", DataHash.of(data));
    measured.put("java", Runtime.version().toString());
    entries.put("What was measured on", measured);
    for (ScoredModel model : scored) {
      Map<String, String> own = new TreeMap<>(model.model().provenance().entries());
      own.remove(TrainingHistory.ENTRY);
      entries.put("Model " + model.name(), own);
    }
    return new ProvenanceSection(entries);
  }
}
