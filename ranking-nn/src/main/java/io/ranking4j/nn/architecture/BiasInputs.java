package io.ranking4j.nn.architecture;

import java.util.List;

/**
 * Features of how an impression was shown rather than of what was shown, which training must be
 * able to do without.
 *
 * @param features their names
 * @param dropout the share of training rows, drawn anew at each step, in which all of them are set
 *     to missing, in [0, 1)
 * @param leftOut whether the served network does not read them at all, so that its level is not
 *     that of training
 */
public record BiasInputs(List<String> features, double dropout, boolean leftOut) {
  /** Checks the share and copies the names. */
  public BiasInputs {
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a bias needs at least one feature, but had none");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), but was " + dropout);
    }
  }
}
