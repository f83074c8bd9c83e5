package io.ranking4j.data.simulator;

import java.util.Locale;
import java.util.Optional;

/**
 * What a simulated user may do with an impression.
 *
 * <p>{@link #ORDER} implies {@link #CART}, which implies {@link #CLICK}, as does {@link
 * #LONG_CLICK}. {@link #SAVE}, {@link #CLOSEUP} and {@link #HIDE} need no click: given the user,
 * the item and the moment, they happen independently of it.
 */
public enum Action {
  /** Opening the item. */
  CLICK(null, 0.125),
  /** Putting a clicked item into the cart. */
  CART(CLICK, 0.03),
  /** Ordering an item in the cart. */
  ORDER(CART, 0.01),
  /** Keeping the item for later, from the list. */
  SAVE(null, 0.02),
  /** Enlarging the item within the list. */
  CLOSEUP(null, 0.08),
  /** Staying with a clicked item. */
  LONG_CLICK(CLICK, 0.05),
  /** Not wanting to see the item again. */
  HIDE(null, 0.01);

  private final Optional<Action> parent;
  private final double defaultRate;

  Action(@org.jspecify.annotations.Nullable Action parent, double defaultRate) {
    this.parent = Optional.ofNullable(parent);
    this.defaultRate = defaultRate;
  }

  /** The action that must have happened before this one can. */
  public Optional<Action> parent() {
    return parent;
  }

  /** The share of examined impressions that get this action when nothing else is said. */
  public double defaultRate() {
    return defaultRate;
  }

  /** The name of its task and of its label column: {@code "long_click"}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
