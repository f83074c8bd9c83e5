package io.ranking4j.examples.reproduce;

import io.ranking4j.examples.reproduce.ResultTable.Column;
import io.ranking4j.examples.reproduce.ResultTable.Reference;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.training.LossChoice;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.SingleHead;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables that compare architectures with one another. */
final class ComparisonTables {
  private static final String SINGLE_HEAD = "single-head";

  /** Methods that read no links between tasks. */
  private static final List<String> WITHOUT_LINKS =
      List.of("single-task", "shared-bottom", "nse", "mmoe", "omoe", "cgc", "ple");

  /** Methods that are along a chain. */
  private static final List<String> ALONG_LINKS =
      List.of("aitm", "esmm", "escm2-ipw", "escm2-dr", "dcmt", "resflow");

  private static final List<String> WITH_INTERACTIONS =
      List.of("resflow+cross2", "resflow+fm", "nse+cross2");

  private static final String EQUAL =
      "Equal budgets: the same features, embeddings of the same width, hidden layers of 128 and 64"
          + " (the first being the experts' or the shared one's), optimiser, learning rate, batches"
          + " and limit of epochs, none tuned for any of them. AUC on the test rows, mean ±"
          + " standard deviation over the seeds. The validation rows alone decide which epoch is"
          + " kept: that of the best mean AUC, the same for all tasks. No task stops on its own.";

  private final Budget budget;

  ComparisonTables(Budget budget) {
    this.budget = budget;
  }

  /** A and B: KuaiRand with four tasks or seven. */
  ResultTable kuairand(String id, StudyData data) {
    List<Column> columns = aucs(data.tasks());
    columns.addAll(conversion("long view", "long_view|is_click"));
    return new ResultTable(
        id,
        id + ". All architectures on KuaiRand, " + data.tasks().size() + " tasks",
        EQUAL
            + " All that read links have the chain from dense to sparse: "
            + String.join(", ", data.tasks().names())
            + ". ESMM, ESCM2 and DCMT, written for two tasks, multiply along it although labels are"
            + " not nested. The last two columns are about clicked rows alone: ordered by the"
            + " probability of a long view, and by that divided by the click's.",
        columns,
        all(data, data.tasks()),
        List.of());
  }

  /** A2: the two tasks that ESMM, ESCM2 and DCMT were written for. */
  ResultTable twoTasks(StudyData data) {
    TaskGraph tasks = Graphs.chain(List.of("is_click", "long_view"));
    List<Column> columns = aucs(tasks);
    columns.addAll(conversion("long view", "long_view|is_click"));
    List<Experiment> experiments = new ArrayList<>();
    names().forEach(name -> experiments.add(experiment(name, data, tasks)));
    return new ResultTable(
        "A2",
        "A2. Conversion given click: KuaiRand, 2 tasks",
        EQUAL
            + " The setting of two tasks that ESMM, ESCM2 and DCMT were written for: click, then"
            + " long view. The last two columns are about clicked rows alone: ordered by the"
            + " probability of a long view, and by that divided by the click's.",
        columns,
        experiments,
        List.of());
  }

  /** C: two tasks that have nothing to do with each other. */
  ResultTable census(StudyData data) {
    List<Experiment> experiments = new ArrayList<>();
    experiments.add(singleHead(data));
    WITHOUT_LINKS.forEach(name -> experiments.add(experiment(name, data, data.tasks())));
    TaskGraph chain = Graphs.chain(data.bySparsity());
    ALONG_LINKS.forEach(name -> experiments.add(experiment(name, data, chain)));
    return new ResultTable(
        "C",
        "C. All architectures on census-income, 2 unrelated tasks",
        EQUAL
            + " The people are divided into training, validation and test rows in the same way for"
            + " all seeds. The tasks depend on each other in no way; the methods that need a chain"
            + " have "
            + String.join(", then ", chain.names())
            + ", which is not what they were made for.",
        aucs(data.tasks()),
        experiments,
        List.of());
  }

  /** D and E: the simulator, where the truth is known. */
  ResultTable simulated(String id, String title, StudyData data) {
    List<Column> columns = aucs(data.tasks());
    columns.addAll(conversion("cart", "cart|click"));
    columns.addAll(conversion("order", "order|click"));
    return new ResultTable(
        id,
        id + ". " + title,
        EQUAL
            + " "
            + data.train().rows()
            + " rows to learn from, "
            + data.test().rows()
            + " to test on; the simulated world is the same for all seeds. The first line is the"
            + " AUC of the true probabilities on the same test rows, which no model can be expected"
            + " to beat.",
        columns,
        all(data, data.tasks()),
        List.of(new Reference("best reachable", Measures.ofTruth(data))));
  }

  /** K: ways to weight the tasks. */
  ResultTable weighting(StudyData data) {
    Map<String, LossChoice> choices = new LinkedHashMap<>();
    choices.put("fixed, all 1", LossChoice.FIXED);
    choices.put("uncertainty (Kendall et al.)", LossChoice.UNCERTAINTY_KENDALL);
    choices.put("uncertainty (Liebel and Koerner)", LossChoice.UNCERTAINTY_LIEBEL);
    choices.put("GradNorm", LossChoice.GRADNORM);
    List<Experiment> experiments = new ArrayList<>();
    choices.forEach(
        (name, choice) ->
            experiments.add(
                Experiment.of(
                        name, data, Architectures.of("resflow", budget.tower()), budget.options())
                    .loss(choice)));
    return new ResultTable(
        "K",
        "K. Task weighting: ResFlow on KuaiRand, 4 tasks",
        EQUAL,
        aucs(data.tasks()),
        experiments,
        List.of());
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(WITHOUT_LINKS);
    names.addAll(ALONG_LINKS);
    names.addAll(WITH_INTERACTIONS);
    return names;
  }

  private List<Experiment> all(StudyData data, TaskGraph tasks) {
    List<Experiment> experiments = new ArrayList<>();
    experiments.add(singleHead(data));
    names().forEach(name -> experiments.add(experiment(name, data, tasks)));
    return experiments;
  }

  private Experiment experiment(String name, StudyData data, TaskGraph tasks) {
    return Experiment.of(
        name, data, tasks, Architectures.of(name, budget.tower()), budget.options());
  }

  /** One head for any engagement, each worth the same, measured on each of them. */
  private Experiment singleHead(StudyData data) {
    Map<String, Double> worth = new LinkedHashMap<>();
    data.tasks().tasks().forEach(task -> worth.put(task.label(), 1.0));
    SingleHead head = SingleHead.of(worth);
    return new Experiment(
        SINGLE_HEAD,
        data,
        Network.of(
            data.schema(),
            new SharedBottom(Mlp.of(budget.tower()), Mlp.of()),
            TaskGraph.of(head.task())),
        LossChoice.FIXED,
        budget.options(),
        Optional.of(head));
  }

  /** A column for each task, and their mean. */
  static List<Column> aucs(TaskGraph tasks) {
    List<Column> columns = new ArrayList<>();
    for (String task : tasks.names()) {
      columns.add(Column.of(task.replaceFirst("^is_", "").replace('_', ' '), task + Measures.AUC));
    }
    columns.add(Column.of("mean", Measures.MEAN_AUC));
    return columns;
  }

  private static List<Column> conversion(String task, String key) {
    return List.of(
        Column.of(task + " on clicks", key + Measures.AUC),
        Column.of(task + " on clicks, by ratio", key + Measures.RATIO_AUC));
  }
}
