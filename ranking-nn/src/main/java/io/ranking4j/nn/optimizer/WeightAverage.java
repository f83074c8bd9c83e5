package io.ranking4j.nn.optimizer;

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
 * they did not move: {@code avg += (1 - decay^steps) (row - avg)}. Used by one thread at a time.
 */
public final class WeightAverage {
  private final double decay;
  private final long start;
  private final List<EmbeddingTable> tables;
  private final List<float[]> tableAverages = new ArrayList<>();
  private final List<int[]> lastStep = new ArrayList<>();
  private float[] parameters = new float[0];
  private float[] states = new float[0];
  private int step;

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

  /** Takes the network's own weights in after a step; called after {@link #nextStep}. */
  public void add(float[] newParameters, float[] newStates) {
    if (!started()) {
      parameters = newParameters.clone();
      states = newStates.clone();
      return;
    }
    average(parameters, newParameters);
    average(states, newStates);
  }

  private void average(float[] average, float[] values) {
    float share = (float) (1 - decay);
    for (int i = 0; i < average.length; i++) {
      average[i] += share * (values[i] - average[i]);
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
