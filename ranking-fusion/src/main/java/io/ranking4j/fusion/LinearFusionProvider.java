package io.ranking4j.fusion;

import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.Map;

/** Makes {@link LinearFusion}s from their properties. */
public final class LinearFusionProvider implements FusionProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public LinearFusionProvider() {}

  @Override
  public String typeId() {
    return LinearFusion.TYPE_ID;
  }

  @Override
  public Fusion create(Map<String, String> properties) {
    return LinearFusion.ofProperties(properties);
  }
}
