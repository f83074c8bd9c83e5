/** The choice of the device that networks run on. */
@NullMarked
package io.ranking4j.nn.device;

import org.jspecify.annotations.NullMarked;
