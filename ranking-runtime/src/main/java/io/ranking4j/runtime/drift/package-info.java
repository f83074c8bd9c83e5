/** Compares the features of requests with those of the training data. */
@NullMarked
package io.ranking4j.runtime.drift;

import org.jspecify.annotations.NullMarked;
