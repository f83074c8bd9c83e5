/** Tests of counterfactual evaluation. */
@NullMarked
package io.ranking4j.evaluation.offpolicy;

import org.jspecify.annotations.NullMarked;
