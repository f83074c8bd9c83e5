package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.loss.BiasedLoss;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.LabelSpace;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A shallow tower that explains by position, device and surface what is not owed to the candidate
 * (Zhao et al., <a href="https://doi.org/10.1145/3298689.3346997">2019</a>), beside another
 * architecture, which does not see these features: in training the logit of a task is {@code main +
 * bias}. Tasks over all impressions that predict a probability have a bias; a task given another
 * one's positive has none, since what was clicked was seen.
 *
 * <p>In a share of the training rows the features are set to missing, so that the main network
 * cannot leave to them what it should know itself, and {@code bias(missing)} learns the average.
 * How the model is then served is a {@link Serving}. Both rank alike, as {@code bias(missing)} is
 * the same for all candidates; they differ in the level of the probabilities.
 *
 * <p>A network with a bias tower is served whole: its first layer is not taken apart into what
 * depends on the context alone.
 *
 * @param inner the main network; one that needs no more of the input than its width
 * @param features what the tower reads: categorical features with one value, or bucketed numbers,
 *     whose {@linkplain io.ranking4j.schema.MissingPolicy#learned missing value is learned}
 * @param tower the hidden layers of the tower; may be none, which makes the bias a sum over the
 *     features
 * @param dropout the share of training rows in which all these features are missing, in [0, 1)
 * @param serving what becomes of the tower after training
 */
public record BiasTower(
    Architecture inner, List<String> features, Mlp tower, double dropout, Serving serving)
    implements Around {
  /** The share of rows without bias features when nothing else is said. */
  public static final double DEFAULT_DROPOUT = 0.1;

  /** The width of the one hidden layer when nothing else is said. */
  public static final int DEFAULT_WIDTH = 16;

  /** What a served model does with the bias. */
  public enum Serving {
    /**
     * The model gives {@code main} alone and reads none of the features. Its level is set by the
     * validation data: on average over the positions there, the probabilities are right.
     */
    LEFT_OUT,
    /**
     * The model gives {@code main + bias}. A request leaves the features out, which makes the
     * probability that of an average position; one that sets them asks for the probability at that
     * position.
     */
    MISSING
  }

  /** Checks the features and the dropout. */
  public BiasTower {
    features = List.copyOf(new BiasInputs(features, dropout, false).features());
  }

  /** A tower of one layer of width {@value #DEFAULT_WIDTH} that is left out in serving. */
  public static BiasTower of(Architecture inner, String... features) {
    return new BiasTower(
        inner, List.of(features), Mlp.of(DEFAULT_WIDTH), DEFAULT_DROPOUT, Serving.LEFT_OUT);
  }

  /** With another share of rows without bias features. */
  public BiasTower dropout(double share) {
    return new BiasTower(inner, features, tower, share, serving);
  }

  /** Served in another way. */
  public BiasTower serving(Serving other) {
    return new BiasTower(inner, features, tower, dropout, other);
  }

  @Override
  public String name() {
    return inner.name() + "+bias";
  }

  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>(inner.properties());
    properties.put("bias.features", features.toString());
    properties.put("bias.tower", tower.toString());
    properties.put("bias.dropout", Double.toString(dropout));
    properties.put("bias.serving", serving.toString());
    return properties;
  }

  @Override
  public Optional<BiasInputs> biasInputs() {
    return Optional.of(new BiasInputs(features, dropout, serving == Serving.LEFT_OUT));
  }

  @Override
  public JointLoss loss(TaskGraph tasks) {
    JointLoss own = inner.loss(tasks);
    if (serving == Serving.MISSING) {
      return own;
    }
    // Any width will do: only the outputs are counted.
    Plan outputs = inner.plan(DEFAULT_WIDTH, tasks);
    return new BiasedLoss(own, tasks, biased(tasks), outputs.outputWidth());
  }

  /** The tasks that have a bias. */
  private static List<String> biased(TaskGraph tasks) {
    List<String> biased =
        tasks.tasks().stream()
            .filter(task -> task.kind().probability())
            .filter(task -> task.space() instanceof LabelSpace.Impressions)
            .map(Task::name)
            .toList();
    if (biased.isEmpty()) {
      throw new IllegalArgumentException(
          "a bias needs a task that predicts a probability over all impressions, but has "
              + tasks.names());
    }
    return biased;
  }

  /** {@inheritDoc} Refused: the features of the tower must be known by name. */
  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    throw new IllegalArgumentException(
        "a bias tower needs to know the columns of "
            + features
            + ", not only the "
            + inputWidth
            + " columns of the input");
  }

  @Override
  public Plan plan(InputLayout input, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(input.width());
    boolean[] ofBias = new boolean[input.width()];
    List<Value> read = new ArrayList<>();
    for (String feature : features) {
      EmbeddingField field = field(input, feature);
      read.add(plan.columns(plan.input(), field.offset(), field.width()));
      for (int c = 0; c < field.width(); c++) {
        ofBias[field.offset() + c] = true;
      }
    }
    Value main = main(plan, ofBias);
    Map<String, Value> outputs = plan.append("", inner.plan(main.width(), tasks), main);
    Value z = tower.apply(plan, "bias", plan.concat(read));
    Map<String, Value> biases = new LinkedHashMap<>();
    for (String task : biased(tasks)) {
      biases.put(task, plan.dense("bias." + task, z, 1, (Start) null));
    }
    if (serving == Serving.MISSING) {
      biases.forEach((task, bias) -> outputs.put(task, plan.add(Heads.of(outputs, task), bias)));
      outputs.forEach(plan::output);
    } else {
      outputs.forEach(plan::output);
      biases.forEach((task, bias) -> plan.output(task + " bias", bias));
    }
    return plan.build();
  }

  private static EmbeddingField field(InputLayout input, String feature) {
    for (EmbeddingField field : input.embeddings()) {
      if (field.feature().equals(feature) && !field.multiValued()) {
        return field;
      }
    }
    throw new UnknownNameException(
        "feature with one embedding",
        feature,
        input.embeddings().stream()
            .filter(field -> !field.multiValued())
            .map(EmbeddingField::feature)
            .toList());
  }

  /** The columns of the input that the main network may see, side by side. */
  private Value main(PlanBuilder plan, boolean[] ofBias) {
    List<Value> parts = new ArrayList<>();
    for (int from = 0; from < ofBias.length; ) {
      int to = from;
      while (to < ofBias.length && ofBias[to] == ofBias[from]) {
        to++;
      }
      if (!ofBias[from]) {
        parts.add(plan.columns(plan.input(), from, to - from));
      }
      from = to;
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "the main network needs a feature beside those of the bias, " + features);
    }
    return plan.concat(parts);
  }
}
