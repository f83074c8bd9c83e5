/** Impressions by column: what training and evaluation read. */
@NullMarked
package io.ranking4j.dataset;

import org.jspecify.annotations.NullMarked;
