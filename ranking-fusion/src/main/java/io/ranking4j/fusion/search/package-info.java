/**
 * Search of the best of an expensive and noisy function under constraints, with few evaluations.
 */
@NullMarked
package io.ranking4j.fusion.search;

import org.jspecify.annotations.NullMarked;
