package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.embedding.Attention;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the gradient of a batch's input back to the embedding tables. Rows that occur several
 * times in a batch, in whatever field, are summed first and updated once; other rows are not
 * touched. Each row of a table belongs to one of the workers, which adds up its gradients in an
 * order that is always the same, so that the numbers are the same whatever their number is. Used by
 * one thread at a time.
 */
public final class TableUpdater implements Stateful {
  /** Rows whose memory is asked for before the first of them is updated. */
  private static final int AHEAD = 32;

  /** Floats of the gradient that are read at a time, but for a single row. */
  private static final int BLOCK_FLOATS = 16_384;

  /** Rows of a table most of whose rows in a batch occur once, and are in no cache. */
  private static final int MANY_ROWS = 4096;

  /** How much more work those are. */
  private static final long MANY_ROWS_WORK = 4;

  /** How much more a field with several values is taken to be. */
  private static final long MANY_VALUES_WORK = 4;

  /** The owner of a table whose rows are divided among the workers. */
  private static final int DIVIDED = -1;

  private final InputLayout layout;
  private final TableOptions options;
  private final List<EmbeddingTable> tables;
  private final List<RowOptimizer.State> states = new ArrayList<>();
  private final List<RowMemory> memories = new ArrayList<>();
  private final @Nullable WeightAverage average;
  private final Workers workers;
  private final EmbeddingField[] fields;
  private final int width;
  private final boolean attends;
  private final @Nullable Frequencies frequencies;
  private final List<Part> parts = new ArrayList<>();

  /** By table, the worker that it belongs to, or {@link #DIVIDED}. */
  private final int[] owners;

  /** Where the gradient of a batch's input is. */
  @FunctionalInterface
  public interface InputGradient {
    /**
     * Reads some rows of it; called by several threads at once.
     *
     * @param row of the batch, the first
     * @param count how many
     * @param target receives their columns, row after row
     */
    void read(int row, int count, float[] target);
  }

  /** The gradients of some tables as a whole, summed over the batch already. */
  public interface TableGradients {
    /** Those of no table. */
    TableGradients NONE =
        new TableGradients() {
          @Override
          public float[] of(int table) {
            return NOTHING;
          }

          @Override
          public boolean touched(int table, int row) {
            return false;
          }
        };

    /**
     * The gradient of a table, row after row; empty where it comes by way of the input.
     *
     * @param table its place among the tables
     */
    float[] of(int table);

    /** Whether the batch has this row of the table; called by several threads at once. */
    boolean touched(int table, int row);
  }

  private static final float[] NOTHING = {};

  private record Batch(BatchRows rows, InputGradient gradient, TableGradients whole, double rate) {}

  /** Makes one for tables in the layout's order, which works on the calling thread. */
  public TableUpdater(InputLayout layout, List<EmbeddingTable> tables, TableOptions options) {
    this(layout, tables, options, null, Workers.single());
  }

  /**
   * Makes one.
   *
   * @param layout of the input
   * @param tables in the layout's order
   * @param options how their rows are updated
   * @param average of the same tables that is kept up to date, or null
   * @param workers whom the rows are divided among
   */
  public TableUpdater(
      InputLayout layout,
      List<EmbeddingTable> tables,
      TableOptions options,
      @Nullable WeightAverage average,
      Workers workers) {
    this.layout = layout;
    this.options = options;
    this.tables = List.copyOf(tables);
    this.average = average;
    this.workers = workers;
    this.fields = layout.embeddings().toArray(EmbeddingField[]::new);
    this.width = layout.width();
    this.attends = layout.embeddings().stream().anyMatch(EmbeddingField::attends);
    for (int table = 0; table < tables.size(); table++) {
      start(table);
    }
    this.frequencies = options.frequencyAdaptive() ? new Frequencies(fields, tables) : null;
    this.owners = owners();
    for (int worker = 0; worker < workers.count(); worker++) {
      parts.add(new Part(worker));
    }
  }

