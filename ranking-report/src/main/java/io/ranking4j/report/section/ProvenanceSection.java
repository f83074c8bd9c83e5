package io.ranking4j.report.section;

import io.ranking4j.report.Block;
import io.ranking4j.report.Facts;
import io.ranking4j.report.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the numbers come from: data, options, seeds, versions, dates. Immutable and safe to share.
 *
 * @param entries by what it is about (a model, the data), its facts in order
 */
public record ProvenanceSection(Map<String, Map<String, String>> entries) implements Section {

  /** Copies the maps, in their order. */
  public ProvenanceSection {
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    entries.forEach(
        (name, facts) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(facts))));
    entries = Collections.unmodifiableMap(copy);
  }

  @Override
  public String title() {
    return "Provenance";
  }

  @Override
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    entries.forEach((name, facts) -> blocks.add(new Facts(name, facts)));
    return blocks;
  }
}
