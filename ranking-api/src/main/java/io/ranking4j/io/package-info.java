/** Files that are there whole or not at all. */
@NullMarked
package io.ranking4j.io;

import org.jspecify.annotations.NullMarked;
