package io.ranking4j.runtime.input;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that the values of one side of a request may have: its features, except rates, which
 * are looked up, and the keys of rates. Immutable and safe to share.
 */
final class RequestNames {
  private final FeatureSchema schema;
  private final List<String> names;
  private final String[] array;
  private final RequestLimits limits;

  RequestNames(FeatureSchema schema, Side side, RequestLimits limits) {
    this.schema = schema;
    this.limits = limits;
    Set<String> found = new LinkedHashSet<>();
    for (Feature feature : side == Side.CONTEXT ? schema.context() : schema.candidate()) {
      if (!(feature instanceof RateFeature)) {
        found.add(feature.name());
      }
    }
    for (Feature feature : schema.features()) {
      // The key of a candidate's rate may come with either side, that of a context's with its own.
      if (feature instanceof RateFeature rate
          && (side == Side.CONTEXT || schema.side(rate.name()) == Side.CANDIDATE)) {
        for (String key : rate.keys()) {
          if (!schema.contains(key)) {
            found.add(key);
          }
        }
      }
    }
    this.names = List.copyOf(found);
    this.array = names.toArray(new String[0]);
  }

  int size() {
    return array.length;
  }

  /** The place of a name, or -1. */
  int slot(String name) {
    return names.indexOf(name);
  }

  /** Takes the values of a row in the order of the names. */
  void read(
      Features features,
      @Nullable Object[] values,
      UnknownFeatures unknown,
      Map<String, Double> signals,
      Place place,
      int row) {
    int used = 0;
    for (int i = 0; i < array.length; i++) {
      values[i] = features.get(array[i]);
      if (values[i] != null) {
        used++;
        check(array[i], values[i], place, row);
      }
    }
    if (unknown == UnknownFeatures.REFUSE && used != features.asMap().size()) {
      refuse(features, signals, place, row);
    }
  }

  private void check(String name, Object value, Place place, int row) {
    if (value instanceof String text) {
      if (text.length() > limits.maxStringLength()) {
        throw tooLong(name, limits.maxStringLength() + " characters", text.length(), place, row);
      }
    } else if (value instanceof List<?> list) {
      if (list.size() > limits.maxListLength()) {
        throw tooLong(name, limits.maxListLength() + " elements", list.size(), place, row);
      }
      for (int i = 0; i < list.size(); i++) {
        check(name, list.get(i), place, row);
      }
    }
  }

  private static DataException tooLong(
      String name, String limit, int actual, Place place, int row) {
    return new DataException(
        "feature '"
            + name
            + "' may have at most "
            + limit
            + ", but had "
            + actual
            + " in "
            + place.of(row));
  }

  private void refuse(Features features, Map<String, Double> signals, Place place, int row) {
    for (String name : features.asMap().keySet()) {
      if (names.contains(name) || signals.containsKey(name)) {
        continue;
      }
      if (!schema.contains(name)) {
        List<String> known = new ArrayList<>(names);
        known.addAll(signals.keySet());
        throw new UnknownNameException("feature of " + place.of(row), name, known);
      }
      throw new DataException(
          schema.feature(name) instanceof RateFeature rate
              ? "rate feature '"
                  + name
                  + "' is looked up by "
                  + rate.keys()
                  + " and takes no value, but was given one in "
                  + place.of(row)
              : "feature '"
                  + name
                  + "' is of the "
                  + schema.side(name).name().toLowerCase(Locale.ROOT)
                  + ", but was given with "
                  + place.of(row));
    }
  }
}
