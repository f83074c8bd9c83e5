/** Trains on with the newest slice of a log, and publishes what passes the gates. */
@NullMarked
package io.ranking4j.nn.update;

import org.jspecify.annotations.NullMarked;
