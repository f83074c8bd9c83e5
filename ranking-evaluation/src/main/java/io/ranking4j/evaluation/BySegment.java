package io.ranking4j.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Any metric for each segment of the rows apart: by surface, country, ad product. */
public final class BySegment {

  private BySegment() {}

  /**
   * Computes a metric on each segment's rows.
   *
   * @param segments the segment of every row
   * @param metric what to compute, such as {@code RocAuc::compute}
   * @return by segment in alphabetical order; immutable
   * @throws IllegalArgumentException if there are not as many segments as rows, or one is null
   */
  public static <T> Map<String, T> compute(
      Predictions predictions, List<String> segments, Function<Predictions, T> metric) {
    return compute(predictions, segments, null, (rows, clusters) -> metric.apply(rows));
  }

  /**
   * Computes a metric that knows which rows depend on each other, on each segment's rows.
   *
   * @param segments the segment of every row
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @param metric what to compute of the segment's rows and their clusters (null where {@code
   *     clusters} is), such as {@code CalibrationRatio::estimate}
   * @return by segment in alphabetical order; immutable
   * @throws IllegalArgumentException if there are not as many segments or clustered rows as rows,
   *     or a segment is null
   */
  public static <T> Map<String, T> compute(
      Predictions predictions,
      List<String> segments,
      @Nullable Groups clusters,
      BiFunction<Predictions, @Nullable Groups, T> metric) {
    Checks.sameLength("predictions", predictions.rows(), "segments", segments.size());
    if (clusters != null) {
      Checks.sameLength("predictions", predictions.rows(), "clusters", clusters.rows());
    }
    Groups groups = Groups.of(segments);
    int[] inOrder = new int[groups.rows()];
    for (int row = 0; row < inOrder.length; row++) {
      inOrder[row] = row;
    }
    int[] arranged = groups.arrange(inOrder);
    Map<String, Integer> byName = new TreeMap<>();
    for (int group = 0; group < groups.count(); group++) {
      byName.put(segments.get(arranged[groups.start(group)]), group);
    }
    Map<String, T> values = new LinkedHashMap<>();
    byName.forEach(
        (name, group) -> {
          int from = groups.start(group);
          int to = groups.start(group + 1);
          Groups within = clusters == null ? null : clusters.subset(arranged, from, to);
          values.put(name, metric.apply(predictions.subset(arranged, from, to), within));
        });
    return Collections.unmodifiableMap(values);
  }
}
