package io.ranking4j.examples.update;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import java.util.Random;

/** Ways in which a slice of a log may be broken, which no update may let pass. */
enum Damage {
  /** Every label is swapped, of the rows to learn from and of those held out. */
  ALL_FLIPPED("all labels flipped", true) {
    @Override
    Dataset apply(Dataset data, TaskGraph tasks) {
      return flipped(data, tasks.tasks());
    }
  },
  /** The labels of the first task are swapped. */
  FIRST_FLIPPED("first task's labels flipped", true) {
    @Override
    Dataset apply(Dataset data, TaskGraph tasks) {
      return flipped(data, tasks.tasks().subList(0, 1));
    }
  },
  /** The labels of each row are those of another one, so that their rates stay. */
  SHUFFLED("labels of other rows", true) {
    @Override
    Dataset apply(Dataset data, TaskGraph tasks) {
      return shuffled(data, tasks);
    }
  },
  /** The same, and what is held out is right. */
  ONLY_LEARNED_FLIPPED("all labels flipped, held-out ones right", false) {
    @Override
    Dataset apply(Dataset data, TaskGraph tasks) {
      return flipped(data, tasks.tasks());
    }
  },
  /** The first tenth of the rows. */
  TRUNCATED("first tenth of the rows", false) {
    @Override
    Dataset apply(Dataset data, TaskGraph tasks) {
      return data.slice(0, data.rows() / 10);
    }
  };

  private static final long SEED = 1;

  private final String title;
  private final boolean heldOut;

  Damage(String title, boolean heldOut) {
    this.title = title;
    this.heldOut = heldOut;
  }

  String title() {
    return title;
  }

  /** Whether the rows that are held out suffer too. */
  boolean heldOut() {
    return heldOut;
  }

  abstract Dataset apply(Dataset data, TaskGraph tasks);

  private static Dataset flipped(Dataset data, List<Task> tasks) {
    Dataset flipped = data;
    for (Task task : tasks) {
      double[] labels = data.column(task.label(), NumericColumn.class).values().clone();
      for (int row = 0; row < labels.length; row++) {
        labels[row] = 1 - labels[row];
      }
      flipped = flipped.with(task.label(), NumericColumn.of(labels));
    }
    return flipped;
  }

  private static Dataset shuffled(Dataset data, TaskGraph tasks) {
    int[] order = new int[data.rows()];
    Random random = new Random(SEED);
    for (int row = 0; row < order.length; row++) {
      int other = random.nextInt(row + 1);
      order[row] = order[other];
      order[other] = row;
    }
    Dataset shuffled = data;
    for (Task task : tasks.tasks()) {
      shuffled =
          shuffled.with(task.label(), data.column(task.label(), NumericColumn.class).select(order));
    }
    return shuffled;
  }
}
