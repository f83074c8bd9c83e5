package io.ranking4j.nn.fold;

import io.ranking4j.nn.gradient.FirstProducts.Product;
import io.ranking4j.nn.gradient.InputStage;
import io.ranking4j.nn.gradient.Pass;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.plan.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The weights of the first products side by side, in the order of {@link InputColumns}, with their
 * gradients, and the products of the folded tables with them.
 */
final class FoldedWeights implements InputStage.Opened {
  private final FoldedInput input;
  private final GradientKernels kernels;
  private final Memory parameters;
  private final List<Memory> gradients;
  private final List<Memory> owned = new ArrayList<>();
  private final Matrix weights;

  /** Those of folded fields; those of gathered columns are in {@link #gathered}. */
  private final Matrix weightGradients;

  /** By part, the gradients of the weights of gathered columns. */
  private final List<Matrix> gathered = new ArrayList<>();

  /** Copies of weights to where they stand side by side. */
  private final List<Op> collect = new ArrayList<>();

  /** Copies of their gradients back, each a list for parts one after the other. */
  private final List<List<Op>> deliver = new ArrayList<>();

  private final List<Folding> foldings = new ArrayList<>();

  /** The operations of one field, on memory that the fields of a worker share. */
  private record Folding(
      FoldedField field,
      Matrix table,
      Matrix products,
      Matrix tableGradient,
      Op multiply,
      Op byTable,
      Op byWeights,
      int worker) {}

  FoldedWeights(FoldedInput input, Memory parameters, List<Memory> gradients) {
    this.input = input;
    this.kernels = input.kernels();
    this.parameters = parameters;
    this.gradients = gradients;
    InputColumns columns = input.columns();
    int width = input.firstProducts().width();
    this.weights = own(columns.all(), width);
    this.weightGradients = own(columns.all(), width);
    gradients.forEach(part -> gathered.add(own(columns.gathered(), width)));
    for (InputColumns.Range range : columns.ranges()) {
      input.firstProducts().products().forEach(product -> bindCopies(range, product));
    }
    int workers = input.workers().count();
    int largest =
        input.groups().stream()
            .flatMap(group -> Arrays.stream(group.fields()))
            .mapToInt(FoldedField::rows)
            .max()
            .orElse(1);
    for (int worker = 0; worker < workers; worker++) {
      Memory products = own(largest, width).memory();
      for (int g = worker; g < input.groups().size(); g += workers) {
        for (FoldedField field : input.groups().get(g).fields()) {
          foldings.add(fold(field, products, worker));
        }
      }
    }
  }

  private Matrix own(int rows, int columns) {
    Memory memory = kernels.forward().allocate(rows * columns);
    owned.add(memory);
    return Matrix.of(memory, 0, rows, columns);
  }

  private static Matrix rows(Matrix matrix, int from, int count) {
    return new Matrix(
        matrix.memory(),
        matrix.offset() + from * matrix.stride(),
        count,
        matrix.columns(),
        matrix.stride());
  }

  /** What a product and a range of columns have in common is copied in one piece. */
  private void bindCopies(InputColumns.Range range, Product product) {
    Parameter parameter = product.step().weights();
    int from = Math.max(range.from(), product.firstRow());
    int end = Math.min(range.from() + range.count(), product.firstRow() + parameter.rows());
    if (from >= end) {
      return;
    }
    int count = end - from;
    int offset = parameter.offset() + (from - product.firstRow()) * parameter.columns();
    int at = range.at() + from - range.from();
    Matrix source = Matrix.of(parameters, offset, count, parameter.columns());
    Matrix target = Matrix.of(gradients.get(0), offset, count, parameter.columns());
    collect.add(kernels.transfer(source, place(weights, at, count, product), false));
    List<Op> parts = new ArrayList<>();
    if (range.at() < input.columns().gathered()) {
      for (int part = 0; part < gathered.size(); part++) {
        Matrix gradient = place(gathered.get(part), at, count, product);
        parts.add(kernels.transfer(gradient, target, part > 0));
      }
    } else {
      parts.add(kernels.transfer(place(weightGradients, at, count, product), target, false));
    }
    deliver.add(parts);
  }

