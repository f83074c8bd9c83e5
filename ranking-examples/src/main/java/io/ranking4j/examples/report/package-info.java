/** What a model reached, as numbers, tables and JSON. */
@NullMarked
package io.ranking4j.examples.report;

import org.jspecify.annotations.NullMarked;
