package io.ranking4j.data.simulator;

import java.util.Map;

/** Looks up what every action of a log has. */
final class PerAction {
  private PerAction() {}

  static <V> V of(Map<Action, V> values, Action action) {
    V value = values.get(action);
    if (value == null) {
      throw new IllegalStateException(
          "the log has no action " + action + ", only " + values.keySet());
    }
    return value;
  }
}
