/** Measures updates of a model, day by day, against models trained anew. */
@NullMarked
package io.ranking4j.examples.update;

import org.jspecify.annotations.NullMarked;
