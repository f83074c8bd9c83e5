/** A whole plan as one layer of a DL4J graph. */
@NullMarked
package io.ranking4j.nn.dl4j;

import org.jspecify.annotations.NullMarked;
