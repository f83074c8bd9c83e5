/** What goes wrong with data, names, files and training, as one family of unchecked exceptions. */
@NullMarked
package io.ranking4j.error;

import org.jspecify.annotations.NullMarked;
