package io.ranking4j.fusion;

import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.Map;

/** Makes {@link MultiplicativeFusion}s from their properties. */
public final class MultiplicativeFusionProvider implements FusionProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public MultiplicativeFusionProvider() {}

  @Override
  public String typeId() {
    return MultiplicativeFusion.TYPE_ID;
  }

  @Override
  public Fusion create(Map<String, String> properties) {
    return MultiplicativeFusion.ofProperties(properties);
  }
}
