package io.ranking4j.data.simulator;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A simulated impression log with the truth about it. Immutable and safe to share.
 *
 * <p>The rows of a split are in the order of time, the impressions of a request one after the other
 * by position. Beside the features of {@link #schema()} and a column of 0 and 1 for each action
 * there are the columns {@value #REQUEST_ID} (categories), {@value #DAY} (whole numbers from 0) and
 * {@value #POSITION} (whole numbers from 1).
 */
public final class SimulatedLog {
  /** The column of the request that an impression belongs to. */
  public static final String REQUEST_ID = "request_id";

  /** The column of the day, counted from 0. */
  public static final String DAY = "day";

  /** The column of the position within the list, counted from 1. */
  public static final String POSITION = "position";

  /** The column and feature of the item. */
  public static final String ITEM_ID = "item_id";

  /** The column, feature and signal of the price. */
  public static final String PRICE = "price";

  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(
              Feature.categorical("user_id"),
              Feature.categorical("segment"),
              Feature.categorical("hour"),
              Feature.categorical("device"))
          .candidate(
              Feature.categorical(ITEM_ID),
              Feature.categorical("category"),
              Feature.categorical("brand"),
              Feature.numeric(PRICE).log(),
              Feature.numeric("age_days").log(),
              Feature.categorical("tags").multiValued(Pooling.MEAN))
          .build();

  private final SimulatorOptions options;
  private final Map<Split, SplitLog> splits;
  private final TaskGraph tasks;

  SimulatedLog(SimulatorOptions options, Map<Split, SplitLog> splits) {
    this.options = options;
    this.splits = new EnumMap<>(splits);
    this.tasks = graph(options.rates().keySet());
  }

  private static TaskGraph graph(Collection<Action> actions) {
    List<Task> made = new ArrayList<>();
    for (Action action : actions) {
      Task task = Task.binary(action.label());
      // The actions that need no click are linked to it as well: they share its interest.
      Action before = action.parent().orElse(Action.CLICK);
      boolean linked = action != Action.CLICK && actions.contains(before);
      made.add(linked ? task.residualFrom(before.label()) : task);
    }
    return TaskGraph.of(made);
  }

  /** What it was made with. */
  public SimulatorOptions options() {
    return options;
  }

  /** The features, those of the context first; without the position. */
  public FeatureSchema schema() {
    return SCHEMA;
  }

  /**
   * A binary task over all impressions for each action: the chain click, cart, order by residual
   * links, and each of the others linked to the click (where there is one).
   */
  public TaskGraph tasks() {
    return tasks;
  }

  /**
   * The tasks of the chain click, cart, order alone, as far as the log has them.
   *
   * @throws IllegalStateException where the log has no click
   */
  public TaskGraph funnel() {
    List<Action> chain = new ArrayList<>(List.of(Action.CLICK, Action.CART, Action.ORDER));
    chain.retainAll(options.rates().keySet());
    if (chain.isEmpty()) {
      throw new IllegalStateException(
          "a funnel starts with CLICK, but the log has only " + options.rates().keySet());
    }
    return graph(chain);
  }

  /** The first days. */
  public Dataset train() {
    return dataset(Split.TRAIN);
  }

  /** The day after the training days. */
  public Dataset validation() {
    return dataset(Split.VALIDATION);
  }

  /** The day after the validation day. */
  public Dataset test() {
    return dataset(Split.TEST);
  }

  /** The rows of a split. */
  public Dataset dataset(Split split) {
    return split(split).dataset();
  }

  /**
   * The true probability by row that the label of a task is 1: what a perfect model would predict
   * for all impressions. With position bias this includes the probability that the impression is
   * examined at its position. A new array.
   *
   * @throws UnknownNameException where there is no such task
   */
  public double[] probability(Split split, String task) {
    return split(split).probability(action(task));
  }

  /**
   * The true probability by row of an action given that the impression is examined: {@link
   * #probability} without position bias. A new array.
   *
   * @throws UnknownNameException where there is no such task
   */
  public double[] relevance(Split split, String task) {
    return split(split).relevance(action(task));
  }

  /**
   * The true probability by row of an action given that its parent action happened (cart given
   * click, order given cart, long click given click), or for the others given that the impression
   * is examined. A new array.
   *
   * @throws UnknownNameException where there is no such task
   */
  public double[] conditional(Split split, String task) {
    return split(split).conditional(action(task));
  }

  /** The true probability by row that the impression is examined at its position. A new array. */
  public double[] examination(Split split) {
    return split(split).examination();
  }

  /** The ids of the requests of a split, in the order of its rows. */
  public List<String> requestIds(Split split) {
    return Collections.unmodifiableList(Arrays.asList(requestColumn(split).dictionary()));
  }

  /**
   * A request with the features that its rows have.
   *
   * @param split where it is
   * @param index its place in {@link #requestIds}
   * @throws IndexOutOfBoundsException where there is no such place
   */
  public SimulatedRequest request(Split split, int index) {
    String[] ids = requestColumn(split).dictionary();
    Objects.checkIndex(index, ids.length);
    Dataset rows = dataset(split);
    int firstRow = index * options.slateLength();
    NumericColumn price = rows.column(PRICE, NumericColumn.class);
    List<Candidate> candidates = new ArrayList<>();
    for (int row = firstRow; row < firstRow + options.slateLength(); row++) {
      Features features = features(rows, SCHEMA.candidate(), row);
      candidates.add(
          Candidate.of(String.valueOf(features.get(ITEM_ID)), features)
              .signal(PRICE, price.values()[row]));
    }
    return new SimulatedRequest(
        ids[index], firstRow, features(rows, SCHEMA.context(), firstRow), candidates);
  }

  /**
   * A request with the features that its rows have.
   *
   * @throws UnknownNameException where no split has a request of that id
   */
  public SimulatedRequest request(String requestId) {
    for (Split split : Split.values()) {
      int index = requestIds(split).indexOf(requestId);
      if (index >= 0) {
        return request(split, index);
      }
    }
    throw new UnknownNameException("request", requestId, requestIds(Split.TEST));
  }

  private static Features features(Dataset rows, List<Feature> features, int row) {
    Features.Builder builder = Features.builder();
    for (Feature feature : features) {
      String name = feature.name();
      if (rows.column(name) instanceof ListColumn lists) {
        builder.set(name, lists.get(row));
      } else if (rows.column(name) instanceof NumericColumn numbers) {
        builder.set(name, numbers.values()[row]);
      } else {
        @Nullable String category = rows.column(name, CategoricalColumn.class).get(row);
        if (category != null) {
          builder.set(name, category);
        }
      }
    }
    return builder.build();
  }

  private CategoricalColumn requestColumn(Split split) {
    return dataset(split).column(REQUEST_ID, CategoricalColumn.class);
  }

  private Action action(String task) {
    String label = tasks.task(task).label();
    return options.rates().keySet().stream()
        .filter(action -> action.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new UnknownNameException("task", task, tasks.names()));
  }

  private SplitLog split(Split split) {
    SplitLog rows = splits.get(split);
    if (rows == null) {
      throw new IllegalStateException("no split " + split);
    }
    return rows;
  }

  @Override
  public String toString() {
    return "SimulatedLog[train="
        + train().rows()
        + ", validation="
        + validation().rows()
        + ", test="
        + test().rows()
        + " rows, tasks="
        + tasks.names()
        + "]";
  }
}
