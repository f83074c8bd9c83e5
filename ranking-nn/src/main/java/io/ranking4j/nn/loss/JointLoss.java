package io.ranking4j.nn.loss;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;

/**
 * One loss over all heads of a network, on their outputs (logits), so that heads may depend on one
 * another. May have a few parameters of its own, which are learned with the network's. One that
 * remembers more of a batch than scratch memory has to {@linkplain Stateful save} it. Used by one
 * thread at a time.
 */
public interface JointLoss extends Stateful {
  /** How many parameters it has of its own. */
  default int parameterCount() {
    return 0;
  }

  /** Where its parameters start. */
  default float[] parameterStart() {
    return new float[parameterCount()];
  }

  /** What it remembers beside its parameters: nothing, as here, where it has only those. */
  @Override
  default void save(StateWriter state) {}

  @Override
  default void load(StateReader state) {}

  /**
   * The loss of a batch and its gradients.
   *
   * @param batch outputs, labels and weights; its gradient is overwritten
   * @param parameters the loss's own parameters
   * @param parameterGradient receives the derivative by each of them
   * @return the loss, comparable between batches of any size
   */
  double compute(LossBatch batch, float[] parameters, float[] parameterGradient);
}
