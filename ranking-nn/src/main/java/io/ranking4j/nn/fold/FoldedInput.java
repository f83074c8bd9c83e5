package io.ranking4j.nn.fold;

import io.ranking4j.nn.gradient.FirstProducts;
import io.ranking4j.nn.gradient.InputStage;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.nn.optimizer.TableUpdater;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.embedding.Sums;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first layer of a network in training, with small embedding tables folded into it. A table
 * with fewer rows than a batch is multiplied by its weights row by row of the table, not of the
 * batch: {@code P = table W} once a step, after which a row of the batch adds the row of P that its
 * category has. Backward the derivatives by P are sums over the rows of a category, from which
 * {@code dTable = dP Wᵀ} and {@code dW = tableᵀ dP} follow. The numbers are those of the usual way
 * but for rounding. Large tables and numbers are gathered and multiplied as usual.
 *
 * <p>Reads the rows that were {@linkplain BatchRows#select selected} last, and the tables, at every
 * step. Used by one thread at a time; its own work is divided among the workers, in a fixed way.
 */
public final class FoldedInput implements InputStage, TableUpdater.TableGradients {
  /**
   * A table is folded when a batch has at least this many rows for each of its rows: below, adding
   * takes as long as multiplying.
   */
  private static final int LEAST_USE = 2;

  /** Narrower embeddings are multiplied faster than their products are added. */
  private static final int LEAST_WIDTH = 8;

  /** Fewer columns of folded tables are not worth the overhead. */
  private static final int LEAST_COLUMNS = 64;

  private static final float[] NOTHING = {};

  private final FirstProducts products;
  private final InputLayout layout;
  private final List<EmbeddingTable> tables;
  private final BatchRows rows;
  private final GradientKernels kernels;
  private final Workers workers;
  private final InputColumns columns;
  private final List<FoldedField> fields = new ArrayList<>();
  private final List<FoldedGroup> groups = new ArrayList<>();

  /** By table, the fields that it is folded for; none where it is not. */
  private final List<List<FoldedField>> byTable = new ArrayList<>();

  private final float[][] tableGradients;

  private FoldedInput(
      FirstProducts products,
      boolean[] folded,
      InputLayout layout,
      List<EmbeddingTable> tables,
      BatchRows rows,
      GradientKernels kernels,
      Workers workers,
      int batchSize) {
    this.products = products;
    this.layout = layout;
    this.tables = List.copyOf(tables);
    this.rows = rows;
    this.kernels = kernels;
    this.workers = workers;
    this.columns = InputColumns.of(layout, folded);
    tables.forEach(table -> byTable.add(new ArrayList<>()));
    for (EmbeddingField field : layout.embeddings()) {
      if (folded[field.index()]) {
        float[] table = tables.get(field.table()).values();
        FoldedField made = new FoldedField(field, table, products.width());
        fields.add(made);
        byTable.get(field.table()).add(made);
      }
    }
    this.tableGradients = new float[tables.size()][];
    for (int t = 0; t < tableGradients.length; t++) {
      List<FoldedField> of = byTable.get(t);
      // What one field alone gives need not be summed.
      tableGradients[t] =
          of.isEmpty()
              ? NOTHING
              : of.size() == 1
                  ? of.get(0).tableGradient()
                  : new float[tables.get(t).values().length];
    }
    group(batchSize / LEAST_USE);
  }

  /**
   * Looks for what can be folded.
   *
   * @param plan the network
   * @param layout of its input
   * @param tables in the layout's order; training writes into them
   * @param rows the rows of each batch, selected before its step
   * @param kernels what the plan runs with, on memory that the JVM can read
   * @param workers whom the work is divided among
   * @param batchSize the usual number of rows
   * @return empty where it is not worth while, or something else than a product reads the input
   */
  public static Optional<FoldedInput> of(
      Plan plan,
      InputLayout layout,
      List<EmbeddingTable> tables,
      BatchRows rows,
      GradientKernels kernels,
      Workers workers,
      int batchSize) {
    boolean[] folded = folded(layout, tables, batchSize);
    int saved =
        layout.embeddings().stream()
            .filter(field -> folded[field.index()])
            .mapToInt(EmbeddingField::width)
            .sum();
    return saved < LEAST_COLUMNS
        ? Optional.empty()
        : FirstProducts.of(plan)
            .map(
                first ->
                    new FoldedInput(
                        first, folded, layout, tables, rows, kernels, workers, batchSize));
  }

  private static boolean[] folded(InputLayout layout, List<EmbeddingTable> tables, int batchSize) {
    boolean[] small = new boolean[tables.size()];
    int largest = -1;
    for (int t = 0; t < small.length; t++) {
      int table = t;
      int size = tables.get(t).spec().rows();
      small[t] =
          (long) size * LEAST_USE <= batchSize
              && tables.get(t).spec().width() >= LEAST_WIDTH
              && layout.embeddings().stream()
                  .noneMatch(field -> field.table() == table && field.multiValued());
      if (largest < 0 || size > tables.get(largest).spec().rows()) {
        largest = t;
      }
    }
    // Something is left to be multiplied: the product is what adds the biases.
    if (layout.denseWidth() == 0 && largest >= 0) {
      small[largest] = false;
    }
    boolean[] folded = new boolean[layout.embeddings().size()];
    layout.embeddings().forEach(field -> folded[field.index()] = small[field.table()]);
    return folded;
  }

  /** Small fields join while their combinations are few. */
  private void group(int most) {
    List<FoldedField> sorted = new ArrayList<>(fields);
    sorted.sort(
        Comparator.comparingInt(FoldedField::rows)
            .thenComparingInt(field -> field.field().index()));
    List<FoldedField> group = new ArrayList<>();
    long combinations = 1;
    for (FoldedField field : sorted) {
      if (!group.isEmpty() && combinations * field.rows() > most) {
        groups.add(new FoldedGroup(group, products.width(), workers.count()));
        group = new ArrayList<>();
        combinations = 1;
      }
      group.add(field);
      combinations *= field.rows();
    }
    groups.add(new FoldedGroup(group, products.width(), workers.count()));
  }

  @Override
  public Set<Step.Dense> products() {
    return products.products().stream()
        .map(FirstProducts.Product::step)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Opened open(Memory parameters, List<Memory> gradients) {
    return new FoldedWeights(this, parameters, gradients);
  }

  @Override
  public float[] of(int table) {
    return tableGradients[table];
  }

  @Override
  public boolean touched(int table, int row) {
    for (FoldedField field : byTable.get(table)) {
      if (field.touched(row)) {
        return true;
      }
    }
    return false;
  }

  /** Sums what the fields of a table give, where there are several; for some of the tables. */
  void sumTables(int worker) {
    for (int t = worker; t < tableGradients.length; t += workers.count()) {
      List<FoldedField> of = byTable.get(t);
      if (of.size() > 1) {
        System.arraycopy(
            of.get(0).tableGradient(), 0, tableGradients[t], 0, tableGradients[t].length);
        for (FoldedField field : of.subList(1, of.size())) {
          Sums.add(tableGradients[t], field.tableGradient());
        }
      }
    }
  }

  FirstProducts firstProducts() {
    return products;
  }

  InputLayout layout() {
    return layout;
  }

  List<EmbeddingTable> tables() {
    return tables;
  }

  BatchRows rows() {
    return rows;
  }

  GradientKernels kernels() {
    return kernels;
  }

  Workers workers() {
    return workers;
  }

  InputColumns columns() {
    return columns;
  }

  /** Every worker has those whose number leaves its own when divided by the number of workers. */
  List<FoldedGroup> groups() {
    return groups;
  }
}
