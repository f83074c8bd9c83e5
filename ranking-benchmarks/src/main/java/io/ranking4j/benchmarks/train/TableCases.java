package io.ranking4j.benchmarks.train;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.schema.Encoding;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;

/**
 * One table in front of two towers 128-64, and logs in which all ids are as likely: hardly any row
 * occurs twice in a batch, and none is in a cache by chance.
 */
final class TableCases {
  private static final int ROWS = 262_144;
  private static final int IDS = 1_000_000;
  private static final int VALIDATION = 1024;
  private static final int WIDTH = 16;

  private TableCases() {}

  /** Of a table of so many rows, those that no id uses included. */
  static Network network(int rows) {
    return Network.of(
            FeatureSchema.builder()
                .candidate(Feature.categorical("id").hashed(rows - Encoding.RESERVED_ROWS))
                .build(),
            new ResFlow(Mlp.of(), Mlp.of(128, 64).activation(Activation.RELU)),
            Task.binary("click"),
            Task.binary("order").residualFrom("click"))
        .embeddingWidth(WIDTH);
  }

  /** A log for it. */
  static Dataset log() {
    return Dataset.builder()
        // Hashing spreads them over the whole of a table of any size.
        .column("id", Logs.uniform(ROWS, IDS, 1))
        .column("click", Logs.labels(ROWS, 0.2, 2))
        .column("order", Logs.labels(ROWS, 0.05, 3))
        .build();
  }

  /** The last rows of a log. */
  static Dataset validation(Dataset log) {
    return Logs.last(log, VALIDATION);
  }

  static TrainCase of(int rows) {
    Dataset log = log();
    return TrainCase.of(network(rows), log, validation(log));
  }
}
