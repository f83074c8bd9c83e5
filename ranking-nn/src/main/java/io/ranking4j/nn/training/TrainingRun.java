package io.ranking4j.nn.training;

import io.ranking4j.runtime.RankingModel;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A finished training.
 *
 * @param model the model of the best epoch
 * @param history what each epoch gave
 * @param bestEpoch the epoch whose weights the model has, the first being 1; the last of them where
 *     tasks have their own
 * @param graph the DL4J graph that was trained, with the weights of the model; its input is what
 *     the model's {@code InputAssembler} puts together
 */
public record TrainingRun(
    RankingModel model, List<EpochReport> history, int bestEpoch, ComputationGraph graph) {
  /** Copies the list. */
  public TrainingRun {
    history = List.copyOf(history);
  }
}
