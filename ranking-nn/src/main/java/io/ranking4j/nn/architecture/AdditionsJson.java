package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Additions as members of an architecture's JSON object. */
final class AdditionsJson {
  static final String CROSS = "cross";
  static final String MACHINE = "fm";
  static final String FEATURES = "features";
  static final String LOGIT = "logit";
  static final String TOPOLOGY = "topology";
  static final String PARENTS = "parents";
  static final String DOMAINS = "domains";

  /** The members. */
  static final List<String> MEMBERS =
      List.of(CROSS, MACHINE, FEATURES, LOGIT, TOPOLOGY, PARENTS, DOMAINS);

  private AdditionsJson() {}

  /** What the name says, and what the members say beside it. */
  static Additions read(Json root, Additions byName) {
    Additions additions = byName;
    if (root.has(CROSS)) {
      additions = additions.crossLayers((int) ArchitectureJson.value(root, CROSS, int.class));
    }
    if (root.has(MACHINE)) {
      additions = additions.machine((boolean) ArchitectureJson.value(root, MACHINE, boolean.class));
    }
    if (root.has(FEATURES) || root.has(LOGIT)) {
      Carried said = additions.carried().orElse(Carried.nothing());
      boolean logit =
          root.has(LOGIT)
              ? (boolean) ArchitectureJson.value(root, LOGIT, boolean.class)
              : said.logit();
      boolean all = said.allLayers();
      Set<Integer> layers = said.layers();
      if (root.path(FEATURES).isArray()) {
        all = false;
        layers = new TreeSet<>(ArchitectureJson.integers(root, FEATURES));
      } else if (root.has(FEATURES)) {
        all = (boolean) ArchitectureJson.value(root, FEATURES, boolean.class);
        layers = Set.of();
      }
      additions = additions.carried(new Carried(all, layers, logit));
    }
    if (root.has(TOPOLOGY)) {
      additions = additions.topology(topology(ArchitectureJson.text(root, TOPOLOGY)));
    }
    if (root.has(PARENTS)) {
      Map<String, String> parents = new LinkedHashMap<>();
      for (String child : root.path(PARENTS).names()) {
        parents.put(child, ArchitectureJson.text(root.path(PARENTS), child));
      }
      additions = additions.topology(new Topology.Parents(parents));
    }
    if (root.has(DOMAINS)) {
      List<String> domains = new ArrayList<>();
      for (Json domain : ArchitectureJson.array(root, DOMAINS)) {
        domains.add(ArchitectureJson.text(domain, DOMAINS, root));
      }
      additions = additions.domains(domains);
    }
    return additions;
  }

  private static Topology topology(String label) {
    for (Topology.Named named : Topology.Named.values()) {
      if (named.label().equals(label)) {
        return named;
      }
    }
    throw new UnknownNameException(
        TOPOLOGY, label, Arrays.stream(Topology.Named.values()).map(Topology::label).toList());
  }

  /** Adds the members that say something. */
  static void write(Additions additions, Json root) {
    if (additions.crossLayers() > 0) {
      root.put(CROSS, additions.crossLayers());
    }
    if (additions.machine()) {
      root.put(MACHINE, true);
    }
    additions
        .carried()
        .ifPresent(
            carried -> {
              if (carried.layers().isEmpty()) {
                root.put(FEATURES, carried.allLayers());
              } else {
                Json layers = root.putArray(FEATURES);
                carried.layers().forEach(layers::add);
              }
              root.put(LOGIT, carried.logit());
            });
    additions
        .topology()
        .ifPresent(
            topology -> {
              if (topology instanceof Topology.Parents own) {
                Json parents = root.putObject(PARENTS);
                own.parents().forEach(parents::put);
              } else {
                root.put(TOPOLOGY, topology.label());
              }
            });
    if (!additions.domains().isEmpty()) {
      Json domains = root.putArray(DOMAINS);
      additions.domains().forEach(domains::add);
    }
  }
}
