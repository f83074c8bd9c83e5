/** Tests of the metrics. */
@NullMarked
package io.ranking4j.evaluation;

import org.jspecify.annotations.NullMarked;
