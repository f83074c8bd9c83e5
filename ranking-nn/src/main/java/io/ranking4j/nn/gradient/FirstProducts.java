package io.ranking4j.nn.gradient;

import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The products that read the input of a plan, side by side. Where nothing else reads it, whoever
 * knows where its columns come from may compute them without putting it together.
 *
 * @param inputWidth the columns of the input
 * @param products in the plan's order
 */
public record FirstProducts(int inputWidth, List<Product> products) {
  /**
   * One of them.
   *
   * @param step the product
   * @param firstRow the column of the input that the first row of its weights belongs to
   * @param column where it starts when all stand side by side
   */
  public record Product(Step.Dense step, int firstRow, int column) {
    /** How many columns it gives. */
    public int width() {
      return step.output().width();
    }
  }

  /** Copies the list. */
  public FirstProducts {
    products = List.copyOf(products);
  }

  /**
   * Finds them; empty where something else than a product reads the input, or one of them shares
   * its weights with another product.
   */
  public static Optional<FirstProducts> of(Plan plan) {
    Map<Integer, Integer> views = new HashMap<>();
    views.put(plan.input().id(), 0);
    List<Product> products = new ArrayList<>();
    int width = 0;
    for (Step step : plan.steps()) {
      if (!reads(step.inputs(), views)) {
        continue;
      }
      if (step instanceof Step.Dense dense) {
        products.add(new Product(dense, firstRow(views, dense.input()), width));
        width += dense.output().width();
      } else if (step instanceof Step.Columns columns) {
        views.put(columns.output().id(), firstRow(views, columns.input()) + columns.from());
      } else {
        return Optional.empty();
      }
    }
    boolean shared =
        products.stream().anyMatch(product -> uses(plan, product.step().weights()) > 1);
    return products.isEmpty() || shared || reads(plan.outputs().values(), views)
        ? Optional.empty()
        : Optional.of(new FirstProducts(plan.input().width(), products));
  }

  private static long uses(Plan plan, Parameter weights) {
    return plan.steps().stream()
        .filter(step -> step instanceof Step.Dense dense && dense.weights().equals(weights))
        .count();
  }

  private static int firstRow(Map<Integer, Integer> views, Value value) {
    return views.getOrDefault(value.id(), 0);
  }

  private static boolean reads(Collection<Value> values, Map<Integer, Integer> views) {
    return values.stream().anyMatch(value -> views.containsKey(value.id()));
  }

  /** The columns that all of them give. */
  public int width() {
    return products.stream().mapToInt(Product::width).sum();
  }
}
