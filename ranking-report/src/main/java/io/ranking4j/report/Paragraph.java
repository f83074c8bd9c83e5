package io.ranking4j.report;

/**
 * Plain text. Immutable and safe to share.
 *
 * @param text what is said
 */
public record Paragraph(String text) implements Block {}
