package io.ranking4j.examples;

import io.ranking4j.data.simulator.Action;
import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatedRequest;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.data.simulator.Split;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.fusion.Fusions;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.EarlyStopping;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;

/**
 * Extends the library from outside of it: a kind of task ({@link DwellTime}) and a fusion ({@link
 * SatisfiedMinutes}) of one's own, each found by its id when a model file or JSON names it.
 */
public final class ExtendIt {
  private static final String CLICK = "click";
  private static final String DWELL = "dwell_seconds";
  private static final double MEDIAN_SECONDS = 30;
  private static final double DEVIATION = 0.6;
  private static final int MAX_EPOCHS = 4;

  private ExtendIt() {}

  /** Trains on a simulated log with dwell times, saves, loads and ranks. */
  public static void main(String[] arguments) throws IOException {
    run(Output.console(), 2_000);
  }

  /** Does what {@link #main} does with so many requests a day, and prints there. */
  static Ranking run(PrintWriter out, int requestsPerDay) throws IOException {
    SimulatedLog log =
        ImpressionSimulator.simulate(
            SimulatorOptions.builder()
                .actions(Action.CLICK, Action.LONG_CLICK)
                .requestsPerDay(requestsPerDay)
                .trainDays(2)
                .build());
    Network network =
        Network.of(
            log.schema(),
            ResFlow.of(64, 32),
            Task.binary(CLICK),
            // Somebody stays only after a click: other rows have no label to learn from.
            Task.of(DWELL, DwellTime.INSTANCE).mask(CLICK).residual(Residual.features(CLICK)));
    TrainerOptions options =
        TrainerOptions.defaults().epochs(MAX_EPOCHS).stopping(EarlyStopping.on(CLICK));
    RankingModel model =
        Trainer.of(network)
            .options(options)
            .fit(withDwell(log, Split.TRAIN), withDwell(log, Split.VALIDATION));

    Path file = Files.createTempFile("model", ".r4j");
    try {
      model.save(file);
      Fusion fusion =
          Fusions.fromJson(
              """
              {"type": "satisfied-minutes", "properties": {"click": "click", "dwell": "dwell_seconds"}}
              """);
      SimulatedRequest request = log.request(Split.TEST, 0);
      try (Ranker ranker = Ranker.of(RankingModel.load(file), fusion)) {
        Ranking ranking = ranker.rank(request.context(), request.candidates());
        for (RankedCandidate candidate : ranking.items()) {
          out.printf(
              "%2d. %-8s  minutes %.4f  %s%n",
              candidate.position() + 1,
              candidate.id(),
              candidate.utility(),
              Output.predictions(candidate.predictions()));
        }
        int best = ranking.get(0).index();
        out.printf("%n%s", ranker.explain(request.context(), request.candidates().get(best)));
        out.flush();
        return ranking;
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Adds the seconds after a click: log-normal, longer where a long click is likely.
   *
   * @return the rows of a split, with a number where there was a click
   */
  private static Dataset withDwell(SimulatedLog log, Split split) {
    Dataset rows = log.dataset(split);
    double[] clicked = rows.column(CLICK, NumericColumn.class).values();
    double[] stay = log.conditional(split, Action.LONG_CLICK.label());
    Random random = new Random(split.name().hashCode());
    double[] seconds = new double[rows.rows()];
    BitSet missing = new BitSet();
    for (int row = 0; row < seconds.length; row++) {
      if (clicked[row] == 1) {
        double mean = Math.log(MEDIAN_SECONDS * (0.5 + stay[row]));
        seconds[row] = Math.exp(mean + DEVIATION * random.nextGaussian());
      } else {
        missing.set(row);
      }
    }
    return rows.with(DWELL, new NumericColumn(seconds, missing));
  }
}
