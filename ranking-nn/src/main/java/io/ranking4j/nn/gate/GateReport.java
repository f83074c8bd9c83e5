package io.ranking4j.nn.gate;

import io.ranking4j.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all gates say. Immutable and safe to share.
 *
 * @param results of the gates, in the order they were asked
 */
public record GateReport(List<GateResult> results) {
  /** Copies the list. */
  public GateReport {
    results = List.copyOf(results);
  }

  /** Whether nothing failed. */
  public boolean passed() {
    return failures().isEmpty();
  }

  /** The results that hold the model up. */
  public List<GateResult> failures() {
    return results.stream()
        .filter(result -> result.verdict() == GateResult.Verdict.FAILED)
        .toList();
  }

  /** With the results of other gates behind these. */
  public GateReport and(List<GateResult> more) {
    List<GateResult> all = new ArrayList<>(results);
    all.addAll(more);
    return new GateReport(all);
  }

  /** For machines: {@code {"passed": false, "results": [{"gate": ...}]}}. */
  public String toJson() {
    Json report = Json.object().put("passed", passed());
    Json all = report.putArray("results");
    for (GateResult result : results) {
      all.addObject()
          .put("gate", result.gate())
          .put("subject", result.subject())
          .put("verdict", result.verdict().name())
          .put("limit", result.limit())
          .put("actual", result.actual());
    }
    return report.toString();
  }

  /** For people: a line for each result, those that failed first. */
  @Override
  public String toString() {
    List<GateResult> failuresFirst = new ArrayList<>(failures());
    results.stream().filter(result -> !failuresFirst.contains(result)).forEach(failuresFirst::add);
    return failuresFirst.stream().map(GateResult::toString).collect(Collectors.joining("\n"));
  }
}
