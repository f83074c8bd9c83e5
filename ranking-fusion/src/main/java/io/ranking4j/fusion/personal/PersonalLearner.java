package io.ranking4j.fusion.personal;

import io.ranking4j.error.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Learns which of a few weight vectors suits a request, from logged choices made at random: the
 * policy gradient on clipped importance weights, {@code mean min(pi / mu, C) (r - b)} with the
 * policy's entropy beside it, where b is the running mean of the rewards or, with a value head,
 * what that predicts for the request. No model of what an arm earns is needed.
 *
 * <p>What it learns is used only if it pays: on requests that were kept out of learning, both the
 * self-normalised and the doubly robust estimate of its gain over the best single weight vector
 * must be above 0 with confidence. Otherwise every request gets that best vector.
 *
 * <p>After DRL-PUT (<a href="https://arxiv.org/abs/2509.05292">2509.05292</a>), of which only the
 * abstract is followed: no value function beside the policy unless asked for, hyperparameters of
 * the utility as actions, learning from serving logs.
 */
public final class PersonalLearner {
  private PersonalLearner() {}

  /**
   * Learns and judges.
   *
   * @param weights the weight vectors to choose from, at least 2, in the order of the log's arms
   * @throws IllegalArgumentException where there are fewer than 2 weight vectors
   * @throws DataException where an arm is unknown or was never taken, or propensities cannot be
   *     right
   */
  public static PersonalResult learn(
      List<Map<String, Double>> weights, LoggedChoices log, PersonalOptions options) {
    if (weights.size() < 2) {
      throw new IllegalArgumentException(
          "a choice needs at least 2 weight vectors, but had " + weights.size());
    }
    log.checkArms(weights.size());
    SplittableRandom random = new SplittableRandom(options.seed());
    boolean[] judges = judges(log, options.gateShare(), random);
    int[] forLearning = IntStream.range(0, judges.length).filter(row -> !judges[row]).toArray();
    int[] forGate = IntStream.range(0, judges.length).filter(row -> judges[row]).toArray();
    if (forLearning.length == 0 || forGate.length == 0) {
      throw new DataException(
          "a log of choices must be large enough to learn from one part and judge by the other, but"
              + " had "
              + log.rows()
              + " requests");
    }
    LoggedChoices learning = log.select(forLearning);
    int best = bestArm(learning, weights.size());
    PolicyNetwork network = train(learning, weights.size(), options, random);
    Gate gate = Gate.judge(network, best, learning, log.select(forGate), options.confidence());
    PersonalWeights policy =
        gate.isPassed()
            ? PersonalWeights.personal(weights, network)
            : PersonalWeights.fixed(weights, best);
    return new PersonalResult(policy, weights.get(best), gate);
  }

  /** Whole users where they are known: a user who was learned from must not judge. */
  private static boolean[] judges(LoggedChoices log, double share, SplittableRandom random) {
    int units = log.users() == null ? log.rows() : log.users().count();
    boolean[] judging = new boolean[units];
    for (int i = 0; i < units; i++) {
      judging[i] = random.nextDouble() < share;
    }
    boolean[] rows = new boolean[log.rows()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = judging[log.users() == null ? row : log.users().groupOf(row)];
    }
    return rows;
  }

  /** The arm of the greatest mean reward, weighted by inverse propensities. */
  private static int bestArm(LoggedChoices log, int arms) {
    double[] sums = new double[arms];
    double[] weights = new double[arms];
    for (int row = 0; row < log.rows(); row++) {
      double weight = 1 / log.propensities()[row];
      sums[log.arms()[row]] += weight * log.rewards()[row];
      weights[log.arms()[row]] += weight;
    }
    int best = -1;
    for (int arm = 0; arm < arms; arm++) {
      if (weights[arm] > 0 && (best < 0 || sums[arm] / weights[arm] > sums[best] / weights[best])) {
        best = arm;
      }
    }
    return best;
  }

  private static PolicyNetwork train(
      LoggedChoices log, int arms, PersonalOptions options, SplittableRandom random) {
    PolicyNetwork network = PolicyNetwork.fresh(log.features(), arms, options.hidden(), random);
    double[] rewards = standardised(log.rewards());
    Adam adam = new Adam(network.parameters().length, options.learningRate());
    int[] order = IntStream.range(0, log.rows()).toArray();
    double[] gradient = new double[network.parameters().length];
    double[] byLogits = new double[arms];
    // Standardised rewards have the mean 0, from which the running mean starts.
    double running = 0;
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      shuffle(order, random);
      for (int from = 0; from < order.length; from += options.batch()) {
        int to = Math.min(order.length, from + options.batch());
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int i = from; i < to; i++) {
          int row = order[i];
          double[] probabilities = network.forward(log.features()[row]);
          double baseline = options.hasValueHead() ? network.value() : running;
          double advantage = rewards[row] - baseline;
          int arm = log.arms()[row];
          double weight = probabilities[arm] / log.propensities()[row];
          double pull = weight < options.maxWeight() ? weight * advantage : 0;
          double entropy = entropy(probabilities);
          for (int a = 0; a < arms; a++) {
            double toward = (a == arm ? 1 : 0) - probabilities[a];
            double spread = -probabilities[a] * (log(probabilities[a]) + entropy);
            byLogits[a] = -(pull * toward + options.entropy() * spread) / (to - from);
          }
          double byValue = options.hasValueHead() ? -advantage / (to - from) : 0;
          network.backward(byLogits, byValue, gradient);
          sum += rewards[row];
        }
        running += 0.01 * (sum / (to - from) - running);
        adam.descend(network.parameters(), gradient);
      }
    }
    return network;
  }

  private static double log(double probability) {
    return Math.log(Math.max(probability, 1e-300));
  }

  private static double entropy(double[] probabilities) {
    double entropy = 0;
    for (double probability : probabilities) {
      entropy -= probability * log(probability);
    }
    return entropy;
  }

  private static double[] standardised(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double deviation = variance > 0 ? Math.sqrt(variance) : 1;
    return Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
