package io.ranking4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.data.simulator.Action;
import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.data.simulator.Split;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Ndcg;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RankedLists;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.offpolicy.PositionBias;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.BiasTower;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lists whose lower positions are seen less, in an order that follows relevance somewhat and
 * promotes some items for reasons of its own: how much closer to the true relevance a model ranks
 * that knows of positions than one that takes clicks as they are.
 */
class PositionBiasTest {
  private static final int SEEDS = 5;
  private static final double MAX_WEIGHT = 20;
  private static final String CLICK = "click";
  private static final Architecture MAIN = SharedBottom.of(64, 32);

  private static SimulatorOptions.Builder options(long seed) {
    return SimulatorOptions.builder()
        .actions(Action.CLICK)
        .rate(Action.CLICK, 0.3)
        .requestsPerDay(2_000)
        .seed(seed);
  }

  /**
   * The rows of a split as a platform would have logged them: the position at {@code k} is seen
   * with probability {@code 1 / k}, and a click that was not seen did not happen.
   *
   * @param ordered whether lists have the platform's order, rather than a random one
   */
  private static Dataset logged(SimulatedLog log, Split split, boolean ordered) {
    Dataset rows = log.dataset(split);
    Random random = new Random(31 * log.options().seed() + split.name().hashCode());
    double[] promoted =
        new Random(log.options().seed()).doubles().limit(log.options().items()).toArray();
    int[] items = rows.column(SimulatedLog.ITEM_ID, CategoricalColumn.class).codes();
    double[] relevance = log.relevance(split, CLICK);
    double[] clicks = numbers(rows, CLICK).clone();
    double[] positions = new double[clicks.length];
    double[] keys = new double[clicks.length];
    for (int row = 0; row < keys.length; row++) {
      double odds = relevance[row] / (1 - relevance[row]);
      double liking = 0.5 * Math.log(odds) + 4 * promoted[items[row]];
      keys[row] = (ordered ? liking : 0) - Math.log(-Math.log(random.nextDouble()));
    }
    int length = log.options().slateLength();
    for (int row = 0; row < keys.length; row++) {
      int first = row - row % length;
      int position = 1;
      for (int other = first; other < first + length; other++) {
        position += keys[other] > keys[row] ? 1 : 0;
      }
      positions[row] = position;
      clicks[row] *= random.nextDouble() < 1.0 / position ? 1 : 0;
    }
    return rows.with(SimulatedLog.POSITION, NumericColumn.of(positions))
        .with(CLICK, NumericColumn.of(clicks));
  }

