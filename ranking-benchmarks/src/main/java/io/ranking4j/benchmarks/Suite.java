package io.ranking4j.benchmarks;

/**
 * Measurements that run together under one name. Several may have the same name: they then run one
 * after the other into one report.
 */
public interface Suite {
  /** What it is called on the command line: {@code "serve"}. */
  String name();

  /** What it measures, in one line. */
  String description();

  /**
   * Measures. Takes less than three minutes on a machine of two cores.
   *
   * @param report receives a row for each figure
   * @throws Exception whatever a peer throws
   */
  void run(Report report) throws Exception;
}
