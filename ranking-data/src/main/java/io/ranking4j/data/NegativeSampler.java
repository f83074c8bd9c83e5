package io.ranking4j.data;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Leaves out a share of the negatives, and notes it so that the model can undo what this does to
 * probabilities. Whether a row is kept follows from the seed and its number alone: it is the same
 * whether the rows come in one piece or in chunks of any size.
 *
 * <p>Rates ({@link RateCounts}) are counted before, on all rows.
 */
public final class NegativeSampler {
  /** What the name of a task is given to make that of its mask. */
  public static final String MASK_SUFFIX = "_kept";

  private NegativeSampler() {}

  /**
   * Rows and the tasks that fit them.
   *
   * @param <D> what holds the rows
   * @param data the rows that are left, with the masks
   * @param tasks the tasks with their masks and keep rates
   */
  public record PerTask<D extends DatasetSource>(D data, TaskGraph tasks) {}

  /**
   * Keeps every row that has a positive of any binary task, and of the others a share, for all
   * tasks alike. A positive is a label of 1, also where a mask or a label space hides it from its
   * task; tasks of other kinds have none. A missing label is no positive.
   *
   * @param keepRate the share of the rows without a positive, in (0, 1]
   * @throws IllegalArgumentException where the rate is out of range, no task is binary, or the data
   *     were sampled before
   * @throws DataException where no row is left
   */
  public static Dataset allTasks(Dataset data, TaskGraph tasks, double keepRate, long seed) {
    NegativeSampling sampling = sampling(data, keepRate);
    Dataset sampled = new ForAll(tasks, keepRate, seed).apply(data, 0).with(sampling);
    return checkRows(sampled);
  }

  /**
   * The same of a source; the very rows that {@link #allTasks(Dataset, TaskGraph, double, long)}
   * keeps.
   */
  public static DatasetSource allTasks(
      DatasetSource data, TaskGraph tasks, double keepRate, long seed) {
    if (data instanceof Dataset whole) {
      return allTasks(whole, tasks, keepRate, seed);
    }
    NegativeSampling sampling = sampling(data, keepRate);
    ForAll step = new ForAll(tasks, keepRate, seed);
    return new MappedSource(
        data,
        () -> (chunk, firstRow) -> step.apply(chunk, firstRow).with(sampling),
        Optional.of(sampling),
        data.rateTables());
  }

  /**
   * Gives each of the named tasks its own share of its own negatives. A task so sampled gets a
   * mask, a column called after it with {@value #MASK_SUFFIX}: 1 for its positives and the kept
   * negatives, 0 for the other negatives and where its label is missing or the mask it had before
   * is not 1. Rows that no task learns from are left out. The shares are nested: a row that a task
   * with a low rate keeps is kept by all with a higher one, so that as few rows as possible are
   * left.
   *
   * @param keepRates by task, the share of its negatives, in (0, 1]; tasks without one keep all
   * @throws UnknownNameException where a rate is for no task
   * @throws IllegalArgumentException where a rate is out of range or for a task that is not binary
   * @throws DataException where no row is left, or there is already a column of a mask's name
   */
  public static PerTask<Dataset> perTask(
      Dataset data, TaskGraph tasks, Map<String, Double> keepRates, long seed) {
    ForEach step = new ForEach(tasks, keepRates, seed);
    return new PerTask<>(checkRows(step.apply(data, 0)), step.sampledTasks());
  }

  /**
   * The same of a source; the very rows that {@link #perTask(Dataset, TaskGraph, Map, long)} keeps.
   */
  public static PerTask<DatasetSource> perTask(
      DatasetSource data, TaskGraph tasks, Map<String, Double> keepRates, long seed) {
    ForEach step = new ForEach(tasks, keepRates, seed);
    DatasetSource sampled =
        new MappedSource(data, () -> step, data.negativeSampling(), data.rateTables());
    return new PerTask<>(sampled, step.sampledTasks());
  }

  private static NegativeSampling sampling(DatasetSource data, double keepRate) {
    NegativeSampling sampling = new NegativeSampling(keepRate);
    if (data.negativeSampling().isPresent()) {
      throw new IllegalArgumentException(
          "negatives were sampled before, at " + data.negativeSampling().get().keepRate());
    }
    return sampling;
  }

  private static Dataset checkRows(Dataset data) {
    if (data.rows() == 0) {
      throw new DataException("no row is left after sampling negatives");
    }
    return data;
  }

