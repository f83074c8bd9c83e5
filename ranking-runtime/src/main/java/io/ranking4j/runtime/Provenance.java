package io.ranking4j.runtime;

import java.io.IOException;
import java.nio.file.Path;
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

  /**
   * That of the model in a file, whose checksum is verified, without the memory that the model
   * takes.
   *
   * @throws io.ranking4j.error.ModelFileException where it is no model file, truncated or altered
   * @throws IOException where it cannot be read
   */
  public static Provenance read(Path file) throws IOException {
    return ModelCodec.provenance(file);
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
