package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.input.EncodedRows;

/**
 * A request as our encoder gives it.
 *
 * @param context one row of the context
 * @param candidates a row for each candidate
 */
public record EncodedRequest(EncodedRows context, EncodedRows candidates) {}
