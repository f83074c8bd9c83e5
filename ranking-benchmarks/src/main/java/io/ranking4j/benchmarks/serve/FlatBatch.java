package io.ranking4j.benchmarks.serve;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.plan.FrozenPlan;

/** Our network on a batch of rows that lies in its own memory already. Used by one thread. */
final class FlatBatch implements AutoCloseable {
  private final FrozenPlan plan;
  private final FrozenPlan.Execution execution;
  private final Matrix outputs;
  private final double[] shifts;
  private final float[] probabilities;

  FlatBatch(RankingModel model, float[] input, int rows, Kernels kernels) {
    this.plan = new FrozenPlan(model.plan(), model.parameters(), model.states(), kernels);
    this.execution = plan.execution(rows);
    execution.input().write(input);
    this.outputs = execution.outputs();
    this.shifts = model.outputs().stream().mapToDouble(FlatBatch::shift).toArray();
    this.probabilities = new float[rows * shifts.length];
  }

  private static double shift(TaskOutput output) {
    return output.logitShift() + output.intercept();
  }

  /** Computes the probabilities of all rows. */
  void run() {
    execution.run();
    outputs.memory().read(outputs.offset(), probabilities, 0, probabilities.length);
    for (int i = 0; i < probabilities.length; i++) {
      double logit = probabilities[i] + shifts[i % shifts.length];
      probabilities[i] = (float) (1 / (1 + Math.exp(-logit)));
    }
  }

  /** The probabilities of the last run, row after row. */
  float[] probabilities() {
    return probabilities.clone();
  }

  @Override
  public void close() {
    execution.close();
    plan.close();
  }
}
