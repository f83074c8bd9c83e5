package io.ranking4j.nn.gradient;

import io.ranking4j.runtime.plan.Layout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Which gradients are written first and which are added. Values share roots, so this is settled for
 * each root: where the first to write covers the whole of it, it replaces what was there and the
 * others add; where it covers a part only, the root is cleared before and all add.
 */
final class Contributions {
  private final Layout layout;
  private final boolean[] written;
  private final boolean[] cleared;

  Contributions(Plan plan, Layout layout) {
    this.layout = layout;
    this.written = new boolean[layout.size()];
    this.cleared = new boolean[layout.size()];
    boolean[] seen = new boolean[layout.size()];
    for (Value value : inOrder(plan, layout)) {
      int root = layout.root(value);
      if (!seen[root]) {
        seen[root] = true;
        cleared[root] = value.width() != layout.width(root);
      }
    }
  }

  /** The values whose gradients are written, in the order of the backward run. */
  private static List<Value> inOrder(Plan plan, Layout layout) {
    List<Value> order = new ArrayList<>();
    Value outputs = Layout.outputs(plan);
    order.add(outputs);
    layout.copiesInto(outputs).forEach(copy -> order.add(copy.source()));
    for (int i = plan.steps().size() - 1; i >= 0; i--) {
      Step step = plan.steps().get(i);
      if (step instanceof Step.Concat) {
        layout.copiesInto(step.output()).forEach(copy -> order.add(copy.source()));
      } else if (!(step instanceof Step.Columns)) {
        order.addAll(step.inputs());
      }
    }
    return order;
  }

  /** Whether the root must be cleared before the backward run. */
  boolean cleared(int root) {
    return cleared[root];
  }

  /**
   * Whether the next gradient of this value is added to what is there; call in order, once each.
   */
  boolean accumulates(Value value) {
    int root = layout.root(value);
    boolean accumulates = written[root] || cleared[root];
    written[root] = true;
    return accumulates;
  }
}
