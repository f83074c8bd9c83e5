/** The command line: train, evaluate, rank and simulate. */
@NullMarked
package io.ranking4j.examples.cli;

import org.jspecify.annotations.NullMarked;
