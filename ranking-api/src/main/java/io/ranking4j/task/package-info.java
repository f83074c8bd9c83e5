/** What is predicted: tasks, the rows they learn from, and how they depend on one another. */
@NullMarked
package io.ranking4j.task;

import org.jspecify.annotations.NullMarked;
