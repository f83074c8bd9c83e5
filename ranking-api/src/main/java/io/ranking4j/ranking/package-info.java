/** What a host asks and gets: a context and candidates in, a ranking with its explanation out. */
@NullMarked
package io.ranking4j.ranking;

import org.jspecify.annotations.NullMarked;