  private static boolean positive(NumericColumn label, int row) {
    return !label.isMissing(row) && label.values()[row] == 1;
  }

  private static Dataset select(Dataset data, boolean[] kept) {
    int[] rows = IntStream.range(0, kept.length).filter(row -> kept[row]).toArray();
    return rows.length == kept.length ? data : data.select(rows);
  }

  /** One decision a row, for all tasks. */
  private static final class ForAll implements MappedSource.Step {
    private final List<String> labels;
    private final double keepRate;
    private final RowHash hash;

    ForAll(TaskGraph tasks, double keepRate, long seed) {
      this.labels =
          tasks.tasks().stream()
              .filter(task -> task.kind().probability())
              .map(Task::label)
              .distinct()
              .toList();
      if (labels.isEmpty()) {
        throw new IllegalArgumentException("none of the tasks " + tasks.names() + " is binary");
      }
      this.keepRate = keepRate;
      this.hash = new RowHash(seed);
    }

    @Override
    public Dataset apply(Dataset chunk, long firstRow) {
      boolean[] kept = new boolean[chunk.rows()];
      for (int row = 0; row < kept.length; row++) {
        kept[row] = hash.uniform(firstRow + row) < keepRate;
      }
      for (String name : labels) {
        NumericColumn label = chunk.column(name, NumericColumn.class);
        for (int row = 0; row < kept.length; row++) {
          kept[row] |= positive(label, row);
        }
      }
      return select(chunk, kept);
    }
  }

  /** One decision a row and task, from one number a row. */
  private static final class ForEach implements MappedSource.Step {
    private final TaskGraph tasks;
    private final Map<String, Double> keepRates;
    private final RowHash hash;

    ForEach(TaskGraph tasks, Map<String, Double> keepRates, long seed) {
      this.tasks = tasks;
      this.keepRates = new LinkedHashMap<>();
      this.hash = new RowHash(seed);
      keepRates.keySet().forEach(tasks::task);
      for (Task task : tasks.tasks()) {
        Double rate = keepRates.get(task.name());
        if (rate != null) {
          // The task refuses what is out of range, or not binary.
          Task checked = task.negativeKeepRate(rate);
          this.keepRates.put(checked.name(), rate);
        }
      }
      sampledTasks();
    }

    TaskGraph sampledTasks() {
      List<Task> sampled = new ArrayList<>();
      for (Task task : tasks.tasks()) {
        Double rate = keepRates.get(task.name());
        sampled.add(
            rate == null
                ? task
                : task.mask(task.name() + MASK_SUFFIX)
                    .negativeKeepRate(task.negativeKeepRate() * rate));
      }
      return TaskGraph.of(sampled);
    }

    @Override
    public Dataset apply(Dataset chunk, long firstRow) {
      boolean[] kept = new boolean[chunk.rows()];
      Dataset.Builder masked = chunk.toBuilder();
      for (Task task : tasks.tasks()) {
        boolean[] learns = learns(chunk, task, firstRow);
        for (int row = 0; row < kept.length; row++) {
          kept[row] |= learns[row];
        }
        if (keepRates.containsKey(task.name())) {
          String mask = task.name() + MASK_SUFFIX;
          if (chunk.has(mask)) {
            throw new DataException("there is already a column '" + mask + "'");
          }
          double[] values = new double[learns.length];
          for (int row = 0; row < values.length; row++) {
            values[row] = learns[row] ? 1 : 0;
          }
          masked.column(mask, NumericColumn.of(values));
        }
      }
      return select(masked.build(), kept);
    }

    private boolean[] learns(Dataset chunk, Task task, long firstRow) {
      boolean[] learns = new boolean[chunk.rows()];
      NumericColumn label = chunk.column(task.label(), NumericColumn.class);
      Double rate = keepRates.get(task.name());
      if (rate == null) {
        Arrays.fill(learns, true);
      } else {
        for (int row = 0; row < learns.length; row++) {
          learns[row] =
              !label.isMissing(row)
                  && (positive(label, row) || hash.uniform(firstRow + row) < rate);
        }
      }
      if (task.mask().isPresent()) {
        NumericColumn mask = chunk.column(task.mask().get(), NumericColumn.class);
        for (int row = 0; row < learns.length; row++) {
          learns[row] &= positive(mask, row);
        }
      }
      return learns;
    }
  }
}
