package io.ranking4j.runtime.input;

import io.ranking4j.schema.Side;

/**
 * A feature whose columns of the input are its numbers.
 *
 * @param feature its name
 * @param offset its first column of the input
 * @param denseOffset its first column among the dense columns of both sides, as {@link
 *     EncodedRows#dense()} has them for a data set
 * @param width its columns, an indicator of missing values included
 * @param side where its value comes from in a request
 */
public record DenseField(String feature, int offset, int denseOffset, int width, Side side) {}
