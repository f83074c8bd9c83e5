package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.EncodedRows;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layers that DL4J comes with, serving a batch of rows of a vector on one thread. */
public final class Dl4jPeer implements Peer {
  private final Dl4jTrainingPeer graph;
  private final INDArray input;
  private final double[] odds;
  private float[] probabilities = new float[0];

  /** The graph of a model, with all of these rows in place. */
  public Dl4jPeer(RankingModel model, EncodedRows rows) {
    float[] labels = new float[rows.rows() * model.outputs().size()];
    this.graph = new Dl4jTrainingPeer(new TrainingRows(model, rows, labels), 1);
    graph.threads(1);
    this.input = graph.input(IntStream.range(0, rows.rows()).toArray());
    this.odds =
        model.outputs().stream()
            .mapToDouble(output -> Math.exp(output.logitShift() + output.intercept()))
            .toArray();
  }

  @Override
  public void run() {
    float[] raw = graph.probabilities(input);
    for (int i = 0; i < raw.length; i++) {
      double p = raw[i] * odds[i % odds.length];
      raw[i] = (float) (p / (1 - raw[i] + p));
    }
    probabilities = raw;
  }

  @Override
  public float[] probabilities() {
    return probabilities.clone();
  }

  @Override
  public void close() {
    graph.close();
  }
}
