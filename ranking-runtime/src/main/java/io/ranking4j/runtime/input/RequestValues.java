package io.ranking4j.runtime.input;

import io.ranking4j.ranking.Features;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row of a request.
 *
 * @param own those of its own side, in the order of its {@link RequestNames}
 * @param context those of the context
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RequestValues(@Nullable Object[] own, Features context) {}
