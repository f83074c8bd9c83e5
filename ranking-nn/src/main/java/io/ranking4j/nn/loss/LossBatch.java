package io.ranking4j.nn.loss;

/**
 * What a loss reads and writes for one batch. All matrices are row-major without gaps; the arrays
 * belong to the caller and may be longer than needed.
 *
 * @param rows the rows of the batch
 * @param outputs rows x outputs of all heads: what the network gave
 * @param labels rows x tasks; anything where the weight is 0
 * @param weights rows x tasks, at least 0: 0 where a task does not learn from a row
 * @param gradient rows x outputs: receives the derivative of the loss by each output
 */
public record LossBatch(
    int rows, float[] outputs, float[] labels, float[] weights, float[] gradient) {}
