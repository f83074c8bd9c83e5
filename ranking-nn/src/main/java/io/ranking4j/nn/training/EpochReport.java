package io.ranking4j.nn.training;

import java.util.Map;

/**
 * What an epoch gave.
 *
 * @param epoch its number, the first being 1
 * @param trainingLoss the mean of the joint loss over its batches
 * @param quality by task, on the validation data: AUC where it predicts a probability, else the
 *     share of the labels' variance that it explains; NaN where it is not defined there
 * @param watched what early stopping compares
 * @param best whether this is the best epoch so far
 * @param seconds its wall-clock time
 */
public record EpochReport(
    int epoch,
    double trainingLoss,
    Map<String, Double> quality,
    double watched,
    boolean best,
    double seconds) {}
