/**
 * Reads impression logs by column through embedded DuckDB, samples their negatives, and counts
 * rates that know only earlier days.
 *
 * <p>Logs, user and item features are tables over files; SQL joins, filters and splits them by
 * time, and {@link io.ranking4j.data.Columns} says how what comes out is read:
 *
 * <pre>{@code
 * try (LogDatabase db = LogDatabase.open()) {
 *   db.table("log", Path.of("log.parquet"));
 *   db.table("users", Path.of("users.csv.gz"));
 *   Columns columns = Columns.of(schema, tasks).number("day");
 *   String rows = "select * from log left join users using (user_id) where ";
 *   Dataset train = db.read(rows + "day < 20220430 order by time_ms, user_id, video_id", columns);
 *   Dataset validation = db.read(rows + "day = 20220430", columns);
 *
 *   RateCounts rates = RateCounts.of(schema, "day");     // before any sampling
 *   Dataset counted = rates.addTo(train);
 *   Dataset sampled = NegativeSampler.allTasks(counted, tasks, 0.1, 42);
 *   Dataset later = rates.addTo(train, validation);      // counts of its days and those before
 * }
 * }</pre>
 *
 * <p>A split by time belongs into the query: a model that is chosen on rows as old as those it
 * learned from looks better than it will be.
 */
@NullMarked
package io.ranking4j.data;

import org.jspecify.annotations.NullMarked;
