package io.ranking4j.nn.training;

import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Part;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanCodec;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model that a training goes on from, checked to be of the same network. */
final class EarlierModel {
  private static final String GENERATION = "warmStart.generation";

  private final RankingModel model;

  /**
   * Takes a model.
   *
   * @throws IllegalArgumentException where it is of another network, naming what differs
   */
  EarlierModel(RankingModel model, Network network) {
    this.model = model;
    if (!model.schema().equals(network.schema())) {
      throw differs("features", model.schema(), network.schema());
    }
    if (!model.tasks().names().equals(network.tasks().names())) {
      throw differs("tasks", model.tasks().names(), network.tasks().names());
    }
    for (Task task : network.tasks().tasks()) {
      String before = describe(model.tasks().task(task.name()));
      if (!before.equals(describe(task))) {
        throw differs("task '" + task.name() + "'", before, describe(task));
      }
    }
  }

  /** What of a task must stay; how much it counts in the loss may change. */
  private static String describe(Task task) {
    return task.kind().typeId()
        + task.kind().properties()
        + " of label '"
        + task.label()
        + "' over "
        + task.space();
  }

  private static IllegalArgumentException differs(String what, Object before, Object now) {
    return new IllegalArgumentException(
        "a training can go on from a model of the same network only, but its "
            + what
            + " were "
            + before
            + " and are "
            + now);
  }

  RankingModel model() {
    return model;
  }

  /** Its encoder, with what is new in the slice. */
  FeatureEncoder encoder(DatasetSource slice) {
    return model.encoder().grown(slice);
  }

  /** The tasks as they are asked for now, linked as they were. */
  Network linked(Network network) {
    List<Task> tasks = new ArrayList<>();
    for (Task task : network.tasks().tasks()) {
      tasks.add(
          new Task(
              task.name(),
              task.kind(),
              task.label(),
              task.space(),
              task.lossWeight(),
              task.positiveWeight(),
              task.negativeKeepRate(),
              task.mask(),
              model.tasks().task(task.name()).residual()));
    }
    return new Network(
        network.schema(), TaskGraph.of(tasks), network.architecture(), network.embeddingWidth());
  }

  /** A model that was trained from it, with what its provenance says about that. */
  RankingModel noted(RankingModel trained, WarmStart how) {
    int before = model.provenance().get(GENERATION).map(Integer::parseInt).orElse(0);
    int added = rows(trained.encoder().layout().tables()) - rows(model.encoder().layout().tables());
    return trained
        .withProvenance(GENERATION, Integer.toString(before + 1))
        .withProvenance("warmStart.model.sha256", OptimizerState.weightsHash(model))
        .withProvenance("warmStart.optimizer", how.state().isPresent() ? "continued" : "fresh")
        .withProvenance("warmStart.learningRateFactor", Double.toString(how.learningRateFactor()))
        .withProvenance("warmStart.addedRows", Integer.toString(added));
  }

  private static int rows(List<TableSpec> tables) {
    return tables.stream().mapToInt(TableSpec::rows).sum();
  }

  /**
   * Starts from its numbers.
   *
   * @param served the part of the plan that models have
   * @param fresh starts what it has not: parameters that only the loss reads
   * @throws IllegalArgumentException where it is of another network, naming what differs
   */
  TrainingStart start(Part served, TrainingStart fresh) {
    Map<String, Parameter> before = new LinkedHashMap<>();
    model.plan().parameters().forEach(parameter -> before.put(parameter.name(), parameter));
    Map<String, Parameter> now = new LinkedHashMap<>();
    served.plan().parameters().forEach(parameter -> now.put(parameter.name(), parameter));
    if (!before.keySet().equals(now.keySet())) {
      throw differs("parameters", before.keySet(), now.keySet());
    }
    now.forEach(
        (name, parameter) -> {
          String shape = shape(before.getOrDefault(name, parameter));
          if (!shape.equals(shape(parameter))) {
            throw differs("rows and columns of '" + name + "'", shape, shape(parameter));
          }
        });
    if (!PlanCodec.write(model.plan()).equals(PlanCodec.write(served.plan()))) {
      throw differs("steps", model.plan().steps().size() + " steps", "others, of equal parameters");
    }
    return new Start(before, fresh);
  }

  private static String shape(Parameter parameter) {
    return parameter.rows() + " x " + parameter.columns();
  }

  /** Its running statistics, among all of a plan. */
  float[] states(Plan plan, Part served) {
    float[] own = model.states();
    if (served.norms().isEmpty()) {
      return own;
    }
    float[] all = plan.initialStates();
    int at = 0;
    for (Step.BatchNorm norm : served.norms()) {
      int width = 2 * norm.input().width();
      System.arraycopy(own, at, all, norm.meanOffset(), width);
      at += width;
    }
    return all;
  }

  private final class Start implements TrainingStart {
    private final Map<String, Parameter> before;
    private final TrainingStart fresh;

    Start(Map<String, Parameter> before, TrainingStart fresh) {
      this.before = before;
      this.fresh = fresh;
    }

    @Override
    public float[] parameters(Plan plan) {
      float[] values = fresh.parameters(plan);
      float[] own = model.parameters();
      for (Parameter parameter : plan.parameters()) {
        Parameter source = before.get(parameter.name());
        if (source != null) {
          System.arraycopy(own, source.offset(), values, parameter.offset(), source.size());
        }
      }
      return values;
    }

    @Override
    public EmbeddingTable table(TableSpec spec, double deviation) {
      EmbeddingTable table = EmbeddingTable.zeros(spec);
      draw(table, deviation, 1);
      return table;
    }

    /** The same numbers in each epoch: those of before the slice was seen. */
    @Override
    public void draw(EmbeddingTable table, double deviation, int epoch) {
      EmbeddingTable known = table(table.spec().name());
      int width = table.spec().width();
      if (known.spec().width() != width) {
        throw differs("width of table '" + table.spec().name() + "'", known.spec().width(), width);
      }
      float[] values = table.values();
      System.arraycopy(known.values(), 0, values, 0, known.values().length);
      // New categories were unknown until now, and so predicted as the first row says.
      for (int at = known.values().length; at < values.length; at += width) {
        System.arraycopy(known.values(), 0, values, at, width);
      }
    }

    private EmbeddingTable table(String name) {
      return model.tables().stream()
          .filter(table -> table.spec().name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }
}
