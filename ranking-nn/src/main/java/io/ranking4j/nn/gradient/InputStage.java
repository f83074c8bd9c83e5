package io.ranking4j.nn.gradient;

import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Step;
import java.util.List;
import java.util.Set;

/**
 * Computes the first products of a plan, and their gradients, from the data itself, in place of the
 * passes: these then start from what the products give.
 */
public interface InputStage {
  /** What passes leave out. */
  Set<Step.Dense> products();

  /**
   * Starts to work on memory that somebody else owns.
   *
   * @param parameters of the plan; read only
   * @param gradients by part, where the gradients of the parameters are put; those of all parts are
   *     summed before {@link Batch#finish}
   */
  Opened open(Memory parameters, List<Memory> gradients);

  /** What works on one memory of parameters; owns what it allocated. */
  interface Opened extends AutoCloseable {
    /**
     * Binds the passes of a batch.
     *
     * @param passes its parts; they write no gradients for the products' weights
     * @param from the first row of each part
     */
    Batch batch(List<Pass> passes, int[] from);

    @Override
    void close();
  }

  /** A number of rows; owns what it allocated. */
  interface Batch extends AutoCloseable {
    /** What comes before all parts' {@link #forward}; called while no worker is busy. */
    void prepare();

    /** Writes the values of the products of a part; called by the part's worker. */
    void forward(int part);

    /** Reads the gradients of those values; called by the part's worker. */
    void backward(int part);

    /**
     * What comes after all parts' {@link #backward} and the sums of their gradients; called while
     * no worker is busy. Replaces the gradients of the products' weights in the first part's
     * memory.
     */
    void finish();

    /**
     * Reads some rows of the derivative by the input, in the columns that this stage has left as
     * they were; the others are undefined. Called by several threads at once.
     *
     * @param row the first
     * @param count how many
     * @param target receives their columns, row after row
     */
    void readInputGradient(int row, int count, float[] target);

    /** The whole input of all rows: a copy. */
    float[] input();

    @Override
    void close();
  }
}
