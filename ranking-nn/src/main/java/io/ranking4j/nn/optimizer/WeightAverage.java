package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An average of all weights over the steps: most of the noise of single steps is gone from it. How
 * much each step counts is the rule's.
 *
 * <p>Rows of tables are averaged before they change, for all steps since the last time at once,
 * since they did not move. Used by one thread at a time, but for the rows of tables, of which
 * different ones may be averaged by different threads.
 */
public final class WeightAverage implements Stateful {
  /** Numbers that are read at a time. */
  private static final int BLOCK = 2048;

  private final Averaging.Rule rule;
  private final List<EmbeddingTable> tables;
  private final @Nullable Rows[] rows;
  private float[] parameters = new float[0];
  private float[] states = new float[0];
  private int step;

  /** Numbers that lie somewhere, not necessarily in Java's memory. */
  public interface Numbers {
    /** How many there are. */
    int count();

    /**
     * Copies some of them; called by several threads at once.
     *
     * @param from the first
     * @param target receives them from its start
     * @param count how many
     */
    void read(int from, float[] target, int count);

    /** Those of an array. */
    static Numbers of(float[] values) {
      return new Numbers() {
        @Override
        public int count() {
          return values.length;
        }

        @Override
        public void read(int from, float[] target, int count) {
          System.arraycopy(values, from, target, 0, count);
        }
      };
    }
  }

  /**
   * Starts one.
   *
   * @param rule how much each step counts
   * @param tables the tables that are trained
   */
  public WeightAverage(Averaging.Rule rule, List<EmbeddingTable> tables) {
    this.rule = rule;
    this.tables = tables;
    this.rows = new Rows[tables.size()];
  }

  /** Where the averages of a table's rows are, each with the step that it is of. */
  private record Rows(RowMemory memory, int offset, boolean shared) {}

  /** How many floats it keeps of each row of a table that is so wide. */
  static int memory(int width) {
    return width + 1;
  }

  /**
   * Has the rows of a table averaged in memory that somebody else uses too.
   *
   * @param offset of its {@link #memory} floats among those of a row
   */
  void keepIn(int table, RowMemory memory, int offset) {
    if (rows[table] != null) {
      throw new IllegalStateException("the rows of the table are averaged already");
    }
    rows[table] = new Rows(memory, offset, true);
  }

  private Rows rows(int table) {
    Rows kept = rows[table];
    if (kept == null) {
      int width = tables.get(table).spec().width();
      kept = new Rows(new RowMemory(tables.get(table).spec().rows(), memory(width)), 0, false);
      rows[table] = kept;
    }
    return kept;
  }

  /** Called before the rows of a batch are updated. */
  public void nextStep() {
    step++;
    if (step == rule.start() + 1) {
      for (int table = 0; table < tables.size(); table++) {
        rows(table);
      }
    }
  }

  private boolean started() {
    return step > rule.start();
  }

  /**
   * Called before a row changes. What it has become is averaged before its next change: until then
   * it stays.
   */
  void beforeUpdate(int table, int row) {
    if (started()) {
      catchUp(rows(table), tables.get(table), row, step - 1);
    }
  }

  private void catchUp(Rows averages, EmbeddingTable table, int row, int until) {
    int width = table.spec().width();
    float[] values = table.values();
    float[] page = averages.memory.page(row);
    int at = averages.memory.at(row) + averages.offset;
    // The bits of a whole number, whatever number they are of a float.
    int last = Float.floatToRawIntBits(page[at + width]);
    if (last == 0) {
      System.arraycopy(values, row * width, page, at, width);
    } else if (last < until) {
      float share = rule.share(last, until);
      int from = row * width;
      for (int c = 0; c < width; c++) {
        page[at + c] += share * (values[from + c] - page[at + c]);
      }
    }
    page[at + width] = Float.intBitsToFloat(until);
  }

  /** Takes the network's own weights in after a step; called after {@link #nextStep}. */
  public void add(float[] newParameters, float[] newStates) {
    add(Numbers.of(newParameters), Numbers.of(newStates), Workers.single());
  }

  /**
   * Takes the network's own weights in after a step; called after {@link #nextStep}.
   *
   * @param newParameters what the network has now
   * @param newStates its running statistics
   * @param workers whom the work is divided among
   */
  public void add(Numbers newParameters, Numbers newStates, Workers workers) {
    parameters = sized(parameters, newParameters);
    states = sized(states, newStates);
    workers.run(
        worker -> {
          average(parameters, newParameters, worker, workers);
          average(states, newStates, worker, workers);
        });
  }

  private static float[] sized(float[] average, Numbers numbers) {
    return average.length == numbers.count() ? average : new float[numbers.count()];
  }

  private void average(float[] average, Numbers numbers, int worker, Workers workers) {
    int from = workers.from(worker, average.length);
    int end = workers.from(worker + 1, average.length);
    float share = started() ? rule.share(step - 1, step) : 1;
    float[] values = new float[Math.min(BLOCK, Math.max(end - from, 0))];
    for (int at = from; at < end; at += BLOCK) {
      int count = Math.min(BLOCK, end - at);
      numbers.read(at, values, count);
      if (share == 1) {
        System.arraycopy(values, 0, average, at, count);
      } else if (share > 0) {
        for (int i = 0; i < count; i++) {
          average[at + i] += share * (values[i] - average[at + i]);
        }
      }
    }
  }

  /** Its state, without the averages of rows in memory that somebody else uses too. */
  @Override
  public void save(StateWriter state) {
    state.longs("step", step);
    state.floats("parameters", parameters);
    state.floats("states", states);
    for (int t = 0; t < rows.length; t++) {
      Rows own = rows[t];
      if (own != null && !own.shared) {
        own.memory.save(state.part("table/" + t));
      }
    }
  }

  @Override
  public void load(StateReader state) {
    step = Math.toIntExact(state.number("step"));
    parameters = state.floats("parameters");
    states = state.floats("states");
    for (int t = 0; t < rows.length; t++) {
      StateReader table = state.part("table/" + t);
      if (table.has("rows")) {
        rows(t).memory.load(table);
      }
    }
  }

  /** The averaged parameters of the network: a copy. */
  public float[] parameters() {
    return parameters.clone();
  }

  /** The averaged running statistics: a copy. */
  public float[] states() {
    return states.clone();
  }

  /** The averaged tables: copies. */
  public List<EmbeddingTable> tables() {
    List<EmbeddingTable> copies = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      EmbeddingTable table = tables.get(t);
      float[] values = started() ? averages(rows(t), table) : table.values().clone();
      copies.add(new EmbeddingTable(table.spec(), values));
    }
    return copies;
  }

  private float[] averages(Rows averages, EmbeddingTable table) {
    int width = table.spec().width();
    float[] copy = new float[table.values().length];
    for (int row = 0; row < table.spec().rows(); row++) {
      catchUp(averages, table, row, step);
      int at = averages.memory.at(row) + averages.offset;
      System.arraycopy(averages.memory.page(row), at, copy, row * width, width);
    }
    return copy;
  }
}
