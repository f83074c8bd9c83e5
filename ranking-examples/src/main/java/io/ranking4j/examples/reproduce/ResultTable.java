package io.ranking4j.examples.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of results: experiments by metrics. Immutable and safe to share.
 *
 * @param id what it is asked for by: a letter
 * @param title its heading
 * @param text what to know before reading it
 * @param columns what is shown of each experiment
 * @param experiments the lines
 * @param references lines above, of which the numbers are given
 */
record ResultTable(
    String id,
    String title,
    String text,
    List<Column> columns,
    List<Experiment> experiments,
    List<Reference> references) {
  /**
   * A metric that is shown.
   *
   * @param header its heading
   * @param metric its name among the measures
   * @param factor what it is multiplied by, for another unit
   * @param digits how many digits are shown after the point
   * @param relativeTo the line that others are compared with, shown as a difference in percent of
   *     the mean; empty to show the metric itself
   */
  record Column(
      String header, String metric, double factor, int digits, Optional<String> relativeTo) {
    /** A metric with four digits, such as an AUC. */
    static Column of(String header, String metric) {
      return new Column(header, metric, 1, 4, Optional.empty());
    }

    /** In another unit, with other digits. */
    Column in(double unit, int shown) {
      return new Column(header, metric, 1 / unit, shown, relativeTo);
    }

    /** As a difference from another line. */
    Column against(String line) {
      return new Column(header, metric, factor, 1, Optional.of(line));
    }
  }

  /**
   * A line whose numbers are given.
   *
   * @param name what it is called
   * @param values by metric
   */
  record Reference(String name, Map<String, Double> values) {
    /** Copies the map. */
    Reference {
      values = new LinkedHashMap<>(values);
    }

    @Override
    public Map<String, Double> values() {
      return new LinkedHashMap<>(values);
    }
  }

  /** Copies the lists. */
  ResultTable {
    columns = List.copyOf(columns);
    experiments = List.copyOf(experiments);
    references = List.copyOf(references);
  }
}
