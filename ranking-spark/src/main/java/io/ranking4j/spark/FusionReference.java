package io.ranking4j.spark;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.FusionProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A fusion as its type id and properties, which is how it travels to the executors. */
final class FusionReference {
  private FusionReference() {}

  /** As alternating names and values, the type id first. */
  static String[] of(Fusion fusion) {
    Map<String, String> properties = new TreeMap<>(fusion.properties());
    String[] parts = new String[1 + 2 * properties.size()];
    parts[0] = fusion.typeId();
    int at = 1;
    for (Map.Entry<String, String> property : properties.entrySet()) {
      parts[at++] = property.getKey();
      parts[at++] = property.getValue();
    }
    return parts;
  }

  /**
   * Makes it again.
   *
   * @throws UnknownNameException where no provider of its type is on the class path
   */
  static Fusion create(String[] parts) {
    Map<String, String> properties = new TreeMap<>();
    for (int at = 1; at < parts.length; at += 2) {
      properties.put(parts[at], parts[at + 1]);
    }
    Set<String> known = new TreeSet<>();
    // A task's context loader sees the application's jars, that of this class those beside it.
    for (ServiceLoader<FusionProvider> loader :
        List.of(
            ServiceLoader.load(FusionProvider.class),
            ServiceLoader.load(FusionProvider.class, FusionReference.class.getClassLoader()))) {
      for (FusionProvider provider : loader) {
        if (provider.typeId().equals(parts[0])) {
          return provider.create(properties);
        }
        known.add(provider.typeId());
      }
    }
    throw new UnknownNameException("fusion", parts[0], known);
  }
}
