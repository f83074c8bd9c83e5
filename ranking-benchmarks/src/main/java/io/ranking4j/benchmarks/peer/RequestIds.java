package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.schema.Side;

/** An encoded request as the arrays that peers are given. */
final class RequestIds {
  private RequestIds() {}

  /** Features x rows, the context repeated for each candidate. */
  static long[] plain(RankingModel model, EncodedRows context, EncodedRows candidates) {
    int rows = candidates.rows();
    var fields = model.encoder().layout().embeddings();
    long[] ids = new long[fields.size() * rows];
    for (EmbeddingField field : fields) {
      boolean ofContext = field.side() == Side.CONTEXT;
      int[] from = (ofContext ? context : candidates).ids(field.index());
      for (int r = 0; r < rows; r++) {
        ids[field.index() * rows + r] = from[ofContext ? 0 : r];
      }
    }
    return ids;
  }

  /** Rows x features of one side, as rows of the joined table. */
  static long[] joined(RankingModel model, Side side, EncodedRows encoded) {
    int[] starts = JoinedTable.of(model).starts();
    var fields =
        model.encoder().layout().embeddings().stream()
            .filter(field -> field.side() == side)
            .toList();
    long[] ids = new long[fields.size() * encoded.rows()];
    for (int f = 0; f < fields.size(); f++) {
      int[] from = encoded.ids(fields.get(f).index());
      for (int r = 0; r < encoded.rows(); r++) {
        ids[r * fields.size() + f] = (long) starts[fields.get(f).table()] + from[r];
      }
    }
    return ids;
  }
}
