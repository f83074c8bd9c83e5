package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may stand behind the name of an architecture, and is built around it.
 *
 * @param carried what the towers of dependent tasks take over
 * @param topology which task depends on which
 * @param crossLayers how many cross layers there are
 * @param machine whether there is a factorisation machine
 * @param domains the features that say the domain; empty for one domain
 */
record Additions(
    Optional<Carried> carried,
    Optional<Topology> topology,
    int crossLayers,
    boolean machine,
    List<String> domains) {
  static final Additions NONE =
      new Additions(Optional.empty(), Optional.empty(), 0, false, List.of());

  private static final String CROSS = "cross";
  private static final String MACHINE = "fm";
  private static final String FEATURES = "features";
  private static final String LOGIT = "logit";
  private static final String UNLINKED = "unlinked";
  private static final String PARENTS = "parents=";
  private static final String DOMAINS = "domains=";

  /** How they are written, for messages. */
  private static final List<String> KNOWN =
      List.of(
          CROSS,
          "cross2",
          MACHINE,
          FEATURES,
          "features1",
          LOGIT,
          UNLINKED,
          "given",
          "sparsity",
          "star",
          "reversed",
          "parents=child:parent,...",
          "domains=feature,feature,...");

  /** With one more, as it is written behind a plus sign. */
  Additions and(String part) {
    if (part.equals(MACHINE)) {
      return machine(true);
    }
    if (part.equals(LOGIT)) {
      return carried(carried.orElse(Carried.nothing()).andLogit());
    }
    if (part.equals(FEATURES)) {
      return carried(new Carried(true, Set.of(), carried.map(Carried::logit).orElse(false)));
    }
    if (part.equals(UNLINKED)) {
      return carried(Carried.nothing());
    }
    if (part.startsWith(DOMAINS)) {
      return domains(List.of(part.substring(DOMAINS.length()).split(",", -1)));
    }
    if (part.startsWith(PARENTS)) {
      return topology(parents(part.substring(PARENTS.length())));
    }
    for (Topology.Named named : Topology.Named.values()) {
      if (part.equals(named.label())) {
        return topology(named);
      }
    }
    if (part.matches("cross[1-9]?")) {
      return crossLayers(part.equals(CROSS) ? 1 : part.charAt(CROSS.length()) - '0');
    }
    if (part.matches("features[1-9]")) {
      int layer = part.charAt(FEATURES.length()) - '0';
      return carried(carried.orElse(Carried.nothing()).andLayer(layer));
    }
    throw new UnknownNameException("addition to a model", part, KNOWN);
  }

  private static Topology parents(String text) {
    Map<String, String> parents = new LinkedHashMap<>();
    for (String link : text.split(",", -1)) {
      List<String> ends = Arrays.asList(link.split(":", -1));
      if (ends.size() != 2 || parents.put(ends.get(0), ends.get(1)) != null) {
        throw new IllegalArgumentException(
            "parents must be child:parent,... with each child once, but were '" + text + "'");
      }
    }
    return new Topology.Parents(parents);
  }

  Additions carried(Carried what) {
    return new Additions(Optional.of(what), topology, crossLayers, machine, domains);
  }

  Additions topology(Topology links) {
    return new Additions(carried, Optional.of(links), crossLayers, machine, domains);
  }

  Additions crossLayers(int layers) {
    return new Additions(carried, topology, layers, machine, domains);
  }

  Additions machine(boolean wanted) {
    return new Additions(carried, topology, crossLayers, wanted, domains);
  }

  Additions domains(List<String> features) {
    return new Additions(carried, topology, crossLayers, machine, features);
  }

  /** That architecture with all of this around it. */
  Architecture around(Architecture base) {
    Architecture made = base;
    if (carried.isPresent() || topology.isPresent()) {
      made = new Linked(made, topology, carried);
    }
    if (crossLayers > 0 || machine) {
      made = new Interactions(made, crossLayers, machine);
    }
    return domains.isEmpty() ? made : new DomainTowers(made, domains);
  }

  /** What is around an architecture; the opposite of {@link #around}. */
  static Additions of(Architecture architecture) {
    if (architecture instanceof DomainTowers towers) {
      return of(towers.inner()).domains(towers.indicators());
    }
    if (architecture instanceof Interactions interactions) {
      return of(interactions.inner())
          .crossLayers(interactions.crossLayers())
          .machine(interactions.factorization());
    }
    if (architecture instanceof Linked linked) {
      return new Additions(linked.carried(), linked.topology(), 0, false, List.of());
    }
    return NONE;
  }

  /** What is within; see {@link #of}. */
  static Architecture base(Architecture architecture) {
    if (architecture instanceof DomainTowers towers) {
      return base(towers.inner());
    }
    if (architecture instanceof Interactions interactions) {
      return base(interactions.inner());
    }
    return architecture instanceof Linked linked ? base(linked.inner()) : architecture;
  }
}
