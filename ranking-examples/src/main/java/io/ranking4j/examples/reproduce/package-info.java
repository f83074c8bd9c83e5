/**
 * Every experiment of the tables of results: what it trains, how it is measured, and its tables.
 */
@NullMarked
package io.ranking4j.examples.reproduce;

import org.jspecify.annotations.NullMarked;
