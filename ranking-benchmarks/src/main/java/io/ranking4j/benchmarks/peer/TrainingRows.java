package io.ranking4j.benchmarks.peer;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import java.util.List;

/**
 * What a peer trains on: a log, encoded as our own training encodes it, and the numbers that
 * training starts from. A network reads either one vector or single ids of one width; peers are not
 * written for more.
 *
 * @param start a model with the start numbers
 * @param features the encoded log
 * @param labels rows x tasks
 */
public record TrainingRows(RankingModel start, EncodedRows features, float[] labels) {
  /** Refuses inputs that the peers are not written for. */
  public TrainingRows {
    InputLayout layout = features.layout();
    List<EmbeddingField> fields = layout.embeddings();
    boolean dense = fields.isEmpty();
    boolean ids =
        layout.denseWidth() == 0
            && fields.stream().noneMatch(EmbeddingField::multiValued)
            && fields.stream().mapToInt(EmbeddingField::width).distinct().count() == 1;
    if (!dense && !ids) {
      throw new IllegalArgumentException(
          "a peer's input must be either numbers or single ids of one width, but was " + layout);
    }
  }

  /** Encodes a log for a model. */
  public static TrainingRows of(RankingModel start, Dataset log) {
    List<String> tasks = start.tasks().names();
    float[] labels = new float[log.rows() * tasks.size()];
    for (int t = 0; t < tasks.size(); t++) {
      String column = start.tasks().task(tasks.get(t)).label();
      double[] values = log.column(column, NumericColumn.class).values();
      for (int r = 0; r < log.rows(); r++) {
        labels[r * tasks.size() + t] = (float) values[r];
      }
    }
    return new TrainingRows(start, start.encoder().encode(log), labels);
  }

  /** How many rows there are. */
  public int rows() {
    return features.rows();
  }

  /** How many tasks there are. */
  public int tasks() {
    return start.tasks().names().size();
  }

  /** How many ids a row has; 0 where its input is numbers. */
  public int fields() {
    return features.layout().embeddings().size();
  }

  /** Columns of the input. */
  public int width() {
    return features.layout().width();
  }
}
