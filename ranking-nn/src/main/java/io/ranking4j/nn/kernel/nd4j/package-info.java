/** Kernels made of ND4J operations alone, for whatever device ND4J's backend has. */
@NullMarked
package io.ranking4j.nn.kernel.nd4j;

import org.jspecify.annotations.NullMarked;
