package io.ranking4j.spi;

import java.util.Map;

/**
 * Makes a {@link TaskKind} from what a model file says of it. Found through {@link
 * java.util.ServiceLoader}; only ids of providers on the class path are ever made.
 */
public interface TaskKindProvider {
  /** The id of the kinds that this one makes. */
  String typeId();

  /**
   * Makes a kind equal to the one that had these properties.
   *
   * @throws IllegalArgumentException where a property is missing, unknown or out of range
   */
  TaskKind create(Map<String, String> properties);
}
