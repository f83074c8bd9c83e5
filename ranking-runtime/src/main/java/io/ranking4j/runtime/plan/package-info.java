/**
 * A network as an immutable list of steps on matrices, which training and serving both run, and the
 * frozen form that serving runs fast.
 */
@NullMarked
package io.ranking4j.runtime.plan;

import org.jspecify.annotations.NullMarked;
