/** The data sets of the examples, each a class of its own behind {@link ExampleData}. */
@NullMarked
package io.ranking4j.examples.data;

import org.jspecify.annotations.NullMarked;
