/** What users extend: kinds of task, calibrators and fusions, each found by its type id. */
@NullMarked
package io.ranking4j.spi;

import org.jspecify.annotations.NullMarked;
