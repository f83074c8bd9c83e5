package io.ranking4j.runtime;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a model comes from: data, options, seed, versions, time, and what it reached, as named
 * texts. Immutable and safe to share.
 */
public final class Provenance {
  private final Map<String, String> entries;

  private Provenance(Map<String, String> entries) {
    this.entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** Of these entries, copied. */
  public static Provenance of(Map<String, String> entries) {
    return new Provenance(entries);
  }

  /** All entries, sorted by name; unmodifiable. */
  public Map<String, String> entries() {
    return entries;
  }

  /** One entry. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** With one entry more, or another. */
  public Provenance with(String name, String value) {
    Map<String, String> more = new TreeMap<>(entries);
    more.put(name, value);
    return new Provenance(more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Provenance that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
