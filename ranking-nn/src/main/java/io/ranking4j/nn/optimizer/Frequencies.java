package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import java.util.Arrays;
import java.util.List;

/**
 * How often training has met each row of each table, and what learning rates follow from it. Rates
 * may be asked for by several threads while nothing is counted.
 */
final class Frequencies implements Stateful {
  private final EmbeddingField[] fields;
  private final int[][] counts;
  private final int[] largest;

  Frequencies(EmbeddingField[] fields, List<EmbeddingTable> tables) {
    this.fields = fields;
    this.counts = tables.stream().map(t -> new int[t.spec().rows()]).toArray(int[][]::new);
    this.largest = new int[tables.size()];
  }

  /** Counts the rows of a batch, each occurrence; a table is counted by one worker. */
  void add(BatchRows batch, Workers workers) {
    workers.run(
        worker -> {
          for (EmbeddingField field : fields) {
            if (field.table() % workers.count() == worker) {
              add(field, batch);
            }
          }
        });
  }

  private void add(EmbeddingField field, BatchRows batch) {
    int[] ids = batch.ids(field.index());
    int[] of = counts[field.table()];
    int most = largest[field.table()];
    int end = field.multiValued() ? batch.offsets(field.index())[batch.count()] : batch.count();
    for (int i = 0; i < end; i++) {
      int count = of[ids[i]] == Integer.MAX_VALUE ? Integer.MAX_VALUE : ++of[ids[i]];
      most = Math.max(most, count);
    }
    largest[field.table()] = most;
  }

  /** {@code ln(F + 1) / max ln(F + 1)}; 1 where no row of the table was met yet. */
  double factor(int table, int row) {
    return largest[table] == 0 ? 1 : Math.log1p(counts[table][row]) / Math.log1p(largest[table]);
  }

  @Override
  public void save(StateWriter state) {
    for (int table = 0; table < counts.length; table++) {
      state.ints(Integer.toString(table), counts[table]);
    }
  }

  @Override
  public void load(StateReader state) {
    for (int table = 0; table < counts.length; table++) {
      state.ints(Integer.toString(table), counts[table]);
      largest[table] = Arrays.stream(counts[table]).max().orElse(0);
    }
  }

  /** Forgets all. */
  void clear() {
    for (int[] table : counts) {
      Arrays.fill(table, 0);
    }
    Arrays.fill(largest, 0);
  }
}
