/** The numbers that change while a training goes on, as named sections of a file and back. */
@NullMarked
package io.ranking4j.nn.state;

import org.jspecify.annotations.NullMarked;
