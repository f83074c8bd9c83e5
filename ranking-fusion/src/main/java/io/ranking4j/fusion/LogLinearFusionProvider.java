package io.ranking4j.fusion;

import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.Map;

/** Makes {@link LogLinearFusion}s from their properties. */
public final class LogLinearFusionProvider implements FusionProvider {
  /** For {@link java.util.ServiceLoader}. */
  public LogLinearFusionProvider() {}

  @Override
  public String typeId() {
    return LogLinearFusion.TYPE_ID;
  }

  @Override
  public Fusion create(Map<String, String> properties) {
    return LogLinearFusion.ofProperties(properties);
  }
}
