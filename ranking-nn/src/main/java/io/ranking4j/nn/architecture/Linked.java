package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.TaskGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Another architecture over tasks that are linked anew: which depends on which, and what their
 * towers take over. So ablations and topologies can be compared without writing the tasks down
 * again.
 *
 * @param inner the other architecture
 * @param topology which task depends on which; empty to leave it to the other architecture
 * @param carried what is taken over; empty for what the tasks say
 */
public record Linked(Architecture inner, Optional<Topology> topology, Optional<Carried> carried)
    implements Around {
  /** Refuses what the other architecture would not read. */
  public Linked {
    if (carried.isPresent() && !(inner instanceof ResFlow || inner instanceof EsmmFlow)) {
      throw new IllegalArgumentException(
          "only towers of resflow and esmm-resflow take over features or logits, but the"
              + " architecture is "
              + inner.name());
    }
  }

  @Override
  public String name() {
    return inner.name()
        + carried.map(Carried::label).orElse("")
        + topology.map(links -> "+" + links.label()).orElse("");
  }

  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>(inner.properties());
    topology.ifPresent(links -> properties.put("topology", links.label()));
    carried.ifPresent(what -> properties.put("carried", what.toString()));
    return properties;
  }

  @Override
  public TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
    TaskGraph linked =
        topology.isPresent() ? topology.get().link(tasks, positives) : inner.link(tasks, positives);
    return carried.isPresent() ? Links.carry(linked, carried.get()) : linked;
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    return inner.plan(inputWidth, tasks);
  }

  @Override
  public Plan plan(InputLayout input, TaskGraph tasks) {
    return inner.plan(input, tasks);
  }
}
