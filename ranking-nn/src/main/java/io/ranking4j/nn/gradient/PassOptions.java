package io.ranking4j.nn.gradient;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is run in training.
 *
 * @param workers the threads that the rows of a batch are divided among. A plan that normalises
 *     over the batch is run by one thread, whatever their number
 * @param inputGradients the columns of the input whose gradient is needed; other columns of it are
 *     undefined
 * @param stage computes the first products of the batches that are asked for with it, or null
 */
public record PassOptions(
    Workers workers, List<ColumnRange> inputGradients, @Nullable InputStage stage) {
  /** Copies the list. */
  public PassOptions {
    inputGradients = List.copyOf(inputGradients);
  }

  /** Without a stage. */
  public PassOptions(Workers workers, List<ColumnRange> inputGradients) {
    this(workers, inputGradients, null);
  }

  /** One thread, and the gradient of the whole input. */
  public static PassOptions of(Plan plan) {
    return new PassOptions(Workers.single(), List.of(new ColumnRange(0, plan.input().width())));
  }

  /** Whether the rows of a batch can be divided: whether no row's output depends on the others. */
  public static boolean divisible(Plan plan) {
    return plan.steps().stream().noneMatch(Step.BatchNorm.class::isInstance);
  }

  /**
   * Some columns that stand side by side.
   *
   * @param from the first of them
   * @param count how many
   */
  public record ColumnRange(int from, int count) {
    /** Refuses an empty range. */
    public ColumnRange {
      if (from < 0 || count < 1) {
        throw new IllegalArgumentException("no columns: from " + from + ", count " + count);
      }
    }

    /** What this has in common with a value that starts at a column; its count may be below 1. */
    private static int[] overlap(ColumnRange range, int start, Value value) {
      int first = Math.max(range.from, start);
      int end = Math.min(range.from + range.count, start + value.width());
      return new int[] {first - start, end - first};
    }
  }

  /** The columns of a part of the input whose gradient is needed, counted from its own first. */
  List<ColumnRange> within(Value value, int start) {
    return inputGradients.stream()
        .map(range -> ColumnRange.overlap(range, start, value))
        .filter(overlap -> overlap[1] > 0)
        .map(overlap -> new ColumnRange(overlap[0], overlap[1]))
        .toList();
  }
}
