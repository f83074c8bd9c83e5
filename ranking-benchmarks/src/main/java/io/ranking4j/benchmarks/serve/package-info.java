/** How fast requests are answered, and what that costs. */
@NullMarked
package io.ranking4j.benchmarks.serve;

import org.jspecify.annotations.NullMarked;
