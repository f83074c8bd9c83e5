package io.ranking4j.fusion;

import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.Map;

/** Makes {@link BandedFusion}s from their properties. */
public final class BandedFusionProvider implements FusionProvider {
  /** For {@link java.util.ServiceLoader}. */
  public BandedFusionProvider() {}

  @Override
  public String typeId() {
    return BandedFusion.TYPE_ID;
  }

  @Override
  public Fusion create(Map<String, String> properties) {
    return BandedFusion.ofProperties(properties);
  }
}
