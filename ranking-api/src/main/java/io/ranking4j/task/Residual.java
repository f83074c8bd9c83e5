package io.ranking4j.task;

import java.util.Set;
import java.util.TreeSet;

/**
 * That a task depends on another one, and what its tower takes over from the other's: hidden
 * features after chosen layers, the logit, or both (ResFlow). Architectures without residuals read
 * only the dependency.
 *
 * @param parent the task that comes before
 * @param allLayers whether the features of every hidden layer are taken over
 * @param layers otherwise, the hidden layers whose features are, counted from 1
 * @param logit whether the logit is taken over
 */
public record Residual(String parent, boolean allLayers, Set<Integer> layers, boolean logit) {
  /** Copies the layers. */
  public Residual {
    if (parent.isBlank()) {
      throw new IllegalArgumentException("the parent of a residual link must not be blank");
    }
    layers = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(layers));
    for (int layer : layers) {
      if (layer < 1) {
        throw new IllegalArgumentException(
            "layers of the residual link from '" + parent + "' count from 1, but one was " + layer);
      }
    }
  }

  /** The features of every hidden layer, and the logit. */
  public static Residual both(String parent) {
    return new Residual(parent, true, Set.of(), true);
  }

  /** The features of every hidden layer. */
  public static Residual features(String parent) {
    return new Residual(parent, true, Set.of(), false);
  }

  /** The features of these hidden layers, counted from 1. */
  public static Residual features(String parent, Integer... layers) {
    return new Residual(parent, false, Set.of(layers), false);
  }

  /** The logit alone. */
  public static Residual logit(String parent) {
    return new Residual(parent, false, Set.of(), true);
  }

  /** The dependency alone. */
  public static Residual none(String parent) {
    return new Residual(parent, false, Set.of(), false);
  }

  /** The same from another parent. */
  public Residual from(String other) {
    return new Residual(other, allLayers, layers, logit);
  }

  /** With the logit as well. */
  public Residual andLogit() {
    return new Residual(parent, allLayers, layers, true);
  }

  /** Whether the features of that hidden layer, counted from 1, are taken over. */
  public boolean takesLayer(int layer) {
    return allLayers || layers.contains(layer);
  }
}
