/** Weights of the utility by request: learned from logged random choices, kept only if they pay. */
@NullMarked
package io.ranking4j.fusion.personal;

import org.jspecify.annotations.NullMarked;
