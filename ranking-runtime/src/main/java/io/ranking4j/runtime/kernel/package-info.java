/** The arithmetic of a network on matrices of floats, in one form for each kind of processor. */
@NullMarked
package io.ranking4j.runtime.kernel;

import org.jspecify.annotations.NullMarked;
