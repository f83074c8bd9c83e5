package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.input.DenseField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear term beside another architecture (Cheng et al. 2016): the numbers of chosen features,
 * weighted for each task, are added to its outputs. For rates, whose numbers are log-odds, it is
 * the model that adds up smoothed rates, of which the network then learns the rest. Weights start
 * at zero, so that outputs start where the other architecture's do.
 *
 * @param inner the other architecture
 * @param features with numbers: numeric ones that are not cut into buckets, rates and vectors;
 *     empty for all that the input has
 */
public record WideTerm(Architecture inner, List<String> features) implements Around {
  /** Copies the names. */
  public WideTerm {
    features = List.copyOf(features);
  }

  @Override
  public String name() {
    return inner.name() + "+wide";
  }

  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>(inner.properties());
    properties.put("wide", features.isEmpty() ? "all numbers" : features.toString());
    return properties;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where features are chosen by name; without, all columns are
   *     taken for numbers
   */
  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    if (!features.isEmpty()) {
      throw new IllegalArgumentException(
          "a wide term needs to know the columns of "
              + features
              + ", not only the "
              + inputWidth
              + " columns of the input");
    }
    PlanBuilder plan = new PlanBuilder(inputWidth);
    return plan(plan, inner.plan(inputWidth, tasks), tasks, List.of(plan.input()));
  }

  @Override
  public Plan plan(InputLayout input, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(input.width());
    // Neighbours are one product: no column is copied, and the first layer can still be taken
    // apart.
    List<Value> numbers = new ArrayList<>();
    int from = 0;
    int end = 0;
    for (DenseField field : fields(input)) {
      if (field.offset() != end && end > from) {
        numbers.add(plan.columns(plan.input(), from, end - from));
      }
      from = field.offset() == end ? from : field.offset();
      end = field.offset() + field.width();
    }
    numbers.add(plan.columns(plan.input(), from, end - from));
    return plan(plan, inner.plan(input, tasks), tasks, numbers);
  }

  private static Plan plan(PlanBuilder plan, Plan rest, TaskGraph tasks, List<Value> numbers) {
    Map<String, Value> outputs = plan.append("", rest, plan.input());
    for (String task : tasks.names()) {
      Value output = Heads.of(outputs, task);
      for (int i = 0; i < numbers.size(); i++) {
        String name = "wide." + task + "." + (i + 1);
        int width = output.width();
        Value term = plan.dense(name, numbers.get(i), width, new Start.Constant(0), null);
        output = plan.add(output, term);
      }
      outputs.put(task, output);
    }
    outputs.forEach(plan::output);
    return plan.build();
  }

  /** By their places in the input. */
  private List<DenseField> fields(InputLayout input) {
    List<String> known = input.dense().stream().map(DenseField::feature).toList();
    for (String feature : features) {
      if (!known.contains(feature)) {
        throw new UnknownNameException("numeric feature", feature, known);
      }
    }
    if (known.isEmpty()) {
      throw new IllegalArgumentException("a wide term needs numbers, but the input has none");
    }
    return input.dense().stream()
        .filter(field -> features.isEmpty() || features.contains(field.feature()))
        .sorted(Comparator.comparingInt(DenseField::offset))
        .toList();
  }
}
