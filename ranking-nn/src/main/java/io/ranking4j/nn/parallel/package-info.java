/** The threads that one training works with. */
@NullMarked
package io.ranking4j.nn.parallel;

import org.jspecify.annotations.NullMarked;
