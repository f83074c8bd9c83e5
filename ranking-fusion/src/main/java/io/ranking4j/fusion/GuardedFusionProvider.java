package io.ranking4j.fusion;

import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.Map;

/** Makes {@link GuardedFusion}s from their properties. */
public final class GuardedFusionProvider implements FusionProvider {
  /** For {@link java.util.ServiceLoader}. */
  public GuardedFusionProvider() {}

  @Override
  public String typeId() {
    return GuardedFusion.TYPE_ID;
  }

  @Override
  public Fusion create(Map<String, String> properties) {
    return GuardedFusion.ofProperties(properties);
  }
}
