/** The sections that a report on trained models has, each a class of its own. */
@NullMarked
package io.ranking4j.report.section;

import org.jspecify.annotations.NullMarked;
