/** The other engines, each given the same network in the form that suits it best. */
@NullMarked
package io.ranking4j.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
