/** What a row consists of: the features of the context and of the candidate. */
@NullMarked
package io.ranking4j.schema;

import org.jspecify.annotations.NullMarked;
