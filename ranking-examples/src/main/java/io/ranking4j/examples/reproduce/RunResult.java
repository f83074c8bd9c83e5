package io.ranking4j.examples.reproduce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one run gave. Immutable and safe to share.
 *
 * @param seed its seed
 * @param bestEpoch the epoch that was kept
 * @param epochs how many were trained
 * @param seconds its wall-clock time, the only part that changes from machine to machine
 * @param validation what the validation rows measured
 * @param test what the test rows measured
 * @param failure why there is no model; empty where there is one
 */
record RunResult(
    long seed,
    int bestEpoch,
    int epochs,
    double seconds,
    Map<String, Double> validation,
    Map<String, Double> test,
    Optional<String> failure) {
  private static final String OF_VALIDATION = "validation: ";

  /** Copies the maps. */
  RunResult {
    validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
    test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
  }

  /** A metric of the test rows; NaN where there is none. */
  double test(String metric) {
    return test.getOrDefault(metric, Double.NaN);
  }

  /** The name under which {@link #metric} finds a metric of the validation rows. */
  static String ofValidation(String metric) {
    return OF_VALIDATION + metric;
  }

  /** A metric of the test rows, or where its name says so, of the validation rows. */
  double metric(String name) {
    return name.startsWith(OF_VALIDATION)
        ? validation.getOrDefault(name.substring(OF_VALIDATION.length()), Double.NaN)
        : test(name);
  }
}
