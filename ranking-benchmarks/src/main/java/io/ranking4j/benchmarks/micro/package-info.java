/** The small things, measured with JMH. */
@NullMarked
package io.ranking4j.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
