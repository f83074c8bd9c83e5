package io.ranking4j.examples.reproduce;

import io.ranking4j.examples.reproduce.ResultTable.Column;
import io.ranking4j.examples.reproduce.ResultTable.Reference;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.task.Residual;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ablations and the topologies of ResFlow. */
final class ResFlowTables {
  private static final String RESFLOW = "resflow";
  private static final String ESMM_RESFLOW = "esmm-resflow";

  private static final String PROTOCOL =
      "Same protocol and budget as the comparison of architectures; AUC on the test rows, mean ±"
          + " standard deviation over the seeds.";

  private final Budget budget;

  ResFlowTables(Budget budget) {
    this.budget = budget;
  }

  /** F: what the residuals carry. */
  ResultTable ablations(String id, String where, StudyData data, List<Reference> references) {
    List<String> chain = data.bySparsity();
    List<Experiment> all = new ArrayList<>();
    all.add(linked("NSE", data, "nse", chain, Residual::none));
    all.add(linked("NSE + FR", data, RESFLOW, chain, Residual::features));
    all.add(linked("NSE + FR, H1 only", data, RESFLOW, chain, p -> Residual.features(p, 1)));
    all.add(linked("NSE + FR, H2 only", data, RESFLOW, chain, p -> Residual.features(p, 2)));
    all.add(linked("NSE + LR", data, RESFLOW, chain, Residual::logit));
    all.add(linked("ResFlow (FR + LR)", data, RESFLOW, chain, Residual::both));
    all.add(linked("ESMM", data, "esmm", chain, Residual::none));
    all.add(linked("ESMM + FR", data, ESMM_RESFLOW, chain, Residual::features));
    all.add(linked("ESMM + FR + LR", data, ESMM_RESFLOW, chain, Residual::both));
    return new ResultTable(
        id,
        id + ". Ablations of ResFlow on " + where,
        PROTOCOL
            + " FR: residuals of the features of hidden layers (H1, H2: of one layer only). LR:"
            + " residuals of logits. Links along the chain "
            + String.join(", ", chain)
            + ".",
        columns(data.tasks()),
        all,
        references);
  }

  /** G: which task takes over from which. */
  ResultTable topologies(
      String id,
      String where,
      StudyData data,
      Map<String, String> ownParents,
      List<Reference> references) {
    List<String> names = data.bySparsity();
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    Map<String, String> star = new LinkedHashMap<>();
    names.subList(1, names.size()).forEach(name -> star.put(name, names.get(0)));
    List<Experiment> all = new ArrayList<>();
    all.add(topology("by sparsity (default)", data, Graphs.chain(names)));
    all.add(topology("star", data, Graphs.tree(names, star)));
    all.add(topology("reversed chain", data, Graphs.chain(reversed)));
    all.add(topology("own tree", data, Graphs.tree(names, ownParents)));
    all.add(linked("no links", data, "nse", names, Residual::none));
    return new ResultTable(
        id,
        id + ". Topologies of ResFlow on " + where,
        PROTOCOL
            + " By sparsity: the chain "
            + String.join(", ", names)
            + ". Star: all others depend on the first. Own tree: "
            + links(names, ownParents)
            + ".",
        columns(data.tasks()),
        all,
        references);
  }

  private static String links(List<String> names, Map<String, String> parents) {
    return String.join(
        ", ",
        names.stream()
            .filter(parents::containsKey)
            .map(name -> name + " depends on " + parents.get(name))
            .toList());
  }

  private static List<Column> columns(TaskGraph tasks) {
    return ComparisonTables.aucs(tasks);
  }

  private Experiment linked(
      String name,
      StudyData data,
      String architecture,
      List<String> chain,
      Function<String, Residual> link) {
    return Experiment.of(
        name,
        data,
        Graphs.chain(chain, link),
        Architectures.of(architecture, budget.tower()),
        budget.options());
  }

  private Experiment topology(String name, StudyData data, TaskGraph tasks) {
    return Experiment.of(
        name, data, tasks, Architectures.of(RESFLOW, budget.tower()), budget.options());
  }
}
