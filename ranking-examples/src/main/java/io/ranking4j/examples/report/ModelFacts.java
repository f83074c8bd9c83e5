package io.ranking4j.examples.report;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureStatistics;
import io.ranking4j.schema.Feature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a person asks of a model file: where it comes from, what it reads, what it says. */
public final class ModelFacts {
  private ModelFacts() {}

  /** By name, in an order for reading: provenance, tasks, features, tables, numbers. */
  public static Map<String, String> of(RankingModel model) {
    Map<String, String> facts = new LinkedHashMap<>();
    model.provenance().entries().forEach((name, value) -> facts.put("provenance " + name, value));
    for (TaskOutput output : model.outputs()) {
      facts.put("task " + output.task().name(), describe(output));
    }
    for (Feature feature : model.schema().features()) {
      facts.put("feature " + feature.name(), describe(model, feature));
    }
    for (EmbeddingTable table : model.tables()) {
      facts.put(
          "table " + table.spec().name(),
          table.spec().rows() + " x " + table.spec().width() + ", " + digest(table.values()));
    }
    facts.put("network", model.plan().steps().size() + " steps");
    facts.put("parameters", model.plan().parameterCount() + ", " + digest(model.parameters()));
    return facts;
  }

  private static String describe(TaskOutput output) {
    return output.task()
        + ", logit shift "
        + output.logitShift()
        + ", intercept "
        + output.intercept()
        + output.calibrator().map(calibrator -> ", calibrated by " + calibrator).orElse("");
  }

  private static String describe(RankingModel model, Feature feature) {
    FeatureStatistics statistics = model.encoder().statistics().get(feature.name());
    String seen =
        statistics == null
            ? ""
            : String.format(
                Locale.ROOT,
                ", missing %.4f, unknown %.4f in training",
                statistics.missingRate(),
                statistics.unknownRate());
    return feature + seen;
  }

  /** Tells numbers apart, not who wrote them. */
  private static String digest(float[] values) {
    return String.format("digest %08x", Arrays.hashCode(values));
  }

  /** By name, what two models do not share: the value of the one, and of the other. */
  public static Map<String, Difference> differences(RankingModel one, RankingModel other) {
    Map<String, String> before = of(one);
    Map<String, String> after = of(other);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    Map<String, Difference> differences = new LinkedHashMap<>();
    for (String name : names) {
      String was = before.getOrDefault(name, "-");
      String is = after.getOrDefault(name, "-");
      if (!was.equals(is)) {
        differences.put(name, new Difference(was, is));
      }
    }
    return differences;
  }

  /**
   * A fact that differs.
   *
   * @param one its value in the one model, "-" where it has none
   * @param other its value in the other
   */
  public record Difference(String one, String other) {}
}
