package io.ranking4j.nn.training;

import io.ranking4j.nn.optimizer.LostFeatures;
import io.ranking4j.runtime.input.LostValues;
import io.ranking4j.schema.FeatureSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Values that training takes for missing by chance, so that the model learns what a missing value
 * means and to do without it: a service that fails when the model serves then costs less. Drawn
 * anew for each row at each step; a rate is missing with any of its keys. Validation has all
 * values.
 *
 * @param rate the share of rows that lose a value, in [0, 1)
 * @param groups names of features, or of keys of rates, that are lost together, say because one
 *     service has them all; each name in no group is lost by itself. Features that the schema
 *     requires are never lost
 */
public record FeatureDropout(double rate, List<Set<String>> groups) {
  /** Nothing is lost. */
  public static final FeatureDropout NONE = new FeatureDropout(0, List.of());

  /** Refuses a rate that leaves nothing, and copies the groups. */
  public FeatureDropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("feature dropout must be in [0, 1), but was " + rate);
    }
    groups = groups.stream().map(Set::copyOf).toList();
  }

  /** Each value by itself. */
  public static FeatureDropout of(double rate) {
    return new FeatureDropout(rate, List.of());
  }

  /**
   * The features that are lost together.
   *
   * @throws io.ranking4j.error.UnknownNameException where a group names what no request has
   * @throws IllegalArgumentException where a group has a feature that is required
   */
  List<LostFeatures.Group> groups(FeatureSchema schema) {
    if (rate == 0) {
      return List.of();
    }
    Set<String> single = new LinkedHashSet<>(LostValues.names(schema));
    List<LostFeatures.Group> all = new ArrayList<>();
    for (Set<String> group : groups) {
      all.add(new LostFeatures.Group(LostValues.features(schema, group), rate));
      single.removeAll(group);
    }
    for (String name : single) {
      all.add(new LostFeatures.Group(LostValues.features(schema, Set.of(name)), rate));
    }
    return all;
  }
}
