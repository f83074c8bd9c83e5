package io.ranking4j.report.section;

import io.ranking4j.evaluation.Predictions;
import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.XyChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far predictions tell positives from negatives: the distributions of both, for each task and
 * model. Immutable and safe to share.
 *
 * @param scored what was predicted
 */
public record ScoreSection(List<ScoredTask> scored) implements Section {

  /** Copies the list. */
  public ScoreSection {
    scored = List.copyOf(scored);
  }

  @Override
  public String title() {
    return "Score distributions";
  }

  @Override
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    ScoredTask.byTask(scored)
        .values()
        .forEach(
            models ->
                ScoreHistogram.over(models)
                    .ifPresent(
                        bins ->
                            models.forEach(
                                model -> blocks.add(chart(bins, model, models.size() > 1)))));
    return blocks;
  }

  private static XyChart chart(ScoreHistogram bins, ScoredTask model, boolean named) {
    Predictions predictions = model.predictions();
    int positives = predictions.positives();
    int negatives = predictions.rows() - positives;
    return new XyChart(
        "Scores: " + model.task() + (named ? ", " + model.model() : ""),
        "Mean prediction %s for %s positives, %s for %s negatives."
            .formatted(
                Numbers.format(mean(predictions, 1)),
                Numbers.format(positives),
                Numbers.format(mean(predictions, 0)),
                Numbers.format(negatives)),
        bins.axis(),
        Axis.of("Share of the positives, of the negatives, in a bin").from(0),
        List.of(
            Series.histogram(
                "negatives",
                bins.edges(),
                shares(bins.counts(predictions, false, true), negatives)),
            Series.histogram(
                "positives",
                bins.edges(),
                shares(bins.counts(predictions, true, false), positives))));
  }

  private static double[] shares(double[] counts, int rows) {
    return Arrays.stream(counts).map(count -> rows == 0 ? Double.NaN : count / rows).toArray();
  }

  private static double mean(Predictions predictions, int label) {
    double sum = 0;
    int rows = 0;
    for (int row = 0; row < predictions.rows(); row++) {
      if (predictions.label(row) == label) {
        sum += predictions.score(row);
        rows++;
      }
    }
    return rows == 0 ? Double.NaN : sum / rows;
  }
}
