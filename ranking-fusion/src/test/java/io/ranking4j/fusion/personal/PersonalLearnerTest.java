package io.ranking4j.fusion.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalLearnerTest {
  private static final int ARMS = 5;
  private static final int SEGMENTS = 4;
  private static final List<Map<String, Double>> WEIGHTS = weights();

  /** What the truly best single weights earn where segments differ: those of arm 3. */
  private static final double SINGLE_BY_SEGMENT = .16;

  /** What they earn where they do not: those of the last arm. */
  private static final double SINGLE_ALIKE = .14;

  private static List<Map<String, Double>> weights() {
    List<Map<String, Double>> grid = new ArrayList<>();
    for (int arm = 0; arm < ARMS; arm++) {
      grid.add(Map.of("click", 1.0, "long_view", 5.0 * arm));
    }
    return grid;
  }

  /** What an arm earns on average: with segments every segment has a best one of its own. */
  private static double worth(int segment, int arm, boolean personal) {
    double shared = .1 + .01 * arm;
    return personal ? shared + (arm == (segment * 2 + 1) % ARMS ? .12 : 0) : shared;
  }

  /** The segment, one-hot, and a number that says nothing. */
  private static double[] features(int segment, Random random) {
    double[] features = new double[SEGMENTS + 1];
    features[segment] = 1;
    features[SEGMENTS] = random.nextGaussian();
    return features;
  }

  /** Arms were taken at random, later ones a little more often. */
  private static LoggedChoices log(int rows, boolean personal, long seed) {
    Random random = new Random(seed);
    double[][] features = new double[rows][];
    int[] arms = new int[rows];
    double[] propensities = new double[rows];
    double[] rewards = new double[rows];
    for (int row = 0; row < rows; row++) {
      int segment = random.nextInt(SEGMENTS);
      features[row] = features(segment, random);
      arms[row] = random.nextInt(15);
      arms[row] =
          arms[row] < 1 ? 0 : arms[row] < 3 ? 1 : arms[row] < 6 ? 2 : arms[row] < 10 ? 3 : 4;
      propensities[row] = (arms[row] + 1) / 15.0;
      rewards[row] = random.nextDouble() < worth(segment, arms[row], personal) ? 1 : 0;
    }
    return new LoggedChoices(features, arms, propensities, rewards, null);
  }

  private static double trueWorth(PersonalWeights policy, boolean personal) {
    Random random = new Random(9);
    double sum = 0;
    int draws = 200;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      for (int i = 0; i < draws; i++) {
        sum += worth(segment, policy.arm(features(segment, random)), personal);
      }
    }
    return sum / draws / SEGMENTS;
  }

  private static double oracle() {
    double sum = 0;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      double best = 0;
      for (int arm = 0; arm < ARMS; arm++) {
        best = Math.max(best, worth(segment, arm, true));
      }
      sum += best / SEGMENTS;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void should_earn_nearly_what_the_oracle_does_when_segments_differ(boolean valueHead) {
    for (long seed = 0; seed < 3; seed++) {
      PersonalResult result =
          PersonalLearner.learn(
              WEIGHTS,
              log(40_000, true, seed),
              PersonalOptions.defaults(seed).withValueHead(valueHead));
      assertThat(result.gate().reason()).as("seed %d", seed).startsWith("personal weights");
      assertThat(result.policy().isPersonal()).isTrue();
      assertThat(trueWorth(result.policy(), true))
          .as("seed %d, oracle %s", seed, oracle())
          .isGreaterThan(.95 * oracle());
    }
  }

  @Test
  void should_return_the_best_single_weights_when_requests_do_not_differ() {
    for (long seed = 0; seed < 10; seed++) {
      PersonalResult result =
          PersonalLearner.learn(WEIGHTS, log(20_000, false, seed), PersonalOptions.defaults(seed));
      assertThat(result.gate().reason())
          .as("seed %d", seed)
          .startsWith("the best single weights are used");
      assertThat(result.policy().isPersonal()).isFalse();
      assertThat(result.policy().weights(new double[SEGMENTS + 1])).isEqualTo(result.best());
      double error = result.gate().gain().standardError().value();
      assertThat(trueWorth(result.policy(), false))
          .as("seed %d", seed)
          .isGreaterThan(SINGLE_ALIKE - 2 * error);
    }
  }

  /** Writes {@code target/personal-weights.txt}. */
  @Tag("slow")
  @Test
  void should_come_near_the_oracle_and_stay_above_single_weights_over_thirty_seeds()
      throws IOException {
    int seeds = 30;
    List<String> lines = new ArrayList<>();
    for (Setting setting :
        List.of(
            new Setting("segments, no value function", 40_000, true, false),
            new Setting("segments, with a value head", 40_000, true, true),
            new Setting("no personal effect", 20_000, false, false),
            new Setting("no personal effect, with a value head", 20_000, false, true))) {
      double best = setting.personal() ? oracle() : SINGLE_ALIKE;
      double single = setting.personal() ? SINGLE_BY_SEGMENT : SINGLE_ALIKE;
      double[] shares = new double[seeds];
      double[] gains = new double[seeds];
      int used = 0;
      for (int seed = 0; seed < seeds; seed++) {
        PersonalResult result =
            PersonalLearner.learn(
                WEIGHTS,
                log(setting.rows(), setting.personal(), seed),
                PersonalOptions.defaults(seed).withValueHead(setting.valueHead()));
        used += result.policy().isPersonal() ? 1 : 0;
        double worth = trueWorth(result.policy(), setting.personal());
        shares[seed] = worth / best;
        gains[seed] = worth - single;
        Interval interval = result.gate().gain().interval();
        assertThat(gains[seed])
            .as("%s, seed %d", setting.name(), seed)
            .isGreaterThan(-(interval.upper() - interval.lower()) / 2);
      }
      Arrays.sort(shares);
      Arrays.sort(gains);
      int half = seeds / 2;
      assertThat((shares[half - 1] + shares[half]) / 2).as(setting.name()).isGreaterThan(.95);
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %d of %d | %.3f | %.3f | %+.4f | %+.4f |",
              setting.name(),
              used,
              seeds,
              (shares[half - 1] + shares[half]) / 2,
              shares[0],
              (gains[half - 1] + gains[half]) / 2,
              gains[0]));
    }
    Path file = Path.of(System.getProperty("basedir", "."), "target", "personal-weights.txt");
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  private record Setting(String name, int rows, boolean personal, boolean valueHead) {}

  @Test
  void should_learn_alike_from_the_same_seed_and_linearly_where_asked() {
    LoggedChoices log = log(8_000, true, 5);
    PersonalOptions options = PersonalOptions.defaults(3).withHidden(0);
    PersonalResult one = PersonalLearner.learn(WEIGHTS, log, options);
    PersonalResult other = PersonalLearner.learn(WEIGHTS, log, options);
    assertThat(one.gate()).isEqualTo(other.gate());
    assertThat(one.policy().isPersonal()).isTrue();
    PersonalWeights again = PersonalWeights.fromJson(one.policy().toJson());
    assertThat(again.toJson()).isEqualTo(one.policy().toJson());
    for (double[] features : log.features()) {
      assertThat(again.weights(features)).isEqualTo(one.policy().weights(features));
    }
  }

  @Test
  void should_refuse_a_file_that_is_none() {
    PersonalWeights fixed = PersonalWeights.fixed(WEIGHTS, 2);
    String json = fixed.toJson();
    assertThat(PersonalWeights.fromJson(json).arm(new double[0])).isEqualTo(2);
    for (String[] change :
        new String[][] {
          {"\"fixed\" : 2", "\"fixed\" : 9", "altered"},
          {"\"fixed\" : 2", "\"fixed\" : -1", "whole number"},
          {"\"fixed\" : 2", "\"other\" : 2", "'hidden'"},
          {"\"version\" : 1", "\"version\" : 2", "version 1"},
          {"1.0", "\"x\"", "finite numbers"}
        }) {
      assertThat(json).contains(change[0]);
      assertThatThrownBy(() -> PersonalWeights.fromJson(json.replace(change[0], change[1])))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(change[2]);
    }
    for (int length = 0; length < json.length() - 1; length += 29) {
      String cut = json.substring(0, length);
      assertThatThrownBy(() -> PersonalWeights.fromJson(cut)).isInstanceOf(DataException.class);
    }
  }

  @Test
  void should_refuse_a_log_that_it_cannot_learn_from() {
    LoggedChoices log = log(1_000, true, 1);
    double[] none = new double[log.rows()];
    Arrays.fill(none, Double.NaN);
    for (double[] missing : List.of(none, new double[0])) {
      assertThatThrownBy(
              () -> new LoggedChoices(log.features(), log.arms(), missing, log.rewards(), null))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("no propensities");
    }
    // A log of a rule that gives each segment its arm, as if it were certain, which it was not.
    double[] certain = new double[log.rows()];
    Arrays.fill(certain, 1);
    LoggedChoices wrong =
        new LoggedChoices(log.features(), log.arms(), certain, log.rewards(), null);
    assertThatThrownBy(() -> PersonalLearner.learn(WEIGHTS, wrong, PersonalOptions.defaults(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be right");
    List<Map<String, Double>> more = new ArrayList<>(WEIGHTS);
    more.add(Map.of("click", 9.0));
    assertThatThrownBy(() -> PersonalLearner.learn(more, log, PersonalOptions.defaults(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("arm 5 was never taken");
  }

  @Test
  void should_explore_with_the_propensity_it_says() {
    PersonalWeights policy = PersonalWeights.fixed(WEIGHTS, 2);
    SplittableRandom random = new SplittableRandom(4);
    int[] taken = new int[ARMS];
    double[] said = new double[ARMS];
    for (int i = 0; i < 10_000; i++) {
      PersonalWeights.Choice choice = policy.explore(new double[0], .2, random);
      taken[choice.arm()]++;
      said[choice.arm()] = choice.propensity();
    }
    for (int arm = 0; arm < ARMS; arm++) {
      assertThat(taken[arm] / 10_000.0).isBetween(said[arm] - .02, said[arm] + .02);
    }
    assertThat(Arrays.stream(said).sum()).isBetween(1 - 1e-12, 1 + 1e-12);
  }

  @Test
  void should_have_the_gradient_of_finite_differences() {
    Random random = new Random(8);
    double[][] features = {{.3, -1, 2}, {1, .5, -.2}, {-.7, .1, .4}};
    for (int hidden : new int[] {0, 4}) {
      PolicyNetwork network = PolicyNetwork.fresh(features, 3, hidden, new SplittableRandom(2));
      double[] parameters = network.parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = random.nextGaussian() / 2;
      }
      double[] gradient = new double[parameters.length];
      double[] p = network.forward(features[1]).clone();
      double value = network.value();
      double[] byLogits = new double[3];
      for (int a = 0; a < 3; a++) {
        byLogits[a] = (a == 2 ? 1 : 0) - p[a]; // of log p[2]
      }
      network.backward(byLogits, 2 * value, gradient);
      for (int i = 0; i < parameters.length; i++) {
        double own = parameters[i];
        parameters[i] = own + 1e-6;
        double above =
            Math.log(network.forward(features[1])[2]) + network.value() * network.value();
        parameters[i] = own - 1e-6;
        double below =
            Math.log(network.forward(features[1])[2]) + network.value() * network.value();
        parameters[i] = own;
        assertThat(gradient[i])
            .as("parameter %d, %d hidden", i, hidden)
            .isBetween((above - below) / 2e-6 - 1e-6, (above - below) / 2e-6 + 1e-6);
      }
    }
  }
}
