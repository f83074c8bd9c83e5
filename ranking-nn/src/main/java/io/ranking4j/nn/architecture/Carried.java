package io.ranking4j.nn.architecture;

import io.ranking4j.task.Residual;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the towers of dependent tasks take over from their parents', the same for all of them: an
 * ablation of ResFlow in one word.
 *
 * @param allLayers whether the features of every hidden layer are taken over
 * @param layers otherwise, the hidden layers whose features are, counted from 1
 * @param logit whether the logit is taken over
 */
public record Carried(boolean allLayers, Set<Integer> layers, boolean logit) {
  /** Checks the layers, and copies them. */
  public Carried {
    layers = new Residual("any", allLayers, layers, logit).layers();
    if (allLayers && !layers.isEmpty()) {
      throw new IllegalArgumentException(
          "either all layers are taken over or those that are named, but named were " + layers);
    }
  }

  /** The features of every hidden layer. */
  public static Carried features() {
    return new Carried(true, Set.of(), false);
  }

  /** The features of these hidden layers, counted from 1. */
  public static Carried features(Integer... layers) {
    return new Carried(false, Set.of(layers), false);
  }

  /** The features of every hidden layer, and the logit. */
  public static Carried both() {
    return new Carried(true, Set.of(), true);
  }

  /** Nothing, so that the dependency alone is left. */
  public static Carried nothing() {
    return new Carried(false, Set.of(), false);
  }

  /** With the logit as well. */
  public Carried andLogit() {
    return new Carried(allLayers, layers, true);
  }

  /** With the features of one more hidden layer. */
  Carried andLayer(int layer) {
    Set<Integer> more = new TreeSet<>(layers);
    more.add(layer);
    return new Carried(allLayers, more, logit);
  }

  /** A link that carries this. */
  Residual from(String parent) {
    return new Residual(parent, allLayers, layers, logit);
  }

  /** How it is written behind a name: {@code "+features2+logit"}. */
  String label() {
    StringBuilder label = new StringBuilder();
    if (allLayers) {
      label.append("+features");
    }
    layers.forEach(layer -> label.append("+features").append(layer));
    if (logit) {
      label.append("+logit");
    }
    return label.length() == 0 ? "+unlinked" : label.toString();
  }
}
