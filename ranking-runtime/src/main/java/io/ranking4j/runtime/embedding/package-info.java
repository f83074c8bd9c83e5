/** Embedding tables, and the input of a network put together from their rows. */
@NullMarked
package io.ranking4j.runtime.embedding;

import org.jspecify.annotations.NullMarked;
