package io.ranking4j.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.WilsonInterval;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two policies that both ran: what the log of one says of the other must agree with the other's own
 * log. The samples of the Open Bandit Dataset (Saito et al., 2021): one row per slot, with the
 * propensity of the item at that position. Thompson sampling went on learning, so its log's
 * propensities change from row to row; the policy judged is its mean over the time of the log, the
 * share of each item at each position.
 */
class OpenBanditTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("ranking4j.shared.data", "none"), "open-bandit");

  private static final int POSITIONS = 3;

  private record Log(int[] items, int[] positions, double[] clicks, double[] propensities) {

    double clickRate() {
      return Arrays.stream(clicks).average().orElseThrow();
    }

    /** By position and item, how often it was shown. */
    double[][] shares(int itemCount) {
      double[][] shares = new double[POSITIONS][itemCount];
      double[] totals = new double[POSITIONS];
      for (int row = 0; row < items.length; row++) {
        shares[positions[row] - 1][items[row]]++;
        totals[positions[row] - 1]++;
      }
      for (int position = 0; position < POSITIONS; position++) {
        for (int item = 0; item < itemCount; item++) {
          shares[position][item] /= totals[position];
        }
      }
      return shares;
    }
  }

  @BeforeAll
  static void needsTheSamples() {
    assumeTrue(Files.isDirectory(FOLDER), "the folder of ranking4j.shared.data has no open-bandit");
  }

  private static Log read(String policy, String campaign) throws IOException {
    Path file = FOLDER.resolve(policy).resolve(campaign).resolve(campaign + ".csv.gz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> header = Arrays.asList(String.valueOf(lines.readLine()).split(",", -1));
      int[] columns = {
        header.indexOf("item_id"),
        header.indexOf("position"),
        header.indexOf("click"),
        header.indexOf("propensity_score")
      };
      List<double[]> rows = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        rows.add(Arrays.stream(columns).mapToDouble(c -> Double.parseDouble(fields[c])).toArray());
      }
      return new Log(
          rows.stream().mapToInt(row -> (int) row[0]).toArray(),
          rows.stream().mapToInt(row -> (int) row[1]).toArray(),
          rows.stream().mapToDouble(row -> row[2]).toArray(),
          rows.stream().mapToDouble(row -> row[3]).toArray());
    }
  }

  /** The smoothed click rate of each item and position, from the rows that may be seen. */
  private static CrossFitting.RewardModel clickRates(Log log, int itemCount, int[] rows) {
    double clicks = 0;
    double[] shown = new double[itemCount];
    double[] clicked = new double[itemCount];
    for (int row : rows) {
      clicks += log.clicks()[row];
      shown[log.items()[row]]++;
      clicked[log.items()[row]] += log.clicks()[row];
    }
    double[] rates = new double[itemCount];
    for (int item = 0; item < itemCount; item++) {
      rates[item] = (clicked[item] + 200 * clicks / rows.length) / (shown[item] + 200);
    }
    return row -> rates;
  }

  @ParameterizedTest
  @CsvSource({
    "random, bts, men, 34",
    "random, bts, women, 46",
    "bts, random, men, 34",
    "bts, random, women, 46"
  })
  void should_cover_the_rate_of_the_other_policys_own_log(
      String logging, String judged, String campaign, int itemCount) throws IOException {
    Log log = read(logging, campaign);
    Log own = read(judged, campaign);
    double[][] policy = new double[POSITIONS][itemCount];
    if (judged.equals("random")) {
      Arrays.stream(policy).forEach(row -> Arrays.fill(row, 1.0 / itemCount));
    } else {
      policy = own.shares(itemCount);
    }
    double[] target = new double[log.items().length];
    for (int row = 0; row < target.length; row++) {
      target[row] = policy[log.positions()[row] - 1][log.items()[row]];
    }
    LoggedFeedback feedback = LoggedFeedback.of(log.clicks(), log.propensities(), target);
    double[][] judgedPolicy = policy;
    RewardEstimates rewards =
        CrossFitting.rewards(
            log.items(),
            row -> judgedPolicy[log.positions()[row] - 1],
            rows -> clickRates(log, itemCount, rows),
            null,
            1);
    double truth = own.clickRate();
    Estimate ips = InversePropensity.compute(feedback);
    Estimate snips = InversePropensity.selfNormalized(feedback);
    Estimate dr = DoublyRobust.compute(feedback, rewards);
    Estimate switched = DoublyRobust.switching(feedback, rewards, 50);
    WeightDiagnostics weights = WeightDiagnostics.of(feedback);
    String line =
        "%s judged on the log of %s, %s: own rate %.5f %s; IPS %s; SNIPS %s; DR %s; switch-DR %s;"
                .formatted(
                    judged,
                    logging,
                    campaign,
                    truth,
                    WilsonInterval.of(truth * own.items().length, own.items().length),
                    text(ips),
                    text(snips),
                    text(dr),
                    text(switched))
            + " DM %.5f; %s%n"
                .formatted(DirectMethod.compute(rewards, null).value(), weights.warnings());
    Files.writeString(
        Path.of(System.getProperty("basedir", "."), "target", "open-bandit.txt"),
        line,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    for (Estimate estimate : List.of(ips, snips, dr, switched)) {
      assertThat(estimate.interval().contains(truth)).as("%s of %s", estimate, truth).isTrue();
    }
    assertThat(weights.meanWeight().interval().contains(1)).as("%s", weights).isTrue();
    // Some 50 clicks a log are few, and whoever uses them is told so.
    assertThat(weights.warnings()).isNotEmpty();
  }

  private static String text(Estimate estimate) {
    return "%.5f [%.5f, %.5f]"
        .formatted(estimate.value(), estimate.interval().lower(), estimate.interval().upper());
  }
}
