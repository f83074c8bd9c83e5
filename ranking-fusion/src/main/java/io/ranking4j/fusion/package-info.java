/** Fuses what the tasks predict, and the host's signals, into the one utility to rank by. */
@NullMarked
package io.ranking4j.fusion;

import org.jspecify.annotations.NullMarked;
