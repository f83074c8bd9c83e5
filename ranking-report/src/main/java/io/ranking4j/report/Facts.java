package io.ranking4j.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names with a text each: options, versions, dates. Immutable and safe to share.
 *
 * @param title what the facts are about
 * @param entries the facts, in the order in which they are shown
 */
public record Facts(String title, Map<String, String> entries) implements Block {

  /** Copies the entries, in their order. */
  public Facts {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }
}
