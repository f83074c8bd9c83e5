package io.ranking4j.runtime.plan;

import org.jspecify.annotations.Nullable;

/**
 * Steps of a plan that serving runs as one: a product (or none) and what follows it while nobody
 * else needs what is in between.
 *
 * @param product the product, or null where an element-wise step comes first
 * @param activation the activation, or null
 * @param norm the normalisation, or null
 * @param residual the value that is added last, or null
 * @param input what the first of them reads
 * @param output what the last of them gives
 */
record FusedStep(
    Step.@Nullable Dense product,
    Step.@Nullable Activate activation,
    Step.@Nullable BatchNorm norm,
    @Nullable Value residual,
    Value input,
    Value output) {}
