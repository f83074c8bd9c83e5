package io.ranking4j.nn.training;

import io.ranking4j.nn.dl4j.GraphState;
import io.ranking4j.nn.dl4j.PlanNetwork;
import io.ranking4j.nn.dl4j.StepRate;
import io.ranking4j.nn.gradient.BatchPass;
import io.ranking4j.nn.gradient.PassOptions.ColumnRange;
import io.ranking4j.nn.loss.LossBatch;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.nn.optimizer.RowMemory;
import io.ranking4j.nn.optimizer.TableUpdater;
import io.ranking4j.nn.optimizer.WeightAverage;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step: the workers gather the inputs of their rows, the graph does forward, loss, backward and
 * update of its parameters, the workers take those into the average and update the tables.
 */
final class TrainingStep implements Stateful {
  /** Most rows that are assembled before they are written. */
  private static final int BLOCK_ROWS = 32;

  /** Most floats of them, but for a single row: what the first-level cache holds. */
  private static final int BLOCK_FLOATS = 4096;

  static final String NUMBER = "step";
  static final String GRAPH = "graph";
  private static final String ROWS = "rows";
  private static final String AVERAGE = "average";
  static final String TABLE = "table";
  static final String VALUES = "values";

  private final ComputationGraph graph;
  private final PlanNetwork network;
  private final TrainingData data;
  private final BatchRows rows;
  private final List<EmbeddingTable> tables;
  private final TableUpdater updater;
  private final double tableLearningRate;
  private final StepRate factor;
  private final @Nullable WeightAverage average;
  private final WeightAverage.Numbers parameters;
  private final WeightAverage.Numbers states;
  private final TableUpdater.TableGradients folded;
  private final Workers workers;

  /** Rows that are assembled before they are written. */
  private final int block;

  private final int width;

  /** By worker, so many rows of the input. */
  private final float[][] inputs;

  /** By worker, what keeps reading ahead from being optimised away. */
  private final float[] preloaded;

  private int number;

  TrainingStep(
      ComputationGraph graph,
      TrainingData data,
      BatchRows rows,
      InputLayout layout,
      List<EmbeddingTable> tables,
      TrainerOptions options,
      StepRate factor,
      @Nullable WeightAverage average,
      TableUpdater.TableGradients folded,
      Workers workers) {
    this.graph = graph;
    this.network = (PlanNetwork) graph.getOutputLayer(0);
    this.data = data;
    this.rows = rows;
    this.tables = List.copyOf(tables);
    this.updater = new TableUpdater(layout, tables, options.tables(), average, workers);
    this.tableLearningRate = options.tables().learningRate();
    this.factor = factor;
    this.average = average;
    this.parameters = numbers(network.parameters().length, network::readParameters);
    this.states = numbers(network.states().length, network::readStates);
    this.folded = folded;
    this.workers = workers;
    this.preloaded = new float[workers.count()];
    this.width = layout.width();
    this.block = Math.max(1, Math.min(BLOCK_ROWS, BLOCK_FLOATS / width));
    this.inputs = new float[workers.count()][block * width];
  }

  private interface Reader {
    void read(int from, float[] target, int count);
  }

