package io.ranking4j.spi;

import java.util.Map;

/** Makes a {@link Fusion} from its JSON. Found through {@link java.util.ServiceLoader}. */
public interface FusionProvider {
  /** The id of the fusions that this one makes. */
  String typeId();

  /**
   * Makes a fusion equal to the one that had these properties.
   *
   * @throws IllegalArgumentException where a property is missing, unknown or out of range
   */
  Fusion create(Map<String, String> properties);
}
