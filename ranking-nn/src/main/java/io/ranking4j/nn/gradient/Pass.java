package io.ranking4j.nn.gradient;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.plan.Arena;
import io.ranking4j.runtime.plan.Layout;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A training plan for a fixed number of rows: write the {@link #input()}, run {@link #forward()},
 * write the {@link #outputGradient()}, run {@link #backward()}; the gradients of the parameters are
 * then in the memory that it was made for, and the input's in {@link #inputGradient()}. Used by one
 * thread at a time; several passes of a plan may run side by side.
 */
public final class Pass implements AutoCloseable {
  private final TrainingPlan training;
  private final GradientKernels kernels;
  private final Layout layout;
  private final int rows;
  private final Memory parameterGradients;
  private final DropoutMasks masks;
  private final Arena values;
  private final Arena gradients;
  private final Contributions contributions;
  private final List<Memory> owned = new ArrayList<>();
  private final List<Op> forward = new ArrayList<>();
  private final List<Op> backward = new ArrayList<>();

  /** Parameters whose gradient was begun, as far as gradients are bound. */
  private final Set<Parameter> begun = new HashSet<>();

  /** Bind the gradients of the steps; filled step after step, emptied from the last one on. */
  private final Deque<Runnable> gradientsToBind = new ArrayDeque<>();

  /**
   * Makes one.
   *
   * @param parameterGradients receives the gradients of the parameters
   * @param masks draws the dropout masks
   * @param outside products that somebody else computes, before and after
   */
  Pass(
      TrainingPlan training,
      int rows,
      Memory parameterGradients,
      DropoutMasks masks,
      Set<Step.Dense> outside) {
    this.training = training;
    this.kernels = training.kernels();
    this.layout = training.layout();
    this.rows = rows;
    this.parameterGradients = parameterGradients;
    this.masks = masks;
    this.values = new Arena(layout, rows, kernels.forward());
    this.gradients = new Arena(layout, rows, kernels.forward());
    this.contributions = new Contributions(training.plan(), layout);
    training.plan().steps().stream()
        .filter(step -> !(step instanceof Step.Dense dense && outside.contains(dense)))
        .forEach(this::bind);
    Value outputs = Layout.outputs(training.plan());
    bindCopies(outputs);
    clearRoots();
    contributions.accumulates(outputs);
    while (!gradientsToBind.isEmpty()) {
      gradientsToBind.pop().run();
    }
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** Rows x input width, without gaps: to be written before a forward run. */
  public Matrix input() {
    return values.matrix(training.plan().input());
  }

  /** Rows x output width, without gaps: what the last forward run gave. */
  public Matrix outputs() {
    return values.matrix(Layout.outputs(training.plan()));
  }

  /** Rows x output width, without gaps: to be written before a backward run. */
  public Matrix outputGradient() {
    return gradients.matrix(Layout.outputs(training.plan()));
  }

  /**
   * Rows x input width, without gaps: what the last backward run gave, in the columns that were
   * asked for; the others are undefined.
   */
  public Matrix inputGradient() {
    return gradients.matrix(training.plan().input());
  }

  /** Runs forward, with the batch's own statistics and new dropout masks. */
  public void forward() {
    run(forward);
  }

  /** Runs backward. */
  public void backward() {
    run(backward);
  }

  private void run(List<Op> ops) {
    int entered = kernels.forward().enter();
    try {
      ops.forEach(Op::run);
    } finally {
      kernels.forward().leave(entered);
    }
  }

  /** Frees its memory. */
  @Override
  public void close() {
    values.close();
    gradients.close();
    owned.forEach(Memory::close);
  }

  private Matrix own(int ofRows, int columns) {
    Memory memory = kernels.forward().allocate(ofRows * columns);
    owned.add(memory);
    return Matrix.of(memory, 0, ofRows, columns);
  }

  /** Rows x width of a value: what the last forward run gave. */
  public Matrix value(Value value) {
    return values.matrix(value);
  }

  /** Rows x width of a value: the derivative by it that the last backward run gave. */
  public Matrix gradient(Value value) {
    return gradients.matrix(value);
  }

  private Matrix gradient(Parameter parameter) {
    return Matrix.of(parameterGradients, parameter.offset(), parameter.rows(), parameter.columns());
  }

  private void clearRoots() {
    int widest = 0;
    for (int root = 0; root < layout.size(); root++) {
      if (layout.isRoot(root) && contributions.cleared(root)) {
        widest = Math.max(widest, layout.width(root));
      }
    }
    if (widest == 0) {
      return;
    }
    Memory zeros = own(rows, widest).memory();
    for (int root = 0; root < layout.size(); root++) {
      if (layout.isRoot(root) && contributions.cleared(root)) {
        Matrix zero = Matrix.of(zeros, 0, rows, layout.width(root));
        backward.add(kernels.transfer(zero, gradients.root(root), false));
      }
    }
  }

  private void bind(Step step) {
    if (step instanceof Step.Dense dense) {
      bindDense(dense);
    } else if (step instanceof Step.Activate activate) {
      bindActivate(activate);
    } else if (step instanceof Step.BatchNorm norm) {
      bindBatchNorm(norm);
    } else if (step instanceof Step.Dropout dropout) {
      bindDropout(dropout);
    } else if (step instanceof Step.Add add) {
      forward.add(
          kernels.forward().add(value(add.left()), value(add.right()), value(add.output())));
      gradientsToBind.push(
          () -> {
            transferGradient(gradient(add.output()), add.left());
            transferGradient(gradient(add.output()), add.right());
          });
    } else if (step instanceof Step.Multiply multiply) {
      bindMultiply(multiply);
    } else if (step instanceof Step.LogitOfProduct product) {
      bindLogitOfProduct(product);
    } else if (step instanceof Step.Concat concat) {
      bindCopies(concat.output());
    } else if (step instanceof Step.Softmax softmax) {
      bindSoftmax(softmax);
    } else if (step instanceof Step.Mixture mixture) {
      bindMixture(mixture);
    } else if (step instanceof Step.Dot dot) {
      bindDot(dot);
    } else if (step instanceof Step.Pairs pairs) {
      bindPairs(pairs);
    } else if (!(step instanceof Step.Columns)) {
      throw new IllegalStateException("a step that cannot be trained: " + step);
    }
  }

  private void bindDense(Step.Dense dense) {
    Matrix x = value(dense.input());
    Matrix w = training.parameter(dense.weights());
    Matrix b = parameterOrNull(dense.bias());
    Matrix y = value(dense.output());
    forward.add(kernels.forward().dense(x, w, Epilogue.of(b, Activation.NONE), y, false));
    gradientsToBind.push(
        () -> {
          Matrix dy = gradient(dense.output());
          Matrix db = dense.bias() == null ? null : gradient(dense.bias());
          // Of a product that is used several times, the last one replaces and the others add.
          boolean again = !begun.add(dense.weights());
          backward.add(kernels.denseWeightGradient(x, dy, gradient(dense.weights()), db, again));
          denseInputGradient(dense.input(), dy, w);
        });
  }

  /** Of the network's own input only the columns that somebody needs. */
  private void denseInputGradient(Value input, Matrix dy, Matrix w) {
    boolean accumulate = contributions.accumulates(input);
    Matrix dx = gradient(input);
    if (layout.root(input) != training.plan().input().id()) {
      backward.add(kernels.denseInputGradient(dy, w, dx, accumulate));
      return;
    }
    for (PassOptions.ColumnRange range : training.options().within(input, layout.column(input))) {
      Matrix rowsOfW =
          new Matrix(
              w.memory(),
              w.offset() + range.from() * w.stride(),
              range.count(),
              w.columns(),
              w.stride());
      Matrix columns = dx.columns(range.from(), range.count());
      backward.add(kernels.denseInputGradient(dy, rowsOfW, columns, accumulate));
    }
  }

  private void bindActivate(Step.Activate activate) {
    Matrix x = value(activate.input());
    Matrix y = value(activate.output());
    Matrix slope = parameterOrNull(activate.slope());
    Epilogue epilogue = new Epilogue(null, activate.activation(), slope, null, null, null);
    forward.add(kernels.forward().elementwise(x, epilogue, y));
    gradientsToBind.push(
        () -> {
          Parameter parameter = activate.slope();
          Matrix dx = gradient(activate.input());
          boolean accumulate = contributions.accumulates(activate.input());
          // Accumulating would add to the slopes' gradients too, which must be replaced.
          boolean aside = accumulate && parameter != null;
          Matrix target = aside ? own(rows, dx.columns()) : dx;
          backward.add(
              kernels.activationGradient(
                  activate.activation(),
                  x,
                  y,
                  slope,
                  gradient(activate.output()),
                  target,
                  parameter == null ? null : gradient(parameter),
                  accumulate && !aside));
          if (aside) {
            backward.add(kernels.transfer(target, dx, true));
          }
        });
  }

  private void bindBatchNorm(Step.BatchNorm norm) {
    int width = norm.input().width();
    Matrix x = value(norm.input());
    Matrix gamma = training.parameter(norm.gamma());
    Matrix mean = own(1, width);
    Matrix variance = own(1, width);
    forward.add(
        kernels.batchNorm(
            x,
            gamma,
            training.parameter(norm.beta()),
            mean,
            variance,
            training.state(norm.meanOffset(), width),
            training.state(norm.varianceOffset(), width),
            norm.momentum(),
            norm.epsilon(),
            value(norm.output())));
    gradientsToBind.push(
        () ->
            backward.add(
                kernels.batchNormGradient(
                    x,
                    gamma,
                    mean,
                    variance,
                    norm.epsilon(),
                    gradient(norm.output()),
                    gradient(norm.input()),
                    gradient(norm.gamma()),
                    gradient(norm.beta()),
                    contributions.accumulates(norm.input()))));
  }

  private void bindDropout(Step.Dropout dropout) {
    Matrix mask = own(rows, dropout.input().width());
    forward.add(() -> masks.draw(dropout.rate(), mask));
    forward.add(kernels.forward().multiply(value(dropout.input()), mask, value(dropout.output())));
    gradientsToBind.push(() -> multiplyGradient(mask, dropout.output(), dropout.input()));
  }

  private void bindMultiply(Step.Multiply multiply) {
    Matrix left = value(multiply.left());
    Matrix right = value(multiply.right());
    forward.add(kernels.forward().multiply(left, right, value(multiply.output())));
    gradientsToBind.push(
        () -> {
          multiplyGradient(right, multiply.output(), multiply.left());
          multiplyGradient(left, multiply.output(), multiply.right());
        });
  }

  private void multiplyGradient(Matrix factor, Value output, Value input) {
    boolean accumulate = contributions.accumulates(input);
    backward.add(kernels.multiplyGradient(factor, gradient(output), gradient(input), accumulate));
  }

  private void bindLogitOfProduct(Step.LogitOfProduct product) {
    Matrix a = value(product.left());
    Matrix b = value(product.right());
    forward.add(kernels.forward().logitOfProduct(a, b, value(product.output())));
    gradientsToBind.push(
        () ->
            backward.add(
                kernels.logitOfProductGradient(
                    a,
                    b,
                    gradient(product.output()),
                    gradient(product.left()),
                    gradient(product.right()),
                    contributions.accumulates(product.left()),
                    contributions.accumulates(product.right()))));
  }

  private void bindSoftmax(Step.Softmax softmax) {
    Matrix y = value(softmax.output());
    forward.add(kernels.forward().softmax(value(softmax.input()), softmax.groups(), y));
    gradientsToBind.push(
        () ->
            backward.add(
                kernels.softmaxGradient(
                    y,
                    softmax.groups(),
                    gradient(softmax.output()),
                    gradient(softmax.input()),
                    contributions.accumulates(softmax.input()))));
  }

  private void bindMixture(Step.Mixture mixture) {
    Matrix weights = value(mixture.weights());
    Matrix values = value(mixture.values());
    forward.add(
        kernels.forward().mixture(weights, values, mixture.count(), value(mixture.output())));
    gradientsToBind.push(
        () ->
            backward.add(
                kernels.mixtureGradient(
                    weights,
                    values,
                    mixture.count(),
                    gradient(mixture.output()),
                    gradient(mixture.weights()),
                    gradient(mixture.values()),
                    contributions.accumulates(mixture.weights()),
                    contributions.accumulates(mixture.values()))));
  }

  private void bindDot(Step.Dot dot) {
    Matrix left = value(dot.left());
    Matrix right = value(dot.right());
    forward.add(kernels.forward().dot(left, right, dot.scale(), value(dot.output())));
    gradientsToBind.push(
        () -> {
          dotGradient(dot, right, dot.left());
          dotGradient(dot, left, dot.right());
        });
  }

  private void dotGradient(Step.Dot dot, Matrix factor, Value input) {
    boolean accumulate = contributions.accumulates(input);
    Matrix dOut = gradient(dot.output());
    backward.add(kernels.dotGradient(factor, dot.scale(), dOut, gradient(input), accumulate));
  }

  private void bindPairs(Step.Pairs pairs) {
    Matrix x = value(pairs.input());
    forward.add(kernels.forward().pairs(x, value(pairs.output())));
    gradientsToBind.push(
        () ->
            backward.add(
                kernels.pairsGradient(
                    x,
                    gradient(pairs.output()),
                    gradient(pairs.input()),
                    contributions.accumulates(pairs.input()))));
  }

  private void bindCopies(Value target) {
    List<Layout.Copy> copies = layout.copiesInto(target);
    for (Layout.Copy copy : copies) {
      Matrix place = value(target).columns(copy.column(), copy.source().width());
      forward.add(kernels.transfer(value(copy.source()), place, false));
    }
    gradientsToBind.push(
        () -> {
          for (Layout.Copy copy : copies) {
            Matrix place = gradient(target).columns(copy.column(), copy.source().width());
            transferGradient(place, copy.source());
          }
        });
  }

  private void transferGradient(Matrix source, Value target) {
    backward.add(kernels.transfer(source, gradient(target), contributions.accumulates(target)));
  }

  private @Nullable Matrix parameterOrNull(@Nullable Parameter parameter) {
    return parameter == null ? null : training.parameter(parameter);
  }
}
