/** Shows a live ranker in Micrometer: latency, candidates, models, features and shadows. */
@NullMarked
package io.ranking4j.micrometer;

import org.jspecify.annotations.NullMarked;