  private static Matrix place(Matrix matrix, int at, int count, Product product) {
    return rows(matrix, at, count).columns(product.column(), product.width());
  }

  private Folding fold(FoldedField field, Memory products, int worker) {
    int width = weights.columns();
    int columns = field.field().width();
    int at = input.columns().places()[field.field().index()];
    Matrix table = own(field.rows(), columns);
    Matrix tableGradient = own(field.rows(), columns);
    Matrix product = Matrix.of(products, 0, field.rows(), width);
    Matrix w = rows(weights, at, columns);
    return new Folding(
        field,
        table,
        product,
        tableGradient,
        kernels.forward().dense(table, w, Epilogue.of(null, Activation.NONE), product, false),
        kernels.denseInputGradient(product, w, tableGradient, false),
        kernels.denseWeightGradient(
            table, product, rows(weightGradients, at, columns), null, false),
        worker);
  }

  @Override
  public InputStage.Batch batch(List<Pass> passes, int[] from) {
    return new FoldedBatch(input, this, passes, from);
  }

  /** The weights of the gathered columns, for one of the products: a view. */
  Matrix gatheredWeights(Product product, int count) {
    return place(weights, 0, count, product);
  }

  /** Their gradients in one part: a view. */
  Matrix gatheredGradients(Product product, int part) {
    return place(gathered.get(part), 0, input.columns().gathered(), product);
  }

  Matrix parameter(Parameter parameter) {
    return Matrix.of(parameters, parameter.offset(), parameter.rows(), parameter.columns());
  }

  Matrix gradient(Parameter parameter, int part) {
    return Matrix.of(
        gradients.get(part), parameter.offset(), parameter.rows(), parameter.columns());
  }

  /** Multiplies the tables, as they are now, by the weights, as they are now. */
  void multiply() {
    run(
        worker -> {
          for (int i = worker; i < collect.size(); i += input.workers().count()) {
            collect.get(i).run();
          }
        });
    run(
        worker -> {
          foldings.stream().filter(f -> f.worker == worker).forEach(FoldedWeights::multiply);
          forGroups(worker, group -> group.select(input.rows()));
        });
  }

  private static void multiply(Folding folding) {
    FoldedField field = folding.field;
    folding.table.write(field.table());
    folding.multiply.run();
    for (int row = 0; row < field.rows(); row++) {
      folding.products.readRow(row, field.products()[row]);
    }
  }

  /** Brings the gradients of the sums of so many parts to the tables and to the weights. */
  void deliver(int parts) {
    float[] zeros = new float[weights.columns()];
    run(
        worker -> {
          forGroups(worker, FoldedGroup::spreadGradients);
          foldings.stream()
              .filter(folding -> folding.worker == worker)
              .forEach(folding -> deliver(folding, zeros));
        });
    run(
        worker -> {
          input.sumTables(worker);
          for (int i = worker; i < deliver.size(); i += input.workers().count()) {
            deliver.get(i).stream().limit(parts).forEach(Op::run);
          }
        });
  }

  private static void deliver(Folding folding, float[] zeros) {
    FoldedField field = folding.field;
    for (int row = 0; row < field.rows(); row++) {
      folding.products.writeRow(row, field.touched(row) ? field.gradients()[row] : zeros);
    }
    folding.byTable.run();
    folding.byWeights.run();
    Matrix gradient = folding.tableGradient;
    gradient
        .memory()
        .read(gradient.offset(), field.tableGradient(), 0, field.tableGradient().length);
  }

  private void forGroups(int worker, Consumer<FoldedGroup> work) {
    for (int g = worker; g < input.groups().size(); g += input.workers().count()) {
      work.accept(input.groups().get(g));
    }
  }

  private void run(IntConsumer work) {
    input
        .workers()
        .run(
            worker -> {
              int entered = kernels.forward().enter();
              try {
                work.accept(worker);
              } finally {
                kernels.forward().leave(entered);
              }
            });
  }

  @Override
  public void close() {
    owned.forEach(Memory::close);
  }
}
