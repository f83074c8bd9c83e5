package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.input.DenseField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network for each domain (a surface, a country) over embeddings that all share, as in
 * Pinterest's multi-tower ranking of standard and shopping pins. Which domain a row belongs to is
 * said by numeric features, one for each, taken {@linkplain io.ranking4j.schema.NumericFeature#asIs
 * as they are}: 1 for its own and 0 for the others. The outputs are those of the row's domain, so
 * that a row trains the towers of its domain only: the gradient of all others is exactly zero. A
 * row with several indicators gets the sum.
 *
 * @param inner the architecture of each domain; only with a loss of the tasks' own
 * @param indicators the features that say the domain, at least two
 */
public record DomainTowers(Architecture inner, List<String> indicators) implements Around {
  /** Copies the names. */
  public DomainTowers {
    indicators = List.copyOf(indicators);
    if (indicators.size() < 2) {
      throw new IllegalArgumentException(
          "towers by domain need at least two domains, but have " + indicators);
    }
  }

  @Override
  public String name() {
    return inner.name() + "+domains=" + String.join(",", indicators);
  }

  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>(inner.properties());
    properties.put("domains", indicators.toString());
    return properties;
  }

  /** {@inheritDoc} Refused: the indicators must be known by name. */
  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    throw new IllegalArgumentException(
        "towers by domain need to know the columns of "
            + indicators
            + ", not only the "
            + inputWidth
            + " columns of the input");
  }

  @Override
  public Plan plan(InputLayout input, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(input.width());
    List<Value> domains = new ArrayList<>();
    Map<String, List<Value>> outputs = new LinkedHashMap<>();
    for (String indicator : indicators) {
      domains.add(plan.columns(plan.input(), column(input, indicator), 1));
      plan.append(indicator + ".", inner.plan(input, tasks), plan.input())
          .forEach(
              (name, value) -> outputs.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    Value gates = plan.concat(domains);
    for (String name : outputs.keySet()) {
      List<Value> all = Objects.requireNonNull(outputs.get(name));
      plan.output(name, plan.mixture(gates, plan.concat(all), indicators.size()));
    }
    return plan.build();
  }

  private static int column(InputLayout input, String indicator) {
    for (DenseField field : input.dense()) {
      if (field.feature().equals(indicator)) {
        return field.offset();
      }
    }
    throw new UnknownNameException(
        "numeric feature", indicator, input.dense().stream().map(DenseField::feature).toList());
  }
}
