package io.ranking4j.fusion.personal;

/**
 * How a {@link PersonalLearner} learns.
 *
 * @param hidden units of the hidden layer; 0 for a policy that is linear in the features
 * @param hasValueHead whether a second head predicts the reward of a request, against which rewards
 *     are then judged; otherwise they are judged against their running mean
 * @param maxWeight what an importance weight counts at most, at least 1
 * @param entropy the worth of the policy's entropy in standard deviations of the reward, at least 0
 * @param learningRate of Adam, above 0
 * @param batch requests in a step, at least 1
 * @param epochs how often every request is seen, at least 1
 * @param gateShare the share of users, or requests, that are kept out of learning and judge the
 *     result, in (0, 1)
 * @param confidence of the intervals whose lower ends must be above 0, in (0, 1)
 * @param seed of all that is random
 */
public record PersonalOptions(
    int hidden,
    boolean hasValueHead,
    double maxWeight,
    double entropy,
    double learningRate,
    int batch,
    int epochs,
    double gateShare,
    double confidence,
    long seed) {
  /** Units where none are given. */
  public static final int DEFAULT_HIDDEN = 16;

  /** The largest weight where none is given. */
  public static final double DEFAULT_MAX_WEIGHT = 20;

  /** The worth of entropy where none is given. */
  public static final double DEFAULT_ENTROPY = 0.03;

  /** Adam's rate where none is given. */
  public static final double DEFAULT_LEARNING_RATE = 0.01;

  /** Requests in a step where none are given. */
  public static final int DEFAULT_BATCH = 256;

  /** Epochs where none are given. */
  public static final int DEFAULT_EPOCHS = 30;

  /** The share that judges where none is given. */
  public static final double DEFAULT_GATE_SHARE = 0.4;

  /** The confidence where none is given. */
  public static final double DEFAULT_CONFIDENCE = 0.95;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public PersonalOptions {
    check(hidden >= 0, "hidden units must be at least 0", hidden);
    check(maxWeight >= 1, "the largest weight must be at least 1", maxWeight);
    check(entropy >= 0, "the worth of entropy must be at least 0", entropy);
    check(learningRate > 0, "the learning rate must be above 0", learningRate);
    check(batch >= 1, "a batch must have at least 1 request", batch);
    check(epochs >= 1, "epochs must be at least 1", epochs);
    check(gateShare > 0 && gateShare < 1, "the share that judges must be in (0, 1)", gateShare);
    check(confidence > 0 && confidence < 1, "the confidence must be in (0, 1)", confidence);
  }

  private static void check(boolean right, String rule, double actual) {
    if (!right) {
      throw new IllegalArgumentException(rule + ", but was " + actual);
    }
  }

  /** The defaults, without a value head. */
  public static PersonalOptions defaults(long seed) {
    return new PersonalOptions(
        DEFAULT_HIDDEN,
        false,
        DEFAULT_MAX_WEIGHT,
        DEFAULT_ENTROPY,
        DEFAULT_LEARNING_RATE,
        DEFAULT_BATCH,
        DEFAULT_EPOCHS,
        DEFAULT_GATE_SHARE,
        DEFAULT_CONFIDENCE,
        seed);
  }

  /** With a value head or without. */
  public PersonalOptions withValueHead(boolean has) {
    return new PersonalOptions(
        hidden, has, maxWeight, entropy, learningRate, batch, epochs, gateShare, confidence, seed);
  }

  /** With another number of hidden units. */
  public PersonalOptions withHidden(int units) {
    return new PersonalOptions(
        units,
        hasValueHead,
        maxWeight,
        entropy,
        learningRate,
        batch,
        epochs,
        gateShare,
        confidence,
        seed);
  }
}
