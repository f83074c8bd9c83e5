package io.ranking4j.data;

import static io.ranking4j.task.Task.binary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NegativeSamplerTest {
  private static final int ROWS = 40_000;
  private static final TaskGraph TASKS = TaskGraph.of(binary("click"), binary("like").mask("seen"));

  private static Dataset data(long seed) {
    Random random = new Random(seed);
    double[] id = new double[ROWS];
    double[] click = new double[ROWS];
    double[] like = new double[ROWS];
    double[] seen = new double[ROWS];
    BitSet missing = new BitSet();
    for (int i = 0; i < ROWS; i++) {
      id[i] = i;
      click[i] = random.nextDouble() < 0.2 ? 1 : 0;
      like[i] = random.nextDouble() < 0.02 ? 1 : 0;
      seen[i] = random.nextDouble() < 0.9 ? 1 : 0;
      missing.set(i, random.nextDouble() < 0.05);
    }
    return Dataset.builder()
        .column("id", NumericColumn.of(id))
        .column("click", NumericColumn.of(click))
        .column("like", new NumericColumn(like, missing))
        .column("seen", NumericColumn.of(seen))
        .build();
  }

  static DatasetSource chunked(Dataset data, int chunkRows) {
    return () -> {
      List<Dataset> chunks = new ArrayList<>();
      for (int from = 0; from < data.rows(); from += chunkRows) {
        chunks.add(data.slice(from, Math.min(from + chunkRows, data.rows())));
      }
      var all = chunks.iterator();
      return new DatasetSource.Chunks() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Dataset next() {
          return all.next();
        }

        @Override
        public void close() {}
      };
    };
  }

  private static double[] values(Dataset data, String name) {
    return data.column(name, NumericColumn.class).values();
  }

  private static boolean one(Dataset data, String name, int row) {
    NumericColumn column = data.column(name, NumericColumn.class);
    return !column.isMissing(row) && column.values()[row] == 1;
  }

  /** Within five standard deviations of a binomial. */
  private static void checkShare(long kept, long all, double rate, String what) {
    double deviation = Math.sqrt(all * rate * (1 - rate));
    assertThat((double) kept)
        .as(what)
        .isBetween(all * rate - 5 * deviation, all * rate + 5 * deviation);
  }

  @Test
  void should_keep_all_positives_and_the_share_of_negatives_when_sampling_for_all_tasks() {
    long seed = 7;
    Dataset data = data(seed);
    for (double rate : new double[] {0.01, 0.1, 0.5}) {
      Dataset sampled = NegativeSampler.allTasks(data, TASKS, rate, seed);
      Set<Double> kept = new HashSet<>();
      for (double id : values(sampled, "id")) {
        kept.add(id);
      }
      long negatives = 0;
      long keptNegatives = 0;
      for (int row = 0; row < ROWS; row++) {
        if (one(data, "click", row) || one(data, "like", row)) {
          assertThat(kept).as("seed %s, row %s", seed, row).contains((double) row);
        } else {
          negatives++;
          keptNegatives += kept.contains((double) row) ? 1 : 0;
        }
      }
      assertThat(negatives).isGreaterThan(ROWS / 2);
      checkShare(keptNegatives, negatives, rate, "seed " + seed + ", rate " + rate);
      assertThat(sampled.negativeSampling()).contains(new NegativeSampling(rate));
      assertThat(values(sampled, "id")).isSorted();
    }
    assertThat(NegativeSampler.allTasks(data, TASKS, 1, seed).rows()).isEqualTo(ROWS);
  }

  @Test
  void should_keep_the_same_rows_when_chunks_or_readings_differ_and_others_when_the_seed_does() {
    Dataset data = data(8).slice(0, 4000);
    List<String> whole = LogDatabaseTest.rows(NegativeSampler.allTasks(data, TASKS, 0.1, 3));
    NegativeSampler.PerTask<Dataset> each =
        NegativeSampler.perTask(data, TASKS, Map.of("click", 0.1, "like", 0.01), 3);
    for (int chunkRows : new int[] {1, 7, 1000, 4000}) {
      DatasetSource source = chunked(data, chunkRows);
      DatasetSource sampled = NegativeSampler.allTasks(source, TASKS, 0.1, 3);
      assertThat(sampled.negativeSampling()).contains(new NegativeSampling(0.1));
      assertThat(LogDatabaseTest.rows(sampled)).isEqualTo(whole);
      assertThat(LogDatabaseTest.rows(sampled)).isEqualTo(whole);
      try (DatasetSource.Chunks chunks = sampled.open()) {
        assertThat(chunks.next().negativeSampling()).contains(new NegativeSampling(0.1));
      }
      assertThat(
              LogDatabaseTest.rows(
                  NegativeSampler.perTask(source, TASKS, Map.of("click", 0.1, "like", 0.01), 3)
                      .data()))
          .isEqualTo(LogDatabaseTest.rows(each.data()));
    }
    assertThat(LogDatabaseTest.rows(NegativeSampler.allTasks(data, TASKS, 0.1, 4)))
        .isNotEqualTo(whole);
  }

  @Test
  void should_mask_each_tasks_own_negatives_when_sampling_per_task() {
    long seed = 9;
    Dataset data = data(seed);
    TaskGraph before =
        TaskGraph.of(binary("click").negativeKeepRate(0.5), binary("like").mask("seen"));
    NegativeSampler.PerTask<Dataset> sampled =
        NegativeSampler.perTask(data, before, Map.of("click", 0.3, "like", 0.05), seed);
    Task click = sampled.tasks().task("click");
    Task like = sampled.tasks().task("like");
    assertThat(click.mask()).contains("click_kept");
    assertThat(click.negativeKeepRate()).isEqualTo(0.15);
    assertThat(like.mask()).contains("like_kept");
    assertThat(like.negativeKeepRate()).isEqualTo(0.05);
    Dataset left = sampled.data();
    assertThat(left.negativeSampling()).isEmpty();

    long[] keptNegatives = new long[2];
    Set<Integer> rows = new HashSet<>();
    for (int i = 0; i < left.rows(); i++) {
      int row = (int) values(left, "id")[i];
      rows.add(row);
      boolean clickKept = one(left, "click_kept", i);
      boolean likeKept = one(left, "like_kept", i);
      assertThat(clickKept || likeKept).as("row %s is of use", row).isTrue();
      if (one(data, "click", row)) {
        assertThat(clickKept).isTrue();
      } else if (clickKept) {
        keptNegatives[0]++;
      }
      boolean hidden =
          data.column("like", NumericColumn.class).isMissing(row) || !one(data, "seen", row);
      if (hidden) {
        assertThat(likeKept).isFalse();
      } else if (one(data, "like", row)) {
        assertThat(likeKept).isTrue();
      } else if (likeKept) {
        keptNegatives[1]++;
        assertThat(clickKept).as("the shares are nested").isTrue();
      }
    }
    long[] negatives = new long[2];
    for (int row = 0; row < ROWS; row++) {
      boolean hidden =
          data.column("like", NumericColumn.class).isMissing(row) || !one(data, "seen", row);
      negatives[0] += one(data, "click", row) ? 0 : 1;
      negatives[1] += hidden || one(data, "like", row) ? 0 : 1;
      if (one(data, "click", row) || (!hidden && one(data, "like", row))) {
        assertThat(rows).contains(row);
      }
    }
    checkShare(keptNegatives[0], negatives[0], 0.3, "click, seed " + seed);
    checkShare(keptNegatives[1], negatives[1], 0.05, "like, seed " + seed);
    assertThat(left.rows()).isLessThan(ROWS / 2);
  }

  @Test
  void should_keep_rows_that_another_task_needs_when_only_one_is_sampled() {
    Dataset data = data(10);
    NegativeSampler.PerTask<Dataset> sampled =
        NegativeSampler.perTask(data, TASKS, Map.of("click", 0.1), 1);
    assertThat(sampled.tasks().task("like")).isEqualTo(TASKS.task("like"));
    assertThat(sampled.data().has("like_kept")).isFalse();
    long seen = 0;
    for (double value : values(data, "seen")) {
      seen += (long) value;
    }
    assertThat((long) sampled.data().rows()).isBetween(seen, (long) ROWS - 1);
  }

  @Test
  void should_refuse_when_rates_tasks_or_data_do_not_fit() {
    Dataset data = data(11);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NegativeSampler.allTasks(data, TASKS, 0, 1))
        .withMessageContaining("must be in (0, 1], but was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NegativeSampler.allTasks(data.with(new NegativeSampling(0.5)), TASKS, 0.5, 1))
        .withMessage("negatives were sampled before, at 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NegativeSampler.perTask(data, TASKS, Map.of("click", 2.0), 1))
        .withMessageContaining("task 'click' must be in (0, 1], but was 2.0");
    assertThatExceptionOfType(UnknownNameException.class)
        .isThrownBy(() -> NegativeSampler.perTask(data, TASKS, Map.of("clik", 0.5), 1))
        .withMessage("unknown task 'clik', known are [click, like]");
    Dataset taken = data.with("click_kept", data.column("seen"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> NegativeSampler.perTask(taken, TASKS, Map.of("click", 0.5), 1))
        .withMessage("there is already a column 'click_kept'");
    Dataset negatives = Dataset.builder().column("click", NumericColumn.of(0, 0)).build();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> NegativeSampler.allTasks(negatives, TaskGraph.of(binary("click")), 1e-9, 1))
        .withMessage("no row is left after sampling negatives");
  }

  @Test
  void should_be_uniform_and_without_pattern_when_rows_and_seeds_are_neighbours() {
    for (long seed = -2; seed < 3; seed++) {
      RowHash hash = new RowHash(seed);
      RowHash next = new RowHash(seed + 1);
      int[] tenths = new int[10];
      int below = 0;
      for (int row = 0; row < 100_000; row++) {
        double u = hash.uniform(row);
        tenths[(int) (10 * u)]++;
        below += u < 0.1 && (hash.uniform(row + 1L) < 0.1 || next.uniform(row) < 0.1) ? 1 : 0;
      }
      for (int count : tenths) {
        checkShare(count, 100_000, 0.1, "seed " + seed);
      }
      checkShare(below, 100_000, 0.1 * (1 - 0.9 * 0.9), "neighbours of seed " + seed);
    }
  }
}
