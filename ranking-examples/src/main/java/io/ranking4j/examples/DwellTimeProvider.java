package io.ranking4j.examples;

import io.ranking4j.spi.TaskKind;
import io.ranking4j.spi.TaskKindProvider;
import java.util.Map;

/** Finds {@link DwellTime} again when a model is loaded; named in {@code META-INF/services}. */
public final class DwellTimeProvider implements TaskKindProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public DwellTimeProvider() {}

  @Override
  public String typeId() {
    return DwellTime.TYPE_ID;
  }

  @Override
  public TaskKind create(Map<String, String> properties) {
    if (!properties.isEmpty()) {
      throw new IllegalArgumentException(
          "a dwell time has no properties, but was given " + properties.keySet());
    }
    return DwellTime.INSTANCE;
  }
}
