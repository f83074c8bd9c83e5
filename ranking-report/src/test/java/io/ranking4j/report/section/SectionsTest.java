package io.ranking4j.report.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.evaluation.BrierScore;
import io.ranking4j.evaluation.CalibrationCurve;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.WilsonInterval;
import io.ranking4j.report.Block;
import io.ranking4j.report.CategoryChart;
import io.ranking4j.report.Cell;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Point;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.Table;
import io.ranking4j.report.XyChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SectionsTest {
  private static Predictions predictions(long seed, int rows, double base) {
    Random random = new Random(seed);
    double[] labels = new double[rows];
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = 1 / (1 + Math.exp(-base - random.nextGaussian()));
      labels[row] = random.nextDouble() < scores[row] ? 1 : 0;
    }
    return Predictions.of(labels, scores);
  }

  private static XyChart xy(Section section, String title) {
    for (Block block : section.blocks()) {
      if (block instanceof XyChart chart && chart.title().equals(title)) {
        return chart;
      }
    }
    throw new AssertionError("no chart '" + title + "' in " + section.blocks());
  }

  @Test
  void should_draw_the_bins_of_the_calibration_curve_with_their_intervals() {
    Predictions predictions = predictions(1, 2000, -1);
    XyChart chart =
        xy(
            new CalibrationSection(List.of(ScoredTask.of("m", "click", predictions))),
            "Calibration: click");
    Series drawn = chart.series().get(0);
    List<CalibrationCurve.Bin> bins = CalibrationCurve.equalMass(predictions, 10).bins();
    assertThat(drawn.points()).hasSameSizeAs(bins);
    for (int bin = 0; bin < bins.size(); bin++) {
      Point point = drawn.points().get(bin);
      double count = bins.get(bin).count();
      assertThat(point.x()).isEqualTo(bins.get(bin).meanPredicted());
      assertThat(point.y()).isEqualTo(bins.get(bin).observedRate());
      assertThat(point.interval())
          .isEqualTo(WilsonInterval.of(Math.min(count, point.y() * count), count));
      assertThat(point.note()).isEqualTo(Numbers.format(bins.get(bin).count()) + " rows");
    }
    assertThat(drawn.name())
        .isEqualTo("m (Brier " + Numbers.format(BrierScore.compute(predictions).value()) + ")");
  }

  @Test
  void should_count_every_row_once_in_histograms() {
    for (double base : new double[] {0, -5, -12}) {
      Predictions predictions = predictions(2, 5000, base);
      ScoreHistogram bins =
          ScoreHistogram.over(List.of(ScoredTask.of("m", "t", predictions))).orElseThrow();
      double[] edges = bins.edges();
      double[] expected = new double[ScoreHistogram.BINS];
      for (int row = 0; row < predictions.rows(); row++) {
        int bin = 0;
        while (bin + 1 < ScoreHistogram.BINS && predictions.score(row) >= edges[bin + 1]) {
          bin++;
        }
        expected[bin]++;
      }
      assertThat(bins.counts(predictions)).as("base %s", base).containsExactly(expected);
      assertThat(Arrays.stream(expected).sum()).isEqualTo(5000);
      assertThat(bins.logarithmic()).isEqualTo(base < -1);
    }
  }

  @Test
  void should_put_predictions_of_0_and_1_into_the_outer_bins() {
    Predictions predictions = Predictions.of(new double[] {0, 1, 1}, new double[] {0, 1, 1});
    ScoreHistogram bins =
        ScoreHistogram.over(List.of(ScoredTask.of("m", "t", predictions))).orElseThrow();
    double[] counts = bins.counts(predictions);
    assertThat(counts[0]).isEqualTo(1);
    assertThat(counts[ScoreHistogram.BINS - 1]).isEqualTo(2);
  }

  @Test
  void should_name_the_areas_of_all_rows_beside_reduced_curves() {
    Predictions predictions = predictions(3, 20_000, -2);
    Section section = new CurveSection(List.of(ScoredTask.of("m", "t", predictions)));
    Series roc = xy(section, "ROC: t").series().get(0);
    assertThat(roc.points()).hasSizeLessThanOrEqualTo(200);
    double auc = RocAuc.compute(predictions).value();
    assertThat(roc.name()).isEqualTo("m (AUC " + Numbers.format(auc) + ")");
    double area = 0;
    for (int i = 1; i < roc.points().size(); i++) {
      Point from = roc.points().get(i - 1);
      Point to = roc.points().get(i);
      area += (to.x() - from.x()) * (to.y() + from.y()) / 2;
    }
    assertThat(area).isCloseTo(auc, within(1e-3));
  }

  @Test
  void should_have_no_curves_when_there_is_one_class() {
    Predictions ones = Predictions.of(new double[] {1, 1}, new double[] {.2, .4});
    List<ScoredTask> scored = List.of(ScoredTask.of("m", "t", ones));
    assertThat(new CurveSection(scored).blocks()).isEmpty();
    Table table = (Table) new OverviewSection(scored).blocks().get(1);
    Cell auc = table.rows().get(0).get(4);
    assertThat(auc.text()).isEqualTo("–");
    assertThat(auc.detail()).isNotEmpty();
  }

  @Test
  void should_measure_each_segment_and_show_the_largest() {
    Predictions predictions = predictions(4, 3000, 0);
    List<String> segments = new ArrayList<>();
    Random random = new Random(4);
    for (int row = 0; row < 3000; row++) {
      segments.add("s" + (int) (20 * random.nextDouble() * random.nextDouble()));
    }
    List<Block> blocks =
        new SegmentSection(
                List.of(new ScoredTask("m", "t", predictions, null, Map.of("country", segments))))
            .blocks();
    CategoryChart chart = (CategoryChart) blocks.get(0);
    assertThat(chart.categories()).hasSize(SegmentSection.MAX_SEGMENTS).startsWith("s0");
    assertThat(chart.summary()).startsWith("The 12 largest of ");
    double[] labels = new double[3000];
    double[] scores = new double[3000];
    int n = 0;
    for (int row = 0; row < 3000; row++) {
      if (segments.get(row).equals("s0")) {
        labels[n] = predictions.label(row);
        scores[n++] = predictions.score(row);
      }
    }
    double expected =
        RocAuc.compute(Predictions.of(Arrays.copyOf(labels, n), Arrays.copyOf(scores, n))).value();
    assertThat(chart.series().get(0).points().get(0).y()).isEqualTo(expected);
  }

  @Test
  void should_give_relative_gains_against_the_baseline() {
    ComparisonSection section =
        new ComparisonSection(
            "c",
            "AUC",
            "base",
            Map.of(
                "base", Map.of("click", MetricValue.of(.5), "like", MetricValue.undefined("none")),
                "new", Map.of("click", MetricValue.of(.55), "like", MetricValue.of(.7))));
    Table table = (Table) section.blocks().get(0);
    int click = table.header().indexOf("click");
    for (List<Cell> row : table.rows()) {
      boolean baseline = row.get(0).text().equals("base");
      assertThat(row.get(click).detail()).isEqualTo(baseline ? "baseline" : "+10.00 %");
      assertThat(row.get(table.header().indexOf("like")).detail())
          .isEqualTo(baseline ? "none" : "–");
    }
    assertThatThrownBy(() -> new ComparisonSection("c", "AUC", "old", Map.of()))
        .hasMessage("baseline must be one of [], but was 'old'");
  }

  @Test
  void should_find_the_front_that_brute_force_finds() {
    Random random = new Random(9);
    List<FrontSection.Candidate> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(
          new FrontSection.Candidate(
              "c" + i, random.nextInt(30) / 30.0, random.nextInt(30) / 30.0, false));
    }
    FrontSection section = new FrontSection("f", "s", "x", "y", all);
    List<FrontSection.Candidate> front = section.front();
    for (FrontSection.Candidate one : all) {
      boolean beaten =
          all.stream()
              .anyMatch(
                  other ->
                      other.x() >= one.x()
                          && other.y() >= one.y()
                          && (other.x() > one.x() || other.y() > one.y()));
      boolean onFront =
          front.stream().anyMatch(other -> other.x() == one.x() && other.y() == one.y());
      assertThat(onFront).as(one.toString()).isEqualTo(!beaten);
    }
  }

  @Test
  void should_have_no_blocks_when_there_is_nothing_to_show() {
    for (Section section : EvaluationSections.of(List.of())) {
      assertThat(section.blocks()).as(section.title()).isEmpty();
    }
    assertThat(new TrainingSection(List.of()).blocks()).isEmpty();
    assertThat(new ProvenanceSection(Map.of()).blocks()).isEmpty();
    assertThat(new FrontSection("f", "", "x", "y", List.of()).blocks()).isEmpty();
  }
}
