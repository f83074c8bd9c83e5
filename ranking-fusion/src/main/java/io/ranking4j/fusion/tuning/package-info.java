/** Tunes the weights of a fusion: offline on logged rows, online in A/B tests. */
@NullMarked
package io.ranking4j.fusion.tuning;

import org.jspecify.annotations.NullMarked;
