package io.ranking4j.nn.loss;

/**
 * One loss over all heads of a network, on their outputs (logits), so that heads may depend on one
 * another. May have a few parameters of its own, which are learned with the network's. Immutable
 * but for scratch memory: used by one thread at a time.
 */
public interface JointLoss {
  /** How many parameters it has of its own. */
  default int parameterCount() {
    return 0;
  }

  /** Where its parameters start. */
  default float[] parameterStart() {
    return new float[parameterCount()];
  }

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
