package io.ranking4j.nn.gradient;

import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;

/** Every architecture, with every way that its tasks may hang together. */
final class ArchitectureCases {
  private static final int INPUT = 6;

  private ArchitectureCases() {}

  /** One of them. */
  record Case(String name, Architecture architecture, TaskGraph tasks) {
    Plan plan() {
      return architecture.plan(INPUT, tasks);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    TaskGraph chain = chain(Residual.both("a"), Residual.both("b"));
    for (Residual link :
        List.of(
            Residual.both("a"),
            Residual.features("a"),
            Residual.logit("a"),
            Residual.features("a", 1),
            Residual.features("a", 2),
            Residual.features("a", 2).andLogit(),
            Residual.none("a"))) {
      cases.add(new Case("resflow " + link, resFlow(5, 4), pair(link)));
    }
    cases.add(new Case("resflow chain", resFlow(5, 4), chain));
    cases.add(
        new Case(
            "resflow chain of logits",
            resFlow(4),
            chain(Residual.logit("a"), Residual.logit("b"))));
    cases.add(new Case("resflow star", resFlow(5, 4), star()));
    cases.add(new Case("resflow shared", resFlow(5, 4).shared(7), chain));
    cases.add(new Case("resflow without layers", ResFlow.of(), chain));
    cases.add(
        new Case(
            "resflow relu without norm",
            new ResFlow(Mlp.of(), Mlp.of(5, 4).activation(Activation.RELU).batchNorm(false)),
            chain));
    cases.add(
        new Case(
            "resflow dropout", new ResFlow(Mlp.of(7), normed(5, 4).dropout(0.3)).shared(6), chain));
    cases.add(new Case("shared bottom", new SharedBottom(normed(7), normed(4)), chain));
    cases.add(new Case("shared bottom without towers", SharedBottom.of(7), star()));
    cases.add(
        new Case(
            "shared bottom dropout",
            new SharedBottom(normed(7).dropout(0.5), normed(4).activation(Activation.TANH)),
            chain));
    cases.add(new Case("separate towers", new SeparateTowers(normed(5, 4)), chain));
    cases.add(new Case("esmm", new Esmm(normed(5, 4)), pair(Residual.none("a"))));
    cases.add(new Case("esmm chain", Esmm.of(5), chain));
    cases.add(new Case("esmm star", Esmm.of(5), star()));
    return cases;
  }

  private static Mlp normed(int... widths) {
    return Mlp.of(widths).batchNorm(true);
  }

  private static ResFlow resFlow(int... tower) {
    return new ResFlow(Mlp.of(), normed(tower));
  }

  private static TaskGraph pair(Residual link) {
    return TaskGraph.of(Task.binary("a"), Task.binary("b").residual(link));
  }

  private static TaskGraph chain(Residual first, Residual second) {
    // The last one first: the order of the tasks is not that of the towers.
    return TaskGraph.of(
        Task.binary("c").residual(second), Task.binary("a"), Task.binary("b").residual(first));
  }

  private static TaskGraph star() {
    return TaskGraph.of(
        Task.binary("a"),
        Task.binary("b").residualFrom("a"),
        Task.binary("c").residualFrom("a"),
        Task.binary("d"));
  }
}
