package io.ranking4j.runtime.input;

/**
 * An embedding table.
 *
 * @param name the feature that owns it
 * @param rows its rows, those that no known value uses first: see {@link
 *     io.ranking4j.schema.Encoding#RESERVED_ROWS}
 * @param width the length of each row
 */
public record TableSpec(String name, int rows, int width) {}
