package io.ranking4j.nn.training;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a training will return: those of the best epoch, of each part of the network
 * that has one of its own.
 */
final class BestWeights implements Stateful {
  private static final String PARAMETERS = "parameters";

  private final EarlyStopping stopping;
  private final List<TaskPart> parts;
  private final List<EmbeddingTable> tables;
  private final double[] bestQuality;
  private final int[] bestEpoch;
  private @Nullable Weights kept;

  /**
   * Starts with none.
   *
   * @param stopping what is watched
   * @param parts what has a best epoch of its own: of one part all weights are kept
   * @param tables such as the weights have
   */
  BestWeights(EarlyStopping stopping, List<TaskPart> parts, List<EmbeddingTable> tables) {
    this.stopping = stopping;
    this.tables = tables;
    this.parts = List.copyOf(parts);
    this.bestQuality = new double[parts.size()];
    this.bestEpoch = new int[parts.size()];
    Arrays.fill(bestQuality, Double.NEGATIVE_INFINITY);
  }

  /**
   * Takes what is better than before.
   *
   * @param weights are kept, not copied, and may be changed
   * @return whether anything is
   */
  boolean offer(int epoch, Map<String, Double> quality, Weights weights) {
    Weights before = kept;
    boolean improved = false;
    for (int p = 0; p < parts.size(); p++) {
      double watched = watched(quality, parts.get(p).tasks());
      if (before == null || watched > bestQuality[p]) {
        bestQuality[p] = watched;
        bestEpoch[p] = epoch;
        improved = true;
      }
    }
    if (improved) {
      for (int p = 0; before != null && p < parts.size(); p++) {
        if (bestEpoch[p] != epoch) {
          parts.get(p).copy(before, weights);
        }
      }
      kept = weights;
    }
    return improved;
  }

  /** What of the quality of tasks is compared: one task's, or the mean. */
  private double watched(Map<String, Double> quality, List<String> tasks) {
    return stopping
        .task()
        .map(task -> quality.getOrDefault(task, Double.NaN))
        .orElseGet(() -> mean(quality, tasks));
  }

  /** What is compared where all is kept together. */
  double watched(Map<String, Double> quality) {
    return watched(quality, List.copyOf(quality.keySet()));
  }

  private static double mean(Map<String, Double> quality, List<String> tasks) {
    return tasks.stream()
        .mapToDouble(task -> quality.getOrDefault(task, Double.NaN))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** The weights. */
  Weights weights() {
    if (kept == null) {
      throw new IllegalStateException("no epoch has ended");
    }
    return kept;
  }

  /** The last epoch of which there is anything. */
  int lastEpoch() {
    return Arrays.stream(bestEpoch).max().orElse(0);
  }

  /** By task, the epoch that it is from. */
  Map<String, Integer> epochs() {
    Map<String, Integer> epochs = new LinkedHashMap<>();
    for (int p = 0; p < parts.size(); p++) {
      for (String task : parts.get(p).tasks()) {
        epochs.put(task, bestEpoch[p]);
      }
    }
    return epochs;
  }

  @Override
  public void save(StateWriter state) {
    state.doubles("quality", bestQuality);
    state.longs("epoch", Arrays.stream(bestEpoch).asLongStream().toArray());
    Weights weights = kept;
    if (weights != null) {
      state.floats(PARAMETERS, weights.parameters());
      state.floats("states", weights.states());
      for (int t = 0; t < tables.size(); t++) {
        state.floats("table/" + t, weights.tables().get(t).values());
      }
    }
  }

  @Override
  public void load(StateReader state) {
    double[] quality = state.doubles("quality", bestQuality.length);
    System.arraycopy(quality, 0, bestQuality, 0, quality.length);
    long[] epochs = state.longs("epoch", bestEpoch.length);
    Arrays.setAll(bestEpoch, p -> Math.toIntExact(epochs[p]));
    if (state.has(PARAMETERS)) {
      List<EmbeddingTable> read = new ArrayList<>();
      for (EmbeddingTable like : tables) {
        EmbeddingTable table = EmbeddingTable.zeros(like.spec());
        state.floats("table/" + read.size(), table.values());
        read.add(table);
      }
      kept = new Weights(state.floats(PARAMETERS), state.floats("states"), read);
    }
  }
}