  private static WeightAverage.Numbers numbers(int count, Reader reader) {
    return new WeightAverage.Numbers() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public void read(int from, float[] target, int some) {
        reader.read(from, target, some);
      }
    };
  }

  /** The columns of the input that come from tables, and so need a gradient. */
  static List<ColumnRange> learnedColumns(InputLayout layout) {
    List<ColumnRange> ranges = new ArrayList<>();
    for (Side side : Side.values()) {
      int start = side == Side.CONTEXT ? 0 : layout.contextWidth();
      int width =
          layout.embeddings().stream()
              .filter(field -> field.part() == side)
              .mapToInt(EmbeddingField::width)
              .sum();
      int last = ranges.size() - 1;
      if (width == 0) {
        continue;
      }
      if (last >= 0 && ranges.get(last).from() + ranges.get(last).count() == start) {
        ranges.set(
            last, new ColumnRange(ranges.get(last).from(), ranges.get(last).count() + width));
      } else {
        ranges.add(new ColumnRange(start, width));
      }
    }
    return ranges;
  }

  /** How many steps were begun. */
  long number() {
    return number;
  }

  /** Forgets what was learned of the tables: they have been drawn anew. */
  void restartTables() {
    updater.restart();
  }

  /**
   * Lets the optimiser of a table go on from what that of another training remembered.
   *
   * @param rows how many rows it remembers, the first ones
   */
  void continueTable(int table, int rows, RowMemory memory, StateReader optimizer) {
    updater.goOn(table, rows, memory, optimizer);
  }

  /** How many floats are remembered of each row of a table, the optimiser's first. */
  static int memory(TableSpec table, TrainerOptions options) {
    return TableUpdater.memory(table, options.tables(), options.averaging().isPresent());
  }

  /** All that steps change. */
  @Override
  public void save(StateWriter state) {
    state.longs(NUMBER, number);
    new GraphState(graph).save(state.part(GRAPH));
    rows.save(state.part(ROWS));
    if (average != null) {
      average.save(state.part(AVERAGE));
    }
    StateWriter ofTables = state.part(TABLE);
    for (int t = 0; t < tables.size(); t++) {
      ofTables.part(Integer.toString(t)).floats(VALUES, tables.get(t).values());
    }
    updater.save(ofTables);
  }

  @Override
  public void load(StateReader state) {
    number = Math.toIntExact(state.number(NUMBER));
    new GraphState(graph).load(state.part(GRAPH));
    rows.load(state.part(ROWS));
    if (average != null) {
      average.load(state.part(AVERAGE));
    }
    StateReader ofTables = state.part(TABLE);
    for (int t = 0; t < tables.size(); t++) {
      ofTables.part(Integer.toString(t)).floats(VALUES, tables.get(t).values());
    }
    updater.load(ofTables);
  }

  /**
   * Does a step.
   *
   * @param order the numbers of rows of the data
   * @param from where those of this batch start in there
   * @param count how many rows the batch has
   * @return the loss before the step
   */
  double run(int[] order, int from, int count) {
    double tableRate = tableLearningRate * factor.at(number++);
    PlanNetwork.Batch batch = network.batch(count);
    rows.select(data.features(), order, from, count, workers);
    workers.run(worker -> gather(worker, order, from, batch));
    graph.fit(new INDArray[] {batch.features()}, new INDArray[] {batch.labels()});
    if (average != null) {
      average.nextStep();
      average.add(parameters, states, workers);
    }
    updater.update(rows, batch.pass()::readInputGradient, folded, tableRate);
    return graph.score();
  }

  /** The rows of one part, by the worker that runs them next: they are in its cache then. */
  private void gather(int worker, int[] order, int from, PlanNetwork.Batch batch) {
    BatchPass pass = batch.pass();
    if (worker >= pass.parts()) {
      return;
    }
    LossBatch loss = batch.loss();
    int tasks = data.labels().tasks();
    int end = pass.from(worker + 1);
    for (int r = pass.from(worker); r < end; r++) {
      int row = order[from + r];
      System.arraycopy(data.labels().labels(), row * tasks, loss.labels(), r * tasks, tasks);
      System.arraycopy(data.labels().weights(), row * tasks, loss.weights(), r * tasks, tasks);
    }
    if (pass.staged()) {
      return;
    }
    float[] input = inputs[worker];
    for (int start = pass.from(worker); start < end; start += block) {
      int some = Math.min(block, end - start);
      preloaded[worker] += rows.preload(start, start + some, tables);
      for (int r = 0; r < some; r++) {
        rows.assemble(start + r, tables, input, r * width);
      }
      pass.writeInput(start, some, input);
    }
  }
}
