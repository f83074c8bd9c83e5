package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Dense layers one after the other, each {@code dropout(norm(activation(dense)))}.
 *
 * @param widths of the layers; empty for none
 * @param activation after each product
 * @param batchNorm whether each activation is normalised over the batch
 * @param dropout the share of each layer's outputs set to zero in training, in [0, 1)
 */
public record Mlp(List<Integer> widths, Activation activation, boolean batchNorm, double dropout) {
  /** Checks every part. */
  public Mlp {
    widths = List.copyOf(widths);
    for (int width : widths) {
      if (width < 1) {
        throw new IllegalArgumentException("widths must be at least 1, but were " + widths);
      }
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), but was " + dropout);
    }
  }

  /**
   * Layers with PReLU, without normalisation and dropout. Batch normalisation, which most published
   * networks of this family have, makes rare ids overfit: see {@code docs/decisions}.
   */
  public static Mlp of(int... widths) {
    return new Mlp(Arrays.stream(widths).boxed().toList(), Activation.PRELU, false, 0);
  }

  /** With another activation. */
  public Mlp activation(Activation other) {
    return new Mlp(widths, other, batchNorm, dropout);
  }

  /** With or without normalisation. */
  public Mlp batchNorm(boolean normalise) {
    return new Mlp(widths, activation, normalise, dropout);
  }

  /** With dropout. */
  public Mlp dropout(double rate) {
    return new Mlp(widths, activation, batchNorm, rate);
  }

  /** One of the layers, counted from 1: the product, the activation and the normalisation. */
  Value layer(PlanBuilder plan, String name, Value x, int number) {
    String layer = name + "." + number;
    Value y = plan.dense(layer, x, widths.get(number - 1));
    y = plan.activate(layer, y, activation);
    if (batchNorm) {
      y = plan.batchNorm(layer + ".norm", y);
    }
    return plan.dropout(y, dropout);
  }

  /** All layers. */
  Value apply(PlanBuilder plan, String name, Value x) {
    Value y = x;
    for (int number = 1; number <= widths.size(); number++) {
      y = layer(plan, name, y, number);
    }
    return y;
  }

  @Override
  public String toString() {
    return widths
        + " "
        + activation
        + (batchNorm ? " batch norm" : "")
        + (dropout > 0 ? " dropout " + dropout : "");
  }
}
