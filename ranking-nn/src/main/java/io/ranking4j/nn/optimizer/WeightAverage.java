package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exponential moving average of all weights over the steps (Polyak and Juditsky 1992, in the
 * form that is usual for networks): most of the noise of single steps is gone from it. It starts
 * once as many steps are done as it looks back on.
 *
 * <p>Rows of tables are averaged when they are touched, and for the steps in between at once, since
 * they did not move: {@code avg += (1 - decay^steps) (row - avg)}. Used by one thread at a time,
 * but for the rows of tables, of which different ones may be averaged by different threads.
 */
public final class WeightAverage {
  /** Numbers that are read at a time. */
  private static final int BLOCK = 2048;

  private final double decay;
  private final long start;
  private final List<EmbeddingTable> tables;
  private final List<float[]> tableAverages = new ArrayList<>();
  private final List<int[]> lastStep = new ArrayList<>();
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
   * @param steps how many steps it looks back on, at least 1: the decay is {@code 1 - 1 / steps}
   * @param tables the tables that are trained
   */
  public WeightAverage(int steps, List<EmbeddingTable> tables) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but was " + steps);
    }
    this.decay = 1 - 1.0 / steps;
    this.start = steps;
    this.tables = tables;
  }

  /** Called before the rows of a batch are updated. */
  public void nextStep() {
    step++;
    if (step == start + 1) {
      for (EmbeddingTable table : tables) {
        tableAverages.add(table.values().clone());
        int[] last = new int[table.spec().rows()];
        Arrays.fill(last, step - 1);
        lastStep.add(last);
      }
    }
  }

  private boolean started() {
    return step > start;
  }

  /** Called before a row changes. */
  void beforeUpdate(int table, int row) {
    if (started()) {
      catchUp(table, row, step - 1);
    }
  }

  /** Called after a row has changed. */
  void afterUpdate(int table, int row) {
    if (started()) {
      catchUp(table, row, step);
    }
  }

  private void catchUp(int table, int row, int until) {
    int[] last = lastStep.get(table);
    int missed = until - last[row];
    if (missed <= 0) {
      return;
    }
    last[row] = until;
    float share = (float) (1 - (missed == 1 ? decay : Math.pow(decay, missed)));
    float[] average = tableAverages.get(table);
    float[] values = tables.get(table).values();
    int width = tables.get(table).spec().width();
    for (int i = row * width; i < (row + 1) * width; i++) {
      average[i] += share * (values[i] - average[i]);
    }
  }

  /** Reads from a row that will be averaged soon; the number has no meaning. */
  float preload(int table, int row) {
    if (!started()) {
      return 0;
    }
    int width = tables.get(table).spec().width();
    return tableAverages.get(table)[row * width] + lastStep.get(table)[row];
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
    float share = started() ? (float) (1 - decay) : 1;
    float[] values = new float[Math.min(BLOCK, Math.max(end - from, 0))];
    for (int at = from; at < end; at += BLOCK) {
      int count = Math.min(BLOCK, end - at);
      numbers.read(at, values, count);
      if (share == 1) {
        System.arraycopy(values, 0, average, at, count);
      } else {
        for (int i = 0; i < count; i++) {
          average[at + i] += share * (values[i] - average[at + i]);
        }
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
      if (started()) {
        for (int row = 0; row < table.spec().rows(); row++) {
          catchUp(t, row, step);
        }
      }
      float[] values = started() ? tableAverages.get(t) : table.values();
      copies.add(new EmbeddingTable(table.spec(), values.clone()));
    }
    return copies;
  }
}
