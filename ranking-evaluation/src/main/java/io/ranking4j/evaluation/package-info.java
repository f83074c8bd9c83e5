/**
 * Metrics of predictions against what was observed: classification, calibration, ranking within
 * groups and lists, and correlation.
 *
 * <p>Every metric is a class of its own with a static {@code compute} that takes a checked input
 * ({@link io.ranking4j.evaluation.Predictions} or {@link io.ranking4j.evaluation.RankedLists}) and
 * returns a {@link io.ranking4j.evaluation.MetricValue}, which says why whenever the number is not
 * defined. {@link io.ranking4j.evaluation.TaskReport} holds the usual ones for one binary task.
 */
@NullMarked
package io.ranking4j.evaluation;

import org.jspecify.annotations.NullMarked;
