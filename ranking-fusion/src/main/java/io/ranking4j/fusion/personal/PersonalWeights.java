package io.ranking4j.fusion.personal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which weights a request gets: by a learned policy, or the same for all. Immutable and safe to
 * share.
 *
 * <pre>{@code
 * Ranker own = ranker.withFusion(LinearFusion.of(policy.weights(features)));
 * }</pre>
 *
 * <p>A policy that always takes what it thinks best can never be learned from again: {@link
 * #explore} now and then takes another, and says with which probability.
 */
public final class PersonalWeights {
  private final List<Map<String, Double>> weights;
  private final int fixed;
  private final @Nullable PolicyNetwork network;

  /**
   * A choice to be logged.
   *
   * @param arm which weight vector
   * @param weights the vector
   * @param propensity the probability with which it was taken
   */
  public record Choice(int arm, Map<String, Double> weights, double propensity) {}

  private PersonalWeights(
      List<Map<String, Double>> weights, int fixed, @Nullable PolicyNetwork network) {
    this.weights =
        weights.stream()
            .map(vector -> Collections.unmodifiableMap(new LinkedHashMap<>(vector)))
            .toList();
    this.fixed = fixed;
    this.network = network;
  }

  /**
   * The same weights for every request.
   *
   * @param arm which of them
   * @throws IndexOutOfBoundsException where there is no such vector
   */
  public static PersonalWeights fixed(List<Map<String, Double>> weights, int arm) {
    return new PersonalWeights(weights, Objects.checkIndex(arm, weights.size()), null);
  }

  static PersonalWeights personal(List<Map<String, Double>> weights, PolicyNetwork network) {
    return new PersonalWeights(weights, -1, network);
  }

  /** Returns whether requests differ. */
  public boolean isPersonal() {
    return network != null;
  }

  /** Returns the weight vectors to choose from, by arm. */
  public List<Map<String, Double>> arms() {
    return weights;
  }

  /**
   * Returns which weight vector a request gets.
   *
   * @param features those of the request, as they were in the log
   * @throws IllegalArgumentException where they are more or fewer, or one is not finite
   */
  public int arm(double[] features) {
    PolicyNetwork shared = network;
    if (shared == null) {
      return fixed;
    }
    if (features.length != shared.inputs()) {
      throw new IllegalArgumentException(
          "a request must have "
              + shared.inputs()
              + " features, as the log, but had "
              + features.length);
    }
    for (double feature : features) {
      if (!Double.isFinite(feature)) {
        throw new IllegalArgumentException("features must be finite, but one was " + feature);
      }
    }
    return greatest(shared.withOwnRoom().forward(features));
  }

  /** Returns the weights of a request; see {@link #arm}. */
  public Map<String, Double> weights(double[] features) {
    return weights.get(arm(features));
  }

  /**
   * Takes the weights of a request or, with a small probability, any.
   *
   * @param share how often any weights are taken, each as likely, in [0, 1]
   * @throws IllegalArgumentException where the share is out of its range
   */
  public Choice explore(double[] features, double share, RandomGenerator random) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of exploration must be in [0, 1], but was " + share);
    }
    int own = arm(features);
    int arm = random.nextDouble() < share ? random.nextInt(weights.size()) : own;
    double propensity = share / weights.size() + (arm == own ? 1 - share : 0);
    return new Choice(arm, weights.get(arm), propensity);
  }

  /** Writes them as JSON, which {@link #fromJson} reads to equal choices. */
  public String toJson() {
    return PersonalCodec.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws io.ranking4j.error.DataException where it is something else, or was altered
   */
  public static PersonalWeights fromJson(String json) {
    return PersonalCodec.read(json);
  }

  int fixedArm() {
    return fixed;
  }

  @Nullable PolicyNetwork network() {
    return network;
  }

  /** The first of the greatest. */
  static int greatest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
