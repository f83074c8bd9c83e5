package io.ranking4j.runtime.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Where the values of a plan lie: values that stand side by side in another one are stored inside
 * of it, so that concatenation and picking of columns cost nothing. Values that are nobody's part
 * are roots, and have memory of their own. The outputs of the plan lie side by side in one more
 * root. Immutable.
 */
public final class Layout {
  private final int[] base;
  private final int[] column;
  private final int[] width;
  private final List<Copy> copies = new ArrayList<>();

  /**
   * A part of a concatenation that lies elsewhere already, and must be copied into its place.
   *
   * @param source the value
   * @param target the value that it is a part of
   * @param column where it starts in there
   */
  public record Copy(Value source, Value target, int column) {}

  private Layout(int values) {
    base = new int[values];
    column = new int[values];
    width = new int[values];
    for (int v = 0; v < values; v++) {
      base[v] = v;
    }
  }

  /**
   * Lays out the values of a plan.
   *
   * @param plan the plan
   * @param steps the steps that will run, which may be fewer than the plan's own
   */
  public static Layout of(Plan plan, Collection<Step> steps) {
    Layout layout = new Layout(plan.valueCount() + 1);
    layout.width[0] = plan.input().width();
    for (Step step : steps) {
      Value output = step.output();
      layout.width[output.id()] = output.width();
      if (step instanceof Step.Columns columns) {
        layout.base[output.id()] = columns.input().id();
        layout.column[output.id()] = columns.from();
      } else if (step instanceof Step.Concat concat) {
        layout.place(concat.inputs(), output);
      }
    }
    Value all = outputs(plan);
    layout.width[all.id()] = all.width();
    layout.place(plan.outputs().values(), all);
    return layout;
  }

  /** The value that holds all outputs side by side, in the plan's order. */
  public static Value outputs(Plan plan) {
    return new Value(plan.valueCount(), plan.outputWidth());
  }

  private void place(Collection<Value> parts, Value whole) {
    int at = 0;
    for (Value part : parts) {
      if (part.id() != 0 && base[part.id()] == part.id()) {
        base[part.id()] = whole.id();
        column[part.id()] = at;
      } else {
        copies.add(new Copy(part, whole, at));
      }
      at += part.width();
    }
  }

  /** The root that a value lies in; itself for a root. */
  public int root(Value value) {
    int v = value.id();
    while (base[v] != v) {
      v = base[v];
    }
    return v;
  }

  /** The column of its root that a value starts at. */
  public int column(Value value) {
    int v = value.id();
    int at = 0;
    while (base[v] != v) {
      at += column[v];
      v = base[v];
    }
    return at;
  }

  /** The columns of a root, or 0 where no step that runs gives it. */
  public int width(int root) {
    return width[root];
  }

  /** How many values were laid out, the outputs' root last. */
  public int size() {
    return base.length;
  }

  /** Whether the value has memory of its own. */
  public boolean isRoot(int value) {
    return base[value] == value && width[value] > 0;
  }

  /** The parts to be copied into this value before it is read. */
  public List<Copy> copiesInto(Value target) {
    List<Copy> some = new ArrayList<>();
    for (Copy copy : copies) {
      if (copy.target().id() == target.id()) {
        some.add(copy);
      }
    }
    return List.copyOf(some);
  }
}
