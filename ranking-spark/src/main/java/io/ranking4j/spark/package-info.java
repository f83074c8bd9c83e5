/** Scores and evaluates on Apache Spark, where one machine is not enough. */
@NullMarked
package io.ranking4j.spark;

import org.jspecify.annotations.NullMarked;
