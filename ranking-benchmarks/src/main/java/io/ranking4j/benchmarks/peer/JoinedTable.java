package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import java.util.List;

/**
 * All tables of a model under each other, so that one look-up fetches a row's embeddings.
 *
 * @param values rows x width
 * @param width the width that all of them have
 * @param starts by table, its first row
 */
record JoinedTable(float[] values, int width, int[] starts) {
  /** Joins the tables. */
  static JoinedTable of(RankingModel model) {
    List<EmbeddingTable> tables = model.tables();
    int width = tables.get(0).spec().width();
    int[] starts = new int[tables.size()];
    int size = 0;
    for (int i = 0; i < starts.length; i++) {
      if (tables.get(i).spec().width() != width) {
        throw new IllegalArgumentException("the tables must have one width, but have " + tables);
      }
      starts[i] = size / width;
      size += tables.get(i).values().length;
    }
    float[] all = new float[size];
    for (int i = 0; i < starts.length; i++) {
      float[] values = tables.get(i).values();
      System.arraycopy(values, 0, all, starts[i] * width, values.length);
    }
    return new JoinedTable(all, width, starts);
  }
}
