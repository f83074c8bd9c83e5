package io.ranking4j.examples.reproduce;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.reproduce.ResultTable.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All tables, in the order in which they are made: what matters most comes first. */
final class Catalog {
  /** What a table needs. */
  private record Entry(Optional<String> folder, Supplier<ResultTable> table) {}

  /** The tables. */
  static final List<String> IDS =
      List.of("H", "A", "A2", "J", "J2", "F", "F2", "G", "G2", "K", "I", "C", "D", "E", "B");

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final StudySets data;

  Catalog(StudySets data, Budget budget) {
    this.data = data;
    ComparisonTables comparison = new ComparisonTables(budget);
    ResFlowTables resflow = new ResFlowTables(budget);
    RegressionTable regression = new RegressionTable(budget);
    RecipeTables recipes = new RecipeTables(budget, data);
    kuairand("H", recipes::recipes);
    kuairand("I", recipes::ablation);
    kuairand("A", () -> comparison.kuairand("A", data.kuairand(4)));
    kuairand("A2", () -> comparison.twoTasks(data.kuairand(4)));
    kuairand("J", () -> regression.watched(data.kuairand(4)));
    kuairand("J2", () -> regression.clipped(data.kuairand(4)));
    kuairand("F", () -> resflow.ablations("F", "KuaiRand", data.kuairand(4), List.of()));
    simulated(
        "F2",
        () ->
            resflow.ablations(
                "F2", "the simulator's dense chain", data.dense(), reachable(data.dense())));
    kuairand(
        "G",
        () ->
            resflow.topologies(
                "G",
                "KuaiRand",
                data.kuairand(4),
                Map.of(
                    "long_view",
                    "is_click",
                    "is_profile_enter",
                    "is_click",
                    "is_like",
                    "long_view"),
                List.of()));
    simulated(
        "G2",
        () ->
            resflow.topologies(
                "G2",
                "the simulator's dense chain",
                data.dense(),
                Map.of("click", "cart", "order", "cart"),
                reachable(data.dense())));
    kuairand("K", () -> comparison.weighting(data.kuairand(4)));
    entries.put(
        "C",
        new Entry(Optional.of(StudySets.CENSUS_FOLDER), () -> comparison.census(data.census())));
    simulated(
        "D",
        () ->
            comparison.simulated(
                "D", "All architectures on a simulated dense chain", data.dense()));
    simulated(
        "E",
        () ->
            comparison.simulated(
                "E",
                "All architectures on a simulated chain whose last task has 0.1% positives",
                data.rare()));
    kuairand("B", () -> comparison.kuairand("B", data.kuairand(7)));
  }

  private void kuairand(String id, Supplier<ResultTable> table) {
    entries.put(id, new Entry(Optional.of(StudySets.KUAIRAND_FOLDER), table));
  }

  private void simulated(String id, Supplier<ResultTable> table) {
    entries.put(id, new Entry(Optional.empty(), table));
  }

  private static List<Reference> reachable(StudyData dense) {
    return List.of(new Reference("best reachable", Measures.ofTruth(dense)));
  }

  /**
   * The tables that are asked for, in the order of the catalog. A letter stands for the tables of
   * that letter with a number as well.
   *
   * @param asked ids or letters; empty for all
   * @throws UnknownNameException where there is no such table
   */
  List<String> matching(List<String> asked) {
    for (String id : asked) {
      if (IDS.stream().noneMatch(known -> matches(known, id))) {
        throw new UnknownNameException("table", id, IDS);
      }
    }
    return IDS.stream()
        .filter(known -> asked.isEmpty() || asked.stream().anyMatch(id -> matches(known, id)))
        .toList();
  }

  private static boolean matches(String known, String asked) {
    return known.equals(asked) || known.replaceAll("\\d", "").equals(asked);
  }

  /** The tables whose data is not there. */
  List<String> withoutData(List<String> ids) {
    return ids.stream()
        .filter(id -> entry(id).folder().stream().anyMatch(folder -> !data.has(folder)))
        .toList();
  }

  /**
   * Makes tables, reading the data that they need.
   *
   * @param ids which, in this order
   */
  List<ResultTable> tables(List<String> ids) {
    return ids.stream().map(id -> entry(id).table().get()).toList();
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new IllegalStateException("table " + id + " is in no catalog");
    }
    return entry;
  }
}
