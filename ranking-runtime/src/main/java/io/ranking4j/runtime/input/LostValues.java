package io.ranking4j.runtime.input;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.RateFeature;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What becomes of features where requests come without some of their values. */
public final class LostValues {
  private LostValues() {}

  /**
   * The names of the values that a request may come without: features, but rates, which are looked
   * up, and the keys of rates. Without those that the schema requires.
   */
  public static List<String> names(FeatureSchema schema) {
    Set<String> names = new LinkedHashSet<>();
    for (Feature feature : schema.features()) {
      if (!(feature instanceof RateFeature)) {
        names.add(feature.name());
      }
    }
    for (Feature feature : schema.features()) {
      if (feature instanceof RateFeature rate) {
        names.addAll(rate.keys());
      }
    }
    names.removeIf(name -> schema.contains(name) && required(schema.feature(name)));
    return List.copyOf(names);
  }

  /**
   * The features that are missing where a request comes without some values: those of the names
   * themselves, and the rates that have one among their keys.
   *
   * @param names of features, rates among them, or of keys of rates
   * @throws UnknownNameException where a name is none of these
   * @throws IllegalArgumentException where the schema requires a feature: a request without it is
   *     refused
   */
  public static Set<String> features(FeatureSchema schema, Collection<String> names) {
    Set<String> missing = new LinkedHashSet<>();
    Set<String> found = new LinkedHashSet<>();
    for (Feature feature : schema.features()) {
      String name = feature.name();
      if (names.contains(name)) {
        if (required(feature)) {
          throw new IllegalArgumentException(
              "feature '" + name + "' is required, so that no request may come without it");
        }
        missing.add(name);
        found.add(name);
      }
      if (feature instanceof RateFeature rate) {
        for (String key : rate.keys()) {
          if (names.contains(key)) {
            missing.add(name);
            found.add(key);
          }
        }
      }
    }
    for (String name : names) {
      if (!found.contains(name)) {
        throw new UnknownNameException("value of a request", name, names(schema));
      }
    }
    return missing;
  }

  private static boolean required(Feature feature) {
    return feature.missing() instanceof MissingPolicy.Refuse;
  }
}