  @Test
  @Tag("slow")
  void should_rank_closer_to_the_relevance_when_positions_are_known() throws IOException {
    StringBuilder table = new StringBuilder();
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      Map<String, double[]> reached = seed(seed);
      for (Map.Entry<String, double[]> of : reached.entrySet()) {
        table.append(
            "seed %d  %-14s AUC %.4f  NDCG@3 %.4f  calibration %.3f%n"
                .formatted(
                    seed, of.getKey(), of.getValue()[0], of.getValue()[1], of.getValue()[2]));
        double[] sum = sums.computeIfAbsent(of.getKey(), name -> new double[2]);
        sum[0] += of.getValue()[0] / SEEDS;
        sum[1] += of.getValue()[1] / SEEDS;
      }
    }
    sums.forEach(
        (name, mean) ->
            table.append(
                "mean    %-14s AUC %.4f  NDCG@3 %.4f%n".formatted(name, mean[0], mean[1])));
    Files.writeString(
        Path.of(System.getProperty("basedir", "."), "target", "position-bias.txt"), table);
    assertThat(gain(sums, "bias tower", 0)).as("AUC%n%s", table).isGreaterThan(0.004);
    assertThat(gain(sums, "bias tower", 1)).as("NDCG%n%s", table).isGreaterThan(0.015);
    assertThat(gain(sums, "missing", 1)).as("NDCG%n%s", table).isGreaterThan(0.015);
    assertThat(gain(sums, "click weights", 1)).as("NDCG%n%s", table).isGreaterThan(0.01);
  }

  /** How far the mean of a metric is above that of the model that takes clicks as they are. */
  private static double gain(Map<String, double[]> means, String name, int metric) {
    return Objects.requireNonNull(means.get(name))[metric]
        - Objects.requireNonNull(means.get("naive"))[metric];
  }

  private static Map<String, double[]> seed(long seed) {
    SimulatedLog log = ImpressionSimulator.simulate(options(seed).build());
    FeatureSchema withPosition =
        FeatureSchema.builder()
            .context(log.schema().context().toArray(Feature[]::new))
            .candidate(log.schema().candidate().toArray(Feature[]::new))
            .candidate(
                Feature.numeric(SimulatedLog.POSITION)
                    .buckets(1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5))
            .build();
    Map<String, double[]> reached = new LinkedHashMap<>();
    Task click = Task.binary(CLICK);
    reached.put("best", measured(log, log.relevance(Split.TEST, CLICK)));
    reached.put(
        "naive", trained(log, log.schema(), MAIN, click, logged(log, Split.TRAIN, true), seed));
    reached.put(
        "as an input",
        trained(log, withPosition, MAIN, click, logged(log, Split.TRAIN, true), seed));
    BiasTower tower = BiasTower.of(MAIN, SimulatedLog.POSITION);
    reached.put(
        "bias tower",
        trained(log, withPosition, tower, click, logged(log, Split.TRAIN, true), seed));
    reached.put(
        "missing",
        trained(
            log,
            withPosition,
            tower.serving(BiasTower.Serving.MISSING),
            click,
            logged(log, Split.TRAIN, true),
            seed));
    reached.put(
        "click weights",
        trained(
            log,
            log.schema(),
            MAIN,
            click.mask("weight"),
            logged(log, Split.TRAIN, true).with("weight", clickWeights(log, seed)),
            seed));
    return reached;
  }

  /** One over how often the position of a click is seen, by a day of lists in random order. */
  private static NumericColumn clickWeights(SimulatedLog log, long seed) {
    Dataset random =
        logged(
            ImpressionSimulator.simulate(options(seed + 100).trainDays(1).build()),
            Split.TRAIN,
            false);
    PositionBias bias =
        PositionBias.fromRandomized(
            numbers(random, CLICK),
            Arrays.stream(numbers(random, SimulatedLog.POSITION)).mapToInt(p -> (int) p).toArray(),
            null,
            null);
    Dataset train = logged(log, Split.TRAIN, true);
    double[] clicks = numbers(train, CLICK);
    double[] positions = numbers(train, SimulatedLog.POSITION);
    double[] weights = new double[clicks.length];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = clicks[row] == 1 ? bias.clickWeight((int) positions[row], MAX_WEIGHT) : 1;
    }
    return NumericColumn.of(weights);
  }

  private static double[] trained(
      SimulatedLog log,
      FeatureSchema schema,
      Architecture architecture,
      Task task,
      Dataset train,
      long seed) {
    RankingModel model =
        Trainer.of(Network.of(schema, architecture, task))
            .options(TrainerOptions.defaults().epochs(5).seed(seed))
            .fit(train, logged(log, Split.VALIDATION, true));
    BitSet all = new BitSet();
    all.set(0, log.test().rows());
    Dataset test =
        log.test()
            .with(SimulatedLog.POSITION, new NumericColumn(new double[log.test().rows()], all));
    try (Scorer scorer = Scorer.of(model)) {
      return measured(log, Objects.requireNonNull(scorer.score(test).get(CLICK)));
    }
  }

  /**
   * The AUC of the clicks there would be if everything was seen, NDCG by relevance, and predicted
   * over actual clicks.
   */
  private static double[] measured(SimulatedLog log, double[] scores) {
    double[] relevance = log.relevance(Split.TEST, CLICK);
    int rows = relevance.length;
    double[] labels = new double[2 * rows];
    double[] weights = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = 1;
      weights[row] = relevance[row];
      weights[rows + row] = 1 - relevance[row];
    }
    double[] twice = Arrays.copyOf(scores, 2 * rows);
    System.arraycopy(scores, 0, twice, rows, rows);
    Groups requests =
        Groups.of(log.test().column(SimulatedLog.REQUEST_ID, CategoricalColumn.class).codes());
    return new double[] {
      RocAuc.compute(Predictions.of(labels, twice, weights)).value(),
      Ndcg.compute(RankedLists.of(relevance, scores, requests), 3).metric().value(),
      Arrays.stream(scores).sum()
          / Arrays.stream(numbers(logged(log, Split.TEST, true), CLICK)).sum()
    };
  }

  private static double[] numbers(Dataset data, String column) {
    return data.column(column, NumericColumn.class).values();
  }
}
