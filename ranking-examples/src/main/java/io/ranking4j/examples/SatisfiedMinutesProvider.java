package io.ranking4j.examples;

import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.Map;
import java.util.Set;

/** Makes {@link SatisfiedMinutes} from JSON; named in {@code META-INF/services}. */
public final class SatisfiedMinutesProvider implements FusionProvider {
  private static final Set<String> KNOWN = Set.of(SatisfiedMinutes.CLICK, SatisfiedMinutes.DWELL);

  /** For the {@link java.util.ServiceLoader}. */
  public SatisfiedMinutesProvider() {}

  @Override
  public String typeId() {
    return SatisfiedMinutes.TYPE_ID;
  }

  @Override
  public Fusion create(Map<String, String> properties) {
    String click = properties.get(SatisfiedMinutes.CLICK);
    String dwell = properties.get(SatisfiedMinutes.DWELL);
    if (click == null || dwell == null || properties.size() != KNOWN.size()) {
      throw new IllegalArgumentException(
          "satisfied minutes need the properties "
              + KNOWN
              + " and no others, but were given "
              + properties.keySet());
    }
    return new SatisfiedMinutes(click, dwell);
  }
}
