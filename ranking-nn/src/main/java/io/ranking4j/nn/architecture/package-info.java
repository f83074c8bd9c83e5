/** Networks, each a short function that builds a plan. */
@NullMarked
package io.ranking4j.nn.architecture;

import org.jspecify.annotations.NullMarked;
