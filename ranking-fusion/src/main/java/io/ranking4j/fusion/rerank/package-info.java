/** What happens to a ranking after the score: diversity, spacing, quotas, pins and pacing. */
@NullMarked
package io.ranking4j.fusion.rerank;

import org.jspecify.annotations.NullMarked;
