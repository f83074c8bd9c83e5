/** Tests of the impression simulator. */
@NullMarked
package io.ranking4j.data.simulator;

import org.jspecify.annotations.NullMarked;
