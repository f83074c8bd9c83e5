package io.ranking4j.benchmarks.network;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.BitSet;
import java.util.Random;

/**
 * The dense standard network: ResFlow on numbers alone, with 320 inputs, a shared layer of 256, and
 * two towers 128-64 of which the second takes over features and logit of the first; 165,000
 * parameters.
 */
public final class DenseNetwork {
  /** Columns of the input. */
  public static final int INPUTS = 320;

  /** Widths of the shared layers. */
  public static final int SHARED = 256;

  /** The name of its one feature. */
  public static final String FEATURE = "x";

  private static final long SEED = 20_260_101;

  private DenseNetwork() {}

  /** The tasks. */
  public static TaskGraph tasks() {
    return TaskGraph.of(
        Task.binary("click"), Task.binary("order").residual(Residual.both("click")));
  }

  /** The features: one vector, always there. */
  public static FeatureSchema schema() {
    return FeatureSchema.builder().candidate(Feature.vector(FEATURE, INPUTS).required()).build();
  }

  /** The architecture. */
  public static ResFlow architecture(Activation activation) {
    Mlp tower = Mlp.of(128, 64).activation(activation);
    return new ResFlow(Mlp.of(), tower).shared(SHARED);
  }

  /** A model of it, always the same. */
  public static RankingModel model(Activation activation) {
    Dataset data = data(2);
    return RandomModels.of(SEED, schema(), data, tasks(), architecture(activation), 1);
  }

  /** Rows of standard normal numbers as a data set. */
  public static Dataset data(int rows) {
    return Dataset.builder()
        .column(FEATURE, new VectorColumn(input(rows), INPUTS, new BitSet()))
        .build();
  }

  /** Rows of standard normal numbers, rows x {@value #INPUTS}. */
  public static float[] input(int rows) {
    Random random = new Random(SEED + rows);
    float[] input = new float[rows * INPUTS];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) random.nextGaussian();
    }
    return input;
  }
}
