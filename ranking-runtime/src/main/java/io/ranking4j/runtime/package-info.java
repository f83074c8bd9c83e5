/** The trained model, and what serves it inside a host's process. */
@NullMarked
package io.ranking4j.runtime;

import org.jspecify.annotations.NullMarked;
