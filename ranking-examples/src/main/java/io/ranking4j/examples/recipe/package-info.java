/** Named sets of options that models of the examples are trained with. */
@NullMarked
package io.ranking4j.examples.recipe;

import org.jspecify.annotations.NullMarked;
