/** The trainer: from a network and a log to a model. */
@NullMarked
package io.ranking4j.nn.training;

import org.jspecify.annotations.NullMarked;
