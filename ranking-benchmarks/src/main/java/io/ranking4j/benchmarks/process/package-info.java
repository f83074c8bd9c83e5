/**
 * Whole processes that are measured from outside: each class here runs in a virtual machine of its
 * own, with nothing on the class path that its engine does not need.
 */
@NullMarked
package io.ranking4j.benchmarks.process;

import org.jspecify.annotations.NullMarked;
