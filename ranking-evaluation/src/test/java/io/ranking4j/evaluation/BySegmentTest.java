package io.ranking4j.evaluation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BySegmentTest {

  private static final List<String> COUNTRY = List.of("de", "br", "de", "br", "de", "fr");

  private static <T> T of(Map<String, T> map, String segment) {
    return requireNonNull(map.get(segment));
  }

  @Test
  void should_compute_on_each_segments_own_rows_when_rows_are_weighted() {
    Predictions all = Predictions.of(Rows.Y6, Rows.S6, Rows.W6);
    Map<String, MetricValue> brier = BySegment.compute(all, COUNTRY, BrierScore::compute);
    assertThat(brier.keySet()).containsExactly("br", "de", "fr");
    assertThat(brier.get("de"))
        .isEqualTo(
            BrierScore.compute(
                Predictions.of(
                    new double[] {0, 1, 0}, new double[] {.1, .35, .4}, new double[] {1, 1, 3})));
    Map<String, MetricValue> auc = BySegment.compute(all, COUNTRY, RocAuc::compute);
    assertThat(of(auc, "br").value()).isEqualTo(1);
    assertThat(of(auc, "fr").undefinedBecause())
        .isEqualTo("every row that has a weight has label 1");
    assertThatThrownBy(() -> brier.remove("de")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void should_keep_the_clusters_of_each_segment_when_given() {
    Predictions all = Predictions.of(Rows.Y6, Rows.S6);
    Groups users = Groups.of(new int[] {1, 2, 1, 2, 3, 3});
    Map<String, CalibrationReport> reports =
        BySegment.compute(all, COUNTRY, users, CalibrationReport::of);
    assertThat(of(reports, "de").rows()).isEqualTo(3);
    assertThat(of(reports, "de").ratio().standardError().isDefined()).isTrue();
    assertThat(of(reports, "br").ratio().standardError().undefinedBecause())
        .isEqualTo("a standard error needs at least 2 clusters of rows, but there was 1");
    assertThat(of(reports, "fr").positives()).isEqualTo(1);
  }

  @Test
  void should_refuse_segments_that_do_not_fit() {
    Predictions all = Predictions.of(Rows.Y6, Rows.S6);
    assertThatThrownBy(() -> BySegment.compute(all, List.of("a"), RocAuc::compute))
        .hasMessage("segments must have as many rows as predictions, 6, but had 1");
  }
}
