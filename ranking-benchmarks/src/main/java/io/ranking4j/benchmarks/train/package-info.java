/** Training measured side by side with other engines. */
@NullMarked
package io.ranking4j.benchmarks.train;

import org.jspecify.annotations.NullMarked;
