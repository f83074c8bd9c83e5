package io.ranking4j.nn.gradient;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.architecture.Aitm;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.architecture.Dcmt;
import io.ranking4j.nn.architecture.Escm2;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.EsmmFlow;
import io.ranking4j.nn.architecture.Interactions;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.Mmoe;
import io.ranking4j.nn.architecture.Ple;
import io.ranking4j.nn.architecture.Progressive;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SeparateTowers;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.architecture.WideTerm;
import io.ranking4j.nn.loss.DcmtOptions;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.OrdinalKind;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every architecture, with every way that its tasks may hang together. */
final class ArchitectureCases {
  private static final int INPUT = 6;
  private static final String DOMAINS = "+domains=first,second";

  private ArchitectureCases() {}

  /** One of them. */
  record Case(
      String name, Architecture architecture, TaskGraph tasks, @Nullable InputLayout layout) {
    Case(String name, Architecture architecture, TaskGraph tasks) {
      this(name, architecture, tasks, null);
    }

    Plan plan() {
      return layout == null ? architecture.plan(INPUT, tasks) : architecture.plan(layout, tasks);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> all() {
    TaskGraph chain = chain(Residual.both("a"), Residual.both("b"));
    List<Case> cases = new ArrayList<>(structures());
    cases.addAll(byName(chain));
    TaskGraph values = TaskGraph.of(Task.of("y", OrdinalKind.of(0, 9, 1, 2, 4)), Task.binary("a"));
    cases.add(new Case("progressive regression", Progressive.of(5, 4), values));
    return cases;
  }

  /** Each kind of network once, without the many that differ by name only. */
  static List<Case> structures() {
    TaskGraph chain = chain(Residual.both("a"), Residual.both("b"));
    List<Case> cases = new ArrayList<>(ofStockLayers());
    cases.addAll(gated(chain));
    cases.addAll(dependent(chain));
    return cases;
  }

  /** Every name that the library knows, and what may stand behind it, over a named input. */
  private static List<Case> byName(TaskGraph chain) {
    List<String> names = new ArrayList<>(Architectures.names());
    names.replaceAll(name -> name.equals("domain-towers") ? name + DOMAINS : name);
    names.addAll(List.of("nse+fm", "resflow+cross2+fm", "escm2-dr+fm", "mmoe+cross" + DOMAINS));
    InputLayout layout = layout();
    return names.stream()
        .map(name -> new Case("named " + name, Architectures.of(name, 5, 4), chain, layout))
        .toList();
  }

  /** Two numbers and two embeddings that divide among three tasks. */
  private static InputLayout layout() {
    Dataset data =
        Dataset.builder()
            .column("first", NumericColumn.of(0, 1))
            .column("second", NumericColumn.of(1, 0))
            .column("user", CategoricalColumn.of(List.of("u", "v")))
            .column("item", CategoricalColumn.of(List.of("i", "j")))
            .build();
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("user"), numeric("first").asIs().required())
            .candidate(categorical("item"), numeric("second").asIs().required())
            .build();
    return FeatureEncoder.fit(schema, data, 3).layout();
  }

  /** Those that can be built of stock DL4J layers as well. */
  static List<Case> ofStockLayers() {
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

  private static List<Case> gated(TaskGraph chain) {
    Mlp expert = Mlp.of(5, 4).activation(Activation.RELU);
    return List.of(
        new Case("mmoe", Mmoe.of(4, 3).experts(3), chain),
        new Case("mmoe of one expert", Mmoe.of(4).experts(1), star()),
        new Case("mmoe, dropout", new Mmoe(3, expert, normed(3), false, 0.3), chain),
        new Case("omoe", new Mmoe(2, expert, Mlp.of(), true, 0), chain),
        new Case("cgc", Ple.cgc(4, 3).experts(2, 1), chain),
        new Case("ple", Ple.of(4, 3).experts(1, 2), star()),
        new Case(
            "ple of three levels",
            new Ple(1, 1, List.of(expert, normed(3), Mlp.of(4)), Mlp.of()),
            TaskGraph.of(Task.binary("a"), Task.binary("b"))),
        new Case("wide term", new WideTerm(resFlow(5, 4), List.of()), chain),
        new Case("cross layers", new Interactions(resFlow(5, 4), 2, false), chain));
  }

  private static List<Case> dependent(TaskGraph chain) {
    TaskGraph pair = pair(Residual.none("a"));
    return List.of(
        new Case("aitm", Aitm.of(5, 4), chain),
        new Case("aitm pair", new Aitm(normed(4), 0.4, 1), pair),
        new Case("aitm star", Aitm.of(3), star()),
        new Case("escm2-ipw", Escm2.ipw(5, 4), pair),
        new Case("escm2-ipw chain", Escm2.ipw(5), chain),
        new Case("escm2-dr", Escm2.dr(5), chain),
        new Case("dcmt", Dcmt.of(5, 4), pair),
        new Case("dcmt chain", Dcmt.of(5), chain),
        new Case(
            "dcmt without wide terms", new Dcmt(normed(4), false, DcmtOptions.defaults()), star()),
        new Case("esmm-resflow", EsmmFlow.of(5, 4), chain),
        new Case("esmm-resflow, features", EsmmFlow.of(5, 4), pair(Residual.features("a"))));
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
