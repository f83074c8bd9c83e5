package io.ranking4j.fusion;

import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.spi.Fusion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fusions within fusions: their properties under a prefix, and their use on some candidates. */
final class Nested {
  private static final String TYPE = "type";

  private Nested() {}

  /** Adds the properties of a fusion, each key after a prefix and a dot. */
  static void write(String prefix, Fusion fusion, Map<String, String> properties) {
    properties.put(prefix + "." + TYPE, fusion.typeId());
    fusion.properties().forEach((key, value) -> properties.put(prefix + "." + key, value));
  }

  /**
   * Makes the fusion that was written under a prefix.
   *
   * @throws IllegalArgumentException where there is none
   * @throws io.ranking4j.error.UnknownNameException where nobody knows its type
   */
  static Fusion read(String prefix, Map<String, String> properties) {
    String start = prefix + ".";
    String type = properties.get(start + TYPE);
    if (type == null) {
      throw new IllegalArgumentException(
          "a fusion within a fusion needs the property '" + start + TYPE + "', but there was none");
    }
    Map<String, String> own = new LinkedHashMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(start) && !key.equals(start + TYPE)) {
            own.put(key.substring(start.length()), value);
          }
        });
    return Fusions.create(type, own);
  }

  /** Refuses properties that nobody reads. */
  static void checkKnown(Map<String, String> properties, Set<String> keys, Set<String> prefixes) {
    for (String key : properties.keySet()) {
      int dot = key.indexOf('.');
      if (!keys.contains(key) && !(dot > 0 && prefixes.contains(key.substring(0, dot)))) {
        throw new IllegalArgumentException(
            "unknown property '"
                + key
                + "', known are "
                + keys
                + " and those that begin with one of "
                + prefixes
                + " and a dot");
      }
    }
  }

  static Set<String> tasks(List<Fusion> fusions) {
    Set<String> tasks = new LinkedHashSet<>();
    fusions.forEach(fusion -> tasks.addAll(fusion.tasks()));
    return tasks;
  }

  static Set<String> signals(List<Fusion> fusions) {
    Set<String> signals = new LinkedHashSet<>();
    fusions.forEach(fusion -> signals.addAll(fusion.signals()));
    return signals;
  }

  /** What one fusion needs of some of the candidates. */
  static CandidatePredictions rows(Fusion fusion, CandidatePredictions all, List<Integer> rows) {
    Map<String, double[]> tasks = new LinkedHashMap<>();
    fusion.tasks().forEach(task -> tasks.put(task, pick(all.task(task), rows)));
    Map<String, double[]> signals = new LinkedHashMap<>();
    fusion.signals().forEach(signal -> signals.put(signal, pick(all.signal(signal), rows)));
    return new CandidatePredictions(rows.size(), tasks, signals);
  }

  private static double[] pick(double[] column, List<Integer> rows) {
    double[] picked = new double[rows.size()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = column[rows.get(i)];
    }
    return picked;
  }
}
