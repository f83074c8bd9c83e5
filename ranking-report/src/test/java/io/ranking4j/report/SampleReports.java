package io.ranking4j.report;

import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Interval;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.report.section.ComparisonSection;
import io.ranking4j.report.section.EvaluationSections;
import io.ranking4j.report.section.FrontSection;
import io.ranking4j.report.section.ProvenanceSection;
import io.ranking4j.report.section.ScoredTask;
import io.ranking4j.report.section.TrainingSection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reports to test with. */
final class SampleReports {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final double[] BASE = {-0.5, -1.2, -4.5, -4};

  private SampleReports() {}

  /** Every kind of section, on random rows. */
  static Report full(List<String> models, List<String> tasks, List<String> segments, int rows) {
    List<ScoredTask> scored = scored(models, tasks, segments, rows);
    Map<String, Map<String, MetricValue>> auc = new LinkedHashMap<>();
    for (ScoredTask one : scored) {
      auc.computeIfAbsent(one.model(), name -> new LinkedHashMap<>())
          .put(one.task(), RocAuc.compute(one.predictions()));
    }
    return Report.builder()
        .title("Report on " + String.join(", ", models))
        .subtitle("Random rows")
        .created(CREATED)
        .section(training(models, tasks))
        .sections(EvaluationSections.of(scored))
        .section(new ComparisonSection("Models compared", "ROC-AUC", models.get(0), auc))
        .section(front())
        .section(tuning())
        .section(
            new ProvenanceSection(
                Map.of(
                    models.get(0),
                    Map.of("seed", "42", "options", "TrainerOptions[epochs=10, batchSize=1024]"))))
        .build();
  }

  static List<ScoredTask> scored(
      List<String> models, List<String> tasks, List<String> segments, int rows) {
    Random random = new Random(1);
    long[] users = new long[rows];
    List<String> segmentOfRow = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      users[row] = random.nextInt(1 + rows / 30);
      segmentOfRow.add(segments.get(random.nextInt(segments.size())));
    }
    Groups groups = Groups.of(users);
    List<ScoredTask> scored = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      for (int t = 0; t < tasks.size(); t++) {
        double[] labels = new double[rows];
        double[] scores = new double[rows];
        Random ofTask = new Random(t);
        for (int row = 0; row < rows; row++) {
          double logit = BASE[t % BASE.length] + ofTask.nextGaussian();
          labels[row] = ofTask.nextDouble() < sigmoid(logit) ? 1 : 0;
          scores[row] = sigmoid(logit + .4 * m + (.1 + .4 * m) * random.nextGaussian());
        }
        scored.add(
            new ScoredTask(
                models.get(m),
                tasks.get(t),
                Predictions.of(labels, scores),
                groups,
                Map.of("segment", segmentOfRow)));
      }
    }
    return scored;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static TrainingSection training(List<String> models, List<String> tasks) {
    List<TrainingSection.Run> runs = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      List<TrainingSection.Epoch> epochs = new ArrayList<>();
      for (int epoch = 1; epoch <= 6; epoch++) {
        Map<String, Double> quality = new LinkedHashMap<>();
        for (int t = 0; t < tasks.size(); t++) {
          quality.put(tasks.get(t), .65 + .02 * t + .01 * m + .01 * Math.sin(epoch + m));
        }
        epochs.add(
            new TrainingSection.Epoch(epoch, 1.2 / epoch + .4 + .05 * m, quality, epoch < 4));
      }
      runs.add(new TrainingSection.Run(models.get(m), epochs));
    }
    return new TrainingSection(runs);
  }

  private static FrontSection front() {
    Random random = new Random(5);
    List<FrontSection.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double weight = random.nextDouble();
      candidates.add(
          new FrontSection.Candidate(
              "click^%.2f × long_view^%.2f".formatted(weight, 1 - weight),
              .6 + .1 * Math.sin(1.5 * weight) - .02 * random.nextDouble(),
              .6 + .1 * Math.cos(1.5 * weight) - .02 * random.nextDouble(),
              i == 0));
    }
    return new FrontSection(
        "Trade-off", "Products of two probabilities.", "AUC of click", "AUC of view", candidates);
  }

  /** What the blocks can draw beyond the other sections: a band, steps, a logarithmic axis. */
  private static Section tuning() {
    List<Point> mean = new ArrayList<>();
    List<Point> trials = new ArrayList<>();
    Random random = new Random(6);
    for (int i = 0; i <= 60; i++) {
      double x = i / 60.0;
      double y = Math.sin(6 * x) - .5;
      double half = .1 + .3 * Math.abs(Math.sin(9 * x));
      mean.add(Point.of(x, y, new Interval(y - half, y + half)));
    }
    for (int i = 0; i < 20; i++) {
      trials.add(Point.of(random.nextDouble(), 2 * random.nextDouble() - 1).withNote("trial " + i));
    }
    return Section.of(
        "Tuning",
        List.of(
            new Paragraph("A posterior with its band, and how the best grew."),
            new XyChart(
                "Posterior along click",
                "The mean with its 95 % band.",
                Axis.of("Weight of click"),
                Axis.of("PR-AUC of long view"),
                List.of(Series.line("posterior", mean), Series.points("trials", trials))),
            new XyChart(
                "Best so far",
                "It grew tenfold.",
                Axis.of("Evaluations").onLogScale(),
                Axis.of("Best").onLogScale(),
                List.of(
                    Series.steps(
                        "best",
                        List.of(
                            Point.of(1, .001),
                            Point.of(10, .01),
                            Point.of(100, .5),
                            Point.of(1000, .8)))))));
  }
}
