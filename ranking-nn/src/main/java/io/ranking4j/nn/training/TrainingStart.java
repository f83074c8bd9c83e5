package io.ranking4j.nn.training;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Plan;

/** The numbers that training starts from. */
interface TrainingStart {
  /** The parameters of a plan. */
  float[] parameters(Plan plan);

  /**
   * A table.
   *
   * @param deviation of numbers that are drawn
   */
  EmbeddingTable table(TableSpec spec, double deviation);

  /** Sets all rows of a table to where they start again in an epoch. */
  void draw(EmbeddingTable table, double deviation, int epoch);
}
