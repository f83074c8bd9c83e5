package io.ranking4j.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Simulated logs with known truth. Users of three contexts see four actions; a user's rows share a
 * taste that moves every reward, so that rows of a user are alike.
 */
class OffPolicyCoverageTest {

  private static final int REPETITIONS = 1000;
  private static final int USERS = 400;
  private static final int ROWS_PER_USER = 3;

  private static final double[][] REWARD = {
    {.05, .1, .2, .4}, {.3, .25, .1, .05}, {.15, .15, .3, .1}
  };
  private static final double[][] LOGGING = {
    {.4, .3, .2, .1}, {.1, .2, .3, .4}, {.25, .25, .25, .25}
  };
  private static final double[][] TARGET = {{.05, .1, .25, .6}, {.5, .3, .1, .1}, {.1, .2, .6, .1}};

  private static double truth() {
    double sum = 0;
    for (int context = 0; context < 3; context++) {
      for (int action = 0; action < 4; action++) {
        sum += TARGET[context][action] * REWARD[context][action] / 3;
      }
    }
    return sum;
  }

  private record Sample(
      int[] contexts, int[] actions, double[] rewards, LoggedFeedback log, Groups users) {}

  private static Sample sample(long seed) {
    Random random = new Random(seed);
    int n = USERS * ROWS_PER_USER;
    int[] contexts = new int[n];
    int[] actions = new int[n];
    int[] users = new int[n];
    double[] rewards = new double[n];
    double[] logging = new double[n];
    double[] target = new double[n];
    double taste = 1;
    for (int row = 0; row < n; row++) {
      users[row] = row / ROWS_PER_USER;
      taste = row % ROWS_PER_USER == 0 ? .4 + 1.2 * random.nextDouble() : taste;
      contexts[row] = row % ROWS_PER_USER == 0 ? random.nextInt(3) : contexts[row - 1];
      actions[row] = draw(LOGGING[contexts[row]], random);
      logging[row] = LOGGING[contexts[row]][actions[row]];
      target[row] = TARGET[contexts[row]][actions[row]];
      rewards[row] = random.nextDouble() < taste * REWARD[contexts[row]][actions[row]] ? 1 : 0;
    }
    Groups clusters = Groups.of(users);
    return new Sample(
        contexts,
        actions,
        rewards,
        LoggedFeedback.of(rewards, logging, target, clusters),
        clusters);
  }

  private static int draw(double[] probabilities, Random random) {
    double left = random.nextDouble();
    for (int i = 0; i < probabilities.length - 1; i++) {
      left -= probabilities[i];
      if (left < 0) {
        return i;
      }
    }
    return probabilities.length - 1;
  }

  /** A crude model, deliberately short of the context: the mean reward of each action. */
  private static RewardEstimates crossFitted(Sample sample, long seed) {
    return CrossFitting.rewards(
        sample.actions(),
        row -> TARGET[sample.contexts()[row]],
        rows -> {
          double[] sums = new double[4];
          double[] counts = new double[4];
          for (int row : rows) {
            sums[sample.actions()[row]] += sample.rewards()[row];
            counts[sample.actions()[row]]++;
          }
          double[] means = new double[4];
          for (int action = 0; action < 4; action++) {
            means[action] = sums[action] / counts[action];
          }
          return row -> means;
        },
        sample.users(),
        seed);
  }

