/** How learning rates change in the course of a training. */
@NullMarked
package io.ranking4j.nn.schedule;

import org.jspecify.annotations.NullMarked;
