/** What data and a model must be like before the model takes the place of the current one. */
@NullMarked
package io.ranking4j.nn.gate;

import org.jspecify.annotations.NullMarked;
