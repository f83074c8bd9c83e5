/** The command line that measures, and what all measurements have in common. */
@NullMarked
package io.ranking4j.benchmarks;

import org.jspecify.annotations.NullMarked;