  /**
   * Tables are given out whole, the most work first, each to who has the least so far. One that is
   * more than a worker's share is divided.
   */
  private int[] owners() {
    long[] work = new long[tables.size()];
    for (EmbeddingField field : fields) {
      boolean many = tables.get(field.table()).spec().rows() >= MANY_ROWS;
      work[field.table()] +=
          (field.multiValued() ? MANY_VALUES_WORK : 1) * (many ? MANY_ROWS_WORK : 1);
    }
    long all = LongStream.of(work).sum();
    int[] largestFirst =
        IntStream.range(0, work.length)
            .boxed()
            .sorted(Comparator.comparingLong(table -> -work[table]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] owner = new int[work.length];
    long[] load = new long[workers.count()];
    for (int table : largestFirst) {
      int least = 0;
      for (int worker = 1; worker < load.length; worker++) {
        least = load[worker] < load[least] ? worker : least;
      }
      boolean whole = load.length == 1 || work[table] * load.length <= all;
      owner[table] = whole ? least : DIVIDED;
      load[least] += whole ? work[table] : 0;
    }
    return owner;
  }

  /**
   * How many floats are remembered of each row of a table: what the optimiser keeps, and behind it
   * what the average does, where there is one.
   */
  public static int memory(TableSpec table, TableOptions options, boolean averaged) {
    return Math.addExact(
        options.optimizer().memory(table.width()),
        averaged ? WeightAverage.memory(table.width()) : 0);
  }

  /** What the optimiser and the average keep of a row lies side by side. */
  private void start(int number) {
    EmbeddingTable table = tables.get(number);
    RowOptimizer optimizer = options.optimizer();
    int own = optimizer.memory(table.spec().width());
    RowMemory memory =
        new RowMemory(table.spec().rows(), memory(table.spec(), options, average != null));
    if (average != null) {
      average.keepIn(number, memory, own);
    }
    memories.add(memory);
    states.add(optimizer.start(table, memory));
  }

  /**
   * Forgets all that was learned of the tables: what their optimiser remembers, how often their
   * rows were met, and their average. To be called when they have been drawn anew.
   */
  public void restart() {
    for (int table = 0; table < states.size(); table++) {
      memories.get(table).clear();
      states.set(table, options.optimizer().start(tables.get(table), memories.get(table)));
    }
    if (frequencies != null) {
      frequencies.clear();
    }
  }

  /**
   * Lets the optimiser of a table go on from what that of another training remembered of the same
   * rows; of rows behind those it remembers nothing.
   *
   * @param rows how many rows that had, at most those of the table
   * @param memory of those rows, the optimiser's floats first
   * @param optimizer what it remembered beside
   */
  public void goOn(int table, int rows, RowMemory memory, StateReader optimizer) {
    RowMemory own = memories.get(table);
    int floats = options.optimizer().memory(tables.get(table).spec().width());
    for (int row = 0; row < rows; row++) {
      System.arraycopy(memory.page(row), memory.at(row), own.page(row), own.at(row), floats);
    }
    states.get(table).load(optimizer);
  }

  /**
   * Its state: by table, what the optimiser keeps of its rows (and behind that what the average
   * does) and else, and how often rows were met. The tables themselves belong to somebody else.
   */
  @Override
  public void save(StateWriter state) {
    for (int table = 0; table < states.size(); table++) {
      StateWriter part = state.part(Integer.toString(table));
      memories.get(table).save(part);
      states.get(table).save(part.part("optimizer"));
    }
    if (frequencies != null) {
      frequencies.save(state.part("frequencies"));
    }
  }

  @Override
  public void load(StateReader state) {
    for (int table = 0; table < states.size(); table++) {
      StateReader part = state.part(Integer.toString(table));
      memories.get(table).load(part);
      states.get(table).load(part.part("optimizer"));
    }
    if (frequencies != null) {
      frequencies.load(state.part("frequencies"));
    }
  }

  /**
   * Updates the tables for one batch.
   *
   * @param data the encoded data
   * @param rows which of its rows the batch has, in order
   * @param count how many of those
   * @param gradient the derivative of the loss by the input, count x input width
   * @param rate the learning rate
   */
  public void update(EncodedRows data, int[] rows, int count, float[] gradient, double rate) {
    BatchRows batch = new BatchRows(layout);
    batch.select(data, rows, 0, count, workers);
    update(
        batch,
        (row, some, target) -> System.arraycopy(gradient, row * width, target, 0, some * width),
        rate);
  }

  /**
   * Updates the tables for one batch.
   *
   * @param rows of the batch
   * @param gradient the derivative of the loss by the input
   * @param rate the learning rate
   */
  public void update(BatchRows rows, InputGradient gradient, double rate) {
    update(rows, gradient, TableGradients.NONE, rate);
  }

  /**
   * Updates the tables for one batch.
   *
   * @param rows of the batch
   * @param gradient the derivative of the loss by the input, in the columns of the other tables
   * @param whole the derivatives by some of the tables
   * @param rate the learning rate
   */
  public void update(BatchRows rows, InputGradient gradient, TableGradients whole, double rate) {
    if (fields.length == 0) {
      return;
    }
    if (frequencies != null) {
      frequencies.add(rows, workers);
    }
    states.forEach(RowOptimizer.State::nextStep);
    Batch batch = new Batch(rows, gradient, whole, rate);
    if (attends) {
      // The derivatives read embeddings that another worker may be about to update.
      workers.run(worker -> parts.get(worker).collect(batch));
      workers.run(worker -> parts.get(worker).apply(batch.rate));
    } else {
      workers.run(
          worker -> {
            parts.get(worker).collect(batch);
            parts.get(worker).apply(batch.rate);
          });
    }
  }

  /** What one worker does. */
  private final class Part {
    private final int worker;
    private final TouchedRows[] touched;
    private final int block = Math.max(1, BLOCK_FLOATS / Math.max(1, width));
    private final float[] gradient = new float[block * width];

    /** Of one list, the weights of its values and the slopes of their inner products. */
    private float[] shares = NOTHING;

    private float[] slopes = NOTHING;

    /** Keeps what was preloaded from being optimised away. */
    @SuppressWarnings("UnusedVariable")
    private float preloaded;

    Part(int worker) {
      this.worker = worker;
      this.touched =
          tables.stream()
              .map(table -> new TouchedRows(table.spec().width()))
              .toArray(TouchedRows[]::new);
    }

    void collect(Batch batch) {
      for (TouchedRows rows : touched) {
        rows.clear();
      }
      int[] gathered = gathered(batch.whole);
      int count = batch.rows.count();
      for (int start = 0; start < count && gathered.length > 0; start += block) {
        int some = Math.min(block, count - start);
        batch.gradient.read(start, some, gradient);
        for (int f : gathered) {
          add(f, start, some, batch.rows);
        }
      }
      for (int table = 0; table < touched.length; table++) {
        if (mine(table)) {
          addWhole(table, batch.whole);
        }
      }
    }

    void apply(double rate) {
      for (int table = 0; table < touched.length; table++) {
        apply(table, rate);
      }
    }

    /** Field by field: what belongs to one table stays in the nearest cache. */
    private void add(int f, int start, int some, BatchRows rows) {
      EmbeddingField field = fields[f];
      if (field.attends()) {
        addAttention(field, start, some, rows);
        return;
      }
      TouchedRows target = touched[field.table()];
      boolean divided = owners[field.table()] == DIVIDED;
      int[] ids = rows.ids(f);
      for (int r = 0; r < some; r++) {
        int at = r * width + field.offset();
        int from = field.multiValued() ? rows.offsets(f)[start + r] : start + r;
        int end = field.multiValued() ? rows.offsets(f)[start + r + 1] : from + 1;
        float share = field.multiValued() ? share(field, end - from) : 1f;
        for (int i = from; i < end; i++) {
          float scale = rows.scale(f, i);
          if (scale > 0 && (!divided || ids[i] % workers.count() == worker)) {
            target.add(ids[i], gradient, at, share * scale);
          }
        }
      }
    }

    /**
     * Adds the derivatives of attention: with g that of the pooled embedding o, {@code c_i = scale
     * a_i <g, k_i - o>}, those of the embeddings of the list are {@code a_i g + c_i q}, and that of
     * the query is {@code sum_i c_i k_i}.
     */
    private void addAttention(EmbeddingField field, int start, int some, BatchRows rows) {
      TouchedRows target = touched[field.table()];
      float[] table = tables.get(field.table()).values();
      float scale = field.attentionScale();
      int length = field.width();
      int[] ids = rows.ids(field.index());
      int[] offsets = rows.offsets(field.index());
      int[] queries = rows.ids(field.query());
      for (int r = 0; r < some; r++) {
        int at = r * width + field.offset();
        int from = offsets[start + r];
        int end = offsets[start + r + 1];
        int query = queries[start + r];
        if (shares.length < end - from) {
          shares = new float[2 * (end - from)];
          slopes = new float[2 * (end - from)];
        }
        Attention.weights(table, length, scale, query, ids, from, end, shares);
        float mean = 0;
        for (int i = from; i < end; i++) {
          float slope = Attention.dot(gradient, at, table, ids[i] * length, length);
          slopes[i - from] = slope;
          mean += shares[i - from] * slope;
        }
        for (int i = from; i < end; i++) {
          float share = shares[i - from];
          float slope = scale * share * (slopes[i - from] - mean);
          if (mine(field.table(), ids[i])) {
            target.add(ids[i], gradient, at, share);
            target.add(ids[i], table, query * length, slope);
          }
          if (mine(field.table(), query)) {
            target.add(query, table, ids[i] * length, slope);
          }
        }
      }
    }

    private boolean mine(int table, int row) {
      return owners[table] != DIVIDED || row % workers.count() == worker;
    }

    /** The fields of this worker's tables whose gradient comes by way of the input. */
    private int[] gathered(TableGradients whole) {
      return IntStream.range(0, fields.length)
          .filter(f -> mine(fields[f].table()))
          .filter(f -> whole.of(fields[f].table()).length == 0)
          .toArray();
    }

    private boolean mine(int table) {
      return owners[table] == worker || owners[table] == DIVIDED;
    }

    private void addWhole(int table, TableGradients whole) {
      float[] sums = whole.of(table);
      int tableWidth = tables.get(table).spec().width();
      boolean divided = owners[table] == DIVIDED;
      for (int id = 0; id < sums.length / tableWidth; id++) {
        if ((!divided || id % workers.count() == worker) && whole.touched(table, id)) {
          touched[table].add(id, sums, id * tableWidth, 1f);
        }
      }
    }

    private static float share(EmbeddingField field, int values) {
      return values > 1 && field.pooling().orElseThrow() == Pooling.MEAN ? 1f / values : 1f;
    }

    private void apply(int table, double rate) {
      TouchedRows rows = touched[table];
      RowOptimizer.State state = states.get(table);
      int tableWidth = tables.get(table).spec().width();
      for (int start = 0; start < rows.count(); start += AHEAD) {
        int end = Math.min(start + AHEAD, rows.count());
        preload(table, start, end);
        if (average != null) {
          for (int i = start; i < end; i++) {
            average.beforeUpdate(table, rows.row(i));
          }
        }
        for (int i = start; i < end; i++) {
          decay(table, rows, i);
          double own = frequencies == null ? 1 : frequencies.factor(table, rows.row(i));
          state.update(rows.row(i), rows.sums(), i * tableWidth, own * rate);
        }
      }
    }

    private void decay(int table, TouchedRows rows, int number) {
      float strength = (float) options.decay();
      if (strength > 0) {
        float[] values = tables.get(table).values();
        int tableWidth = tables.get(table).spec().width();
        int row = rows.row(number) * tableWidth;
        int at = number * tableWidth;
        for (int c = 0; c < tableWidth; c++) {
          rows.sums()[at + c] += strength * values[row + c];
        }
      }
    }

    private void preload(int table, int start, int end) {
      TouchedRows rows = touched[table];
      RowMemory memory = memories.get(table);
      RowOptimizer.State state = states.get(table);
      float[] values = tables.get(table).values();
      int tableWidth = tables.get(table).spec().width();
      float sum = 0;
      for (int i = start; i < end; i++) {
        int row = rows.row(i);
        sum += RowMemory.preload(values, row * tableWidth, tableWidth);
        sum += memory.preload(row) + state.preload(row);
      }
      preloaded += sum;
    }
  }
}
