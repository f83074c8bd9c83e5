package io.ranking4j.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a shadow's scores compare with those that were served. Immutable and safe to share.
 *
 * @param requests requests that were compared
 * @param candidates candidates that were compared
 * @param dropped requests that the executor rejected
 * @param failed requests that the shadow could not answer
 * @param sameFirst the share of requests that both would have begun with the same candidate; NaN
 *     where none was compared
 * @param tasks by task that both have
 */
public record ShadowReport(
    long requests,
    long candidates,
    long dropped,
    long failed,
    double sameFirst,
    Map<String, TaskDifference> tasks) {
  /** Copies the map, in its order. */
  public ShadowReport {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  /**
   * The predictions of one task. NaN where none was compared.
   *
   * @param served the mean of those served
   * @param shadow the mean of the shadow's
   * @param meanAbsolute the mean of the absolute differences
   * @param largest the largest absolute difference
   */
  public record TaskDifference(double served, double shadow, double meanAbsolute, double largest) {}
}
