package io.ranking4j.nn.training;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.loss.GradNormLoss;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.nn.loss.UncertaintyLoss;
import io.ranking4j.nn.loss.WeightedLoss;
import java.util.Arrays;

/** How the losses of the tasks are weighted against one another. */
public enum LossChoice {
  /** By the weights that the tasks carry. The default. */
  FIXED("fixed"),
  /** By a learned uncertainty each, in the form of Kendall et al. */
  UNCERTAINTY_KENDALL("kendall"),
  /** By a learned uncertainty each, in the form of Liebel and Koerner. */
  UNCERTAINTY_LIEBEL("liebel"),
  /** By the lengths of their gradients, so that they train at similar rates (GradNorm). */
  GRADNORM("gradnorm");

  private final String title;

  LossChoice(String title) {
    this.title = title;
  }

  /** What it is called on command lines: {@code "kendall"}. */
  public String title() {
    return title;
  }

  /**
   * The choice of that title.
   *
   * @throws UnknownNameException where there is none, listing those that there are
   */
  public static LossChoice named(String title) {
    for (LossChoice choice : values()) {
      if (choice.title.equals(title)) {
        return choice;
      }
    }
    throw new UnknownNameException(
        "task weighting", title, Arrays.stream(values()).map(LossChoice::title).toList());
  }

  JointLoss of(Network network) {
    JointLoss own = network.architecture().loss(network.tasks());
    if (this != FIXED && !(own instanceof WeightedLoss)) {
      throw new IllegalArgumentException(
          "architecture '"
              + network.architecture().name()
              + "' has a joint loss of its own, which "
              + this
              + " would replace");
    }
    return switch (this) {
      case FIXED -> own;
      case UNCERTAINTY_KENDALL ->
          new UncertaintyLoss(network.tasks(), UncertaintyLoss.Form.KENDALL);
      case GRADNORM -> new GradNormLoss(network.tasks(), GradNormLoss.DEFAULT_ALPHA);
      case UNCERTAINTY_LIEBEL -> new UncertaintyLoss(network.tasks(), UncertaintyLoss.Form.LIEBEL);
    };
  }
}
