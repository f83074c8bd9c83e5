/**
 * What was measured, as one HTML file with charts that a person reads: {@link
 * io.ranking4j.report.Report} and the blocks that its sections are made of.
 */
@NullMarked
package io.ranking4j.report;

import org.jspecify.annotations.NullMarked;
