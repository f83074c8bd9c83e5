package io.ranking4j.report.section;

import io.ranking4j.evaluation.Predictions;
import io.ranking4j.report.Axis;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Series;
import io.ranking4j.report.XyChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many rows have which prediction, in bins. Bins are equally wide, or where most predictions
 * are small, on a logarithmic scale.
 *
 * @param edges where bins begin, and where the last ends
 * @param logarithmic whether bins are equally wide in the logarithm
 */
record ScoreHistogram(double[] edges, boolean logarithmic) {
  static final int BINS = 40;

  /** Where the mean prediction is below it, equally wide bins would put most rows into one. */
  static final double SMALL = 0.1;

  /** Smaller predictions are counted with those of this size on a logarithmic scale. */
  static final double LEAST = 1e-6;

  /** Returns bins that hold all predictions of these models; empty where there are no rows. */
  static Optional<ScoreHistogram> over(List<ScoredTask> models) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    double sum = 0;
    long rows = 0;
    for (ScoredTask model : models) {
      Predictions predictions = model.predictions();
      for (int row = 0; row < predictions.rows(); row++) {
        double score = predictions.score(row);
        least = Math.min(least, score);
        greatest = Math.max(greatest, score);
        sum += score;
      }
      rows += predictions.rows();
    }
    if (rows == 0) {
      return Optional.empty();
    }
    boolean logarithmic = sum / rows < SMALL && greatest > LEAST;
    double[] edges = new double[BINS + 1];
    if (logarithmic) {
      double from = Math.floor(Math.log10(Math.max(least, LEAST)));
      double to = Math.log10(Scales.ceiling(greatest));
      for (int edge = 0; edge <= BINS; edge++) {
        edges[edge] = Math.pow(10, from + (to - from) * edge / BINS);
      }
    } else {
      double end = Scales.ceiling(greatest);
      for (int edge = 0; edge <= BINS; edge++) {
        edges[edge] = end * edge / BINS;
      }
    }
    return Optional.of(new ScoreHistogram(edges, logarithmic));
  }

  /** Returns the rows in each bin; a prediction on an edge belongs to the bin that begins there. */
  double[] counts(Predictions predictions) {
    return counts(predictions, true, true);
  }

  /** The same of the rows of one label. */
  double[] counts(Predictions predictions, boolean ofPositives, boolean ofNegatives) {
    double[] counts = new double[BINS];
    for (int row = 0; row < predictions.rows(); row++) {
      if (predictions.label(row) == 1 ? ofPositives : ofNegatives) {
        counts[bin(predictions.score(row))]++;
      }
    }
    return counts;
  }

  private int bin(double score) {
    double first = edges[0];
    double last = edges[BINS];
    double share =
        logarithmic
            ? (Math.log(Math.max(score, first)) - Math.log(first))
                / (Math.log(last) - Math.log(first))
            : score / last;
    int bin = Math.max(0, Math.min(BINS - 1, (int) (share * BINS)));
    // Rounding may be one off beside an edge.
    if (bin > 0 && score < edges[bin]) {
      return bin - 1;
    }
    return bin + 1 < BINS && score >= edges[bin + 1] ? bin + 1 : bin;
  }

  Axis axis() {
    Axis axis = Axis.of("Predicted probability");
    return logarithmic
        ? axis.onLogScale().between(edges[0], edges[BINS])
        : axis.between(0, edges[BINS]);
  }

  /** The rows of each model in each bin; empty where there are no rows. */
  static Optional<XyChart> rows(String task, List<ScoredTask> models) {
    return over(models)
        .map(
            histogram -> {
              List<Series> series = new ArrayList<>();
              for (ScoredTask model : models) {
                series.add(
                    Series.histogram(
                        model.model(), histogram.edges(), histogram.counts(model.predictions())));
              }
              return new XyChart(
                  "Rows by prediction: " + task,
                  "How many of %s rows have which prediction, in %d bins."
                      .formatted(Numbers.format(models.get(0).predictions().rows()), BINS),
                  histogram.axis(),
                  Axis.of("Rows").from(0),
                  series);
            });
  }
}
