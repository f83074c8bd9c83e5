/** Updates of embedding tables, of the touched rows only. */
@NullMarked
package io.ranking4j.nn.optimizer;

import org.jspecify.annotations.NullMarked;
