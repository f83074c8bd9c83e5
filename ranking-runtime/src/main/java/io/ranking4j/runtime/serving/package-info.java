/** A network made ready to score encoded rows: what is shared, and the memory of one thread. */
@NullMarked
package io.ranking4j.runtime.serving;

import org.jspecify.annotations.NullMarked;