  @Test
  void should_hold_the_true_value_in_95_of_100_intervals() {
    Map<String, Integer> covered = new TreeMap<>();
    Map<String, Double> mean = new TreeMap<>();
    Map<String, Double> width = new TreeMap<>();
    for (long seed = 0; seed < REPETITIONS; seed++) {
      Sample sample = sample(seed);
      RewardEstimates rewards = crossFitted(sample, seed);
      Map<String, Estimate> estimates = new LinkedHashMap<>();
      estimates.put("ips", InversePropensity.compute(sample.log()));
      estimates.put("snips", InversePropensity.selfNormalized(sample.log()));
      estimates.put("dr", DoublyRobust.compute(sample.log(), rewards));
      estimates.put("sndr", DoublyRobust.selfNormalized(sample.log(), rewards));
      estimates.put("dm", DirectMethod.compute(rewards, sample.users()));
      estimates.forEach(
          (name, estimate) -> {
            covered.merge(name, estimate.interval().contains(truth()) ? 1 : 0, Integer::sum);
            mean.merge(name, estimate.value() / REPETITIONS, Double::sum);
            width.merge(
                name,
                (estimate.interval().upper() - estimate.interval().lower()) / REPETITIONS,
                Double::sum);
          });
    }
    for (String name : new String[] {"ips", "snips", "dr", "sndr"}) {
      assertThat(covered.getOrDefault(name, 0) / (double) REPETITIONS)
          .as("coverage of %s over seeds 0 to %d: %s", name, REPETITIONS - 1, covered)
          .isBetween(.93, .97);
      assertThat(mean.get(name)).as("mean of %s", name).isCloseTo(truth(), within(.002));
    }
    assertThat(width.get("snips")).as("widths %s", width).isLessThan(width.get("ips"));
    // The model knows nothing of the contexts: alone it is wrong, and does not know it.
    assertThat(covered.get("dm")).isLessThan(REPETITIONS / 2);
  }

  @Test
  void should_find_examinations_and_the_value_of_another_order_when_slots_were_random() {
    double[] examination = {1, .6, .3};
    double[] attraction = {.5, .3, .1};
    // The judged policy always shows the items in order; the log shuffles them.
    double truth = .5 + .6 * .3 + .3 * .1;
    int[] coveredBy = new int[3];
    int covered = 0;
    int repetitions = 400;
    for (long seed = 0; seed < repetitions; seed++) {
      Random random = new Random(seed);
      int n = 3 * 1500;
      double[] clicks = new double[n];
      int[] positions = new int[n];
      int[] slates = new int[n];
      double[] logging = new double[n];
      double[] target = new double[n];
      double[][] loggingPlacement = new double[n][3];
      double[][] targetPlacement = new double[n][3];
      for (int slate = 0; slate < n / 3; slate++) {
        int[] items = {0, 1, 2};
        for (int i = 2; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int swapped = items[i];
          items[i] = items[j];
          items[j] = swapped;
        }
        for (int k = 0; k < 3; k++) {
          int row = 3 * slate + k;
          slates[row] = slate;
          positions[row] = k + 1;
          logging[row] = 1 / 3.0;
          target[row] = items[k] == k ? 1 : 0;
          for (int place = 0; place < 3; place++) {
            loggingPlacement[row][place] = 1 / 3.0;
            targetPlacement[row][place] = items[k] == place ? 1 : 0;
          }
          clicks[row] = random.nextDouble() < examination[k] * attraction[items[k]] ? 1 : 0;
        }
      }
      Groups lists = Groups.of(slates);
      PositionBias bias = PositionBias.fromRandomized(clicks, positions, null, lists);
      Estimate third = bias.relative().get(3);
      covered += third != null && third.interval().contains(.3) ? 1 : 0;
      SlateFeedback byPosition =
          SlateFeedback.itemPosition(clicks, positions, logging, target, lists, null);
      SlateFeedback byModel =
          SlateFeedback.positionBased(
              clicks, positions, loggingPlacement, targetPlacement, bias, lists, null);
      coveredBy[0] += byPosition.inversePropensity().interval().contains(truth) ? 1 : 0;
      coveredBy[1] += byPosition.selfNormalized().interval().contains(truth) ? 1 : 0;
      coveredBy[2] += byModel.inversePropensity().interval().contains(truth) ? 1 : 0;
    }
    assertThat(covered).as("examination of slot 3, of %d", repetitions).isBetween(368, 394);
    assertThat(coveredBy[0]).as("item-position IPS of %d", repetitions).isBetween(368, 394);
    assertThat(coveredBy[1]).as("item-position SNIPS of %d", repetitions).isBetween(368, 394);
    // It uses examinations that are themselves estimated, which its interval does not know.
    assertThat(coveredBy[2]).as("position-based IPS of %d", repetitions).isBetween(340, 394);
  }
}
