/** The container of a model: one checksummed file of a JSON manifest and named binary sections. */
@NullMarked
package io.ranking4j.runtime.file;

import org.jspecify.annotations.NullMarked;
