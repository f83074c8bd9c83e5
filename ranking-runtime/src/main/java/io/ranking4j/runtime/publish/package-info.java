/** Folders of model versions: publishing into them, going back, and following them in a host. */
@NullMarked
package io.ranking4j.runtime.publish;

import org.jspecify.annotations.NullMarked;
