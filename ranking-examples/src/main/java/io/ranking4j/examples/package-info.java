/**
 * Programs to read, copy and run: the library inside of a host, extended, and as a demonstration.
 */
@NullMarked
package io.ranking4j.examples;

import org.jspecify.annotations.NullMarked;
