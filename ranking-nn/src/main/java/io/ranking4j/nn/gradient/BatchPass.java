package io.ranking4j.nn.gradient;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A training plan for the rows of one batch, divided among the workers: each has a fixed part of
 * the rows, with memory of its own, and the gradients of the parameters are summed over the parts
 * in their order. The same rows give the same bits whenever the number of workers is the same.
 *
 * <p>Write the {@linkplain #writeInput input} of all rows, run {@link #forward}, then {@link
 * #backward}. Used by one thread at a time, but for the rows of different parts, which may be
 * written and read by different threads.
 */
public final class BatchPass implements AutoCloseable {
  /** Fewer rows a part are not worth a thread. */
  private static final int LEAST_ROWS = 16;

  /** The sums of gradients are divided at whole vectors. */
  private static final int VECTOR = 16;

  private final Workers workers;
  private final Kernels kernels;
  private final int rows;
  private final int inputWidth;
  private final int outputWidth;
  private final List<Pass> parts = new ArrayList<>();
  private final int[] from;
  private final InputStage.@Nullable Batch stage;

  /** By worker, the sums of its range of the gradients. */
  private final List<List<Op>> sums = new ArrayList<>();

  BatchPass(TrainingPlan training, int rows, InputStage.@Nullable Opened first) {
    this.workers = training.options().workers();
    this.kernels = training.kernels().forward();
    this.rows = rows;
    this.inputWidth = training.plan().input().width();
    this.outputWidth = training.plan().outputWidth();
    int count = Math.max(1, Math.min(training.parts(), rows / LEAST_ROWS));
    InputStage products = training.options().stage();
    Set<Step.Dense> outside = first == null || products == null ? Set.of() : products.products();
    from = new int[count + 1];
    for (int part = 0; part < count; part++) {
      from[part + 1] = (int) ((long) rows * (part + 1) / count);
      parts.add(
          new Pass(
              training,
              from[part + 1] - from[part],
              training.gradients(part),
              training.masks(part),
              outside));
    }
    stage = first == null ? null : first.batch(parts, from);
    int size = training.plan().parameterCount();
    for (int worker = 0; worker < workers.count(); worker++) {
      sums.add(new ArrayList<>());
      int start = VECTOR * workers.from(worker, size / VECTOR);
      int end =
          worker + 1 == workers.count() ? size : VECTOR * workers.from(worker + 1, size / VECTOR);
      for (int part = 1; part < count && end > start; part++) {
        Matrix total = Matrix.of(training.gradients(0), start, 1, end - start);
        Matrix more = Matrix.of(training.gradients(part), start, 1, end - start);
        sums.get(worker).add(kernels.add(total, more, total));
      }
    }
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** Into how many parts the rows are divided. */
  public int parts() {
    return parts.size();
  }

  /** The first row of a part; for the number of parts, that of rows. */
  public int from(int part) {
    return from[part];
  }

  /** Whether the first products are computed by a stage, which reads the input for itself. */
  public boolean staged() {
    return stage != null;
  }

  /**
   * Writes the input of some rows of one part; where there is no stage.
   *
   * @param row the first
   * @param count how many
   * @param source their columns, row after row
   */
  public void writeInput(int row, int count, float[] source) {
    int part = part(row);
    Matrix input = parts.get(part).input();
    int at = input.offset() + (row - from[part]) * inputWidth;
    input.memory().write(at, source, 0, count * inputWidth);
  }

  /** Writes the input of all rows, row after row; where there is no stage. */
  public void writeInput(float[] source) {
    for (int part = 0; part < parts.size(); part++) {
      Matrix input = parts.get(part).input();
      input
          .memory()
          .write(input.offset(), source, from[part] * inputWidth, input.rows() * inputWidth);
    }
  }

  /** The input of all rows: a copy. */
  public float[] input() {
    if (stage != null) {
      return stage.input();
    }
    float[] copy = new float[rows * inputWidth];
    for (int part = 0; part < parts.size(); part++) {
      read(parts.get(part).input(), part, copy);
    }
    return copy;
  }

  /**
   * Runs forward, with new dropout masks.
   *
   * @param outputs receives rows x outputs
   */
  public void forward(float[] outputs) {
    InputStage.Batch first = stage;
    if (first != null) {
      first.prepare();
    }
    workers.run(
        worker -> {
          if (worker < parts.size()) {
            Pass pass = parts.get(worker);
            if (first != null) {
              first.forward(worker);
            }
            pass.forward();
            read(pass.outputs(), worker, outputs);
          }
        });
  }

  /**
   * Runs backward.
   *
   * @param outputGradient rows x outputs
   */
  public void backward(float[] outputGradient) {
    InputStage.Batch first = stage;
    workers.run(
        worker -> {
          if (worker < parts.size()) {
            Pass pass = parts.get(worker);
            Matrix gradient = pass.outputGradient();
            gradient
                .memory()
                .write(
                    gradient.offset(),
                    outputGradient,
                    from[worker] * outputWidth,
                    gradient.rows() * outputWidth);
            pass.backward();
            if (first != null) {
              first.backward(worker);
            }
          }
        });
    if (parts.size() > 1) {
      workers.run(this::sum);
    }
    if (first != null) {
      first.finish();
    }
  }

  private void sum(int worker) {
    int entered = kernels.enter();
    try {
      sums.get(worker).forEach(Op::run);
    } finally {
      kernels.leave(entered);
    }
  }

  /**
   * Reads the derivative by the input of some rows, in the columns that were asked for; the others
   * are undefined.
   *
   * @param row the first
   * @param count how many
   * @param target receives their columns, row after row
   */
  public void readInputGradient(int row, int count, float[] target) {
    if (stage != null) {
      stage.readInputGradient(row, count, target);
      return;
    }
    int end = row + count;
    int to = 0;
    for (int next = row; next < end; ) {
      int part = part(next);
      int some = Math.min(end, from[part + 1]) - next;
      Matrix gradient = parts.get(part).inputGradient();
      int at = gradient.offset() + (next - from[part]) * inputWidth;
      gradient.memory().read(at, target, to, some * inputWidth);
      to += some * inputWidth;
      next += some;
    }
  }

  /** The derivative by the input of all rows: a copy. */
  public float[] inputGradient() {
    float[] copy = new float[rows * inputWidth];
    for (int part = 0; part < parts.size(); part++) {
      read(parts.get(part).inputGradient(), part, copy);
    }
    return copy;
  }

  private void read(Matrix matrix, int part, float[] target) {
    int width = matrix.columns();
    matrix.memory().read(matrix.offset(), target, from[part] * width, matrix.rows() * width);
  }

  private int part(int row) {
    int part = 0;
    while (row >= from[part + 1]) {
      part++;
    }
    return part;
  }

  /** The parts, in the order of their rows. */
  List<Pass> passes() {
    return parts;
  }

  /** Frees its memory. */
  @Override
  public void close() {
    if (stage != null) {
      stage.close();
    }
    parts.forEach(Pass::close);
  }
}
