package io.ranking4j.examples;

import io.ranking4j.data.NegativeSampler;
import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatedRequest;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.data.simulator.Split;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.examples.report.Evaluation;
import io.ranking4j.examples.report.Reachable;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.fusion.MultiplicativeFusion;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.EpochReport;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.ProgressListener;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.spi.Fusion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The main job from end to end on a simulated log, whose truth is known: ResFlow learns seven
 * actions from a log of which nine in ten rows without any action were left out, its probabilities
 * are corrected for that, and two fusions rank one user's candidates.
 */
public final class Demo {
  private static final double KEEP_RATE = 0.1;
  private static final long SEED = 42;

  private Demo() {}

  /** Runs with the default settings of the simulator and the trainer. */
  public static void main(String[] arguments) {
    run(SimulatorOptions.defaults(), Output.console());
  }

  /** Runs on a log like that, and prints there. */
  static Evaluation run(SimulatorOptions options, PrintWriter out) {
    long began = System.nanoTime();
    SimulatedLog log = ImpressionSimulator.simulate(options);
    Dataset train = NegativeSampler.allTasks(log.train(), log.tasks(), KEEP_RATE, SEED);
    out.printf(
        "simulated %d impressions; training on %d of them%n", log.train().rows(), train.rows());
    Network network = Network.of(log.schema(), ResFlow.of(128, 64), log.tasks());
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void onEpoch(EpochReport report) {
            out.printf(
                "epoch %d  loss %.4f  mean auc %.4f  (%.1f s)%n",
                report.epoch(), report.trainingLoss(), report.watched(), report.seconds());
            out.flush();
          }
        };
    RankingModel model = Trainer.of(network).listener(listener).fit(train, log.validation());

    Dataset test = log.test();
    Evaluation before = Evaluation.of(model.uncorrected(), test, Optional.of("user_id"));
    Evaluation after = Evaluation.of(model, test, Optional.of("user_id"));
    Reachable reachable =
        Reachable.of(log.tasks(), test, task -> Optional.of(log.probability(Split.TEST, task)));
    out.printf("%nauc on the test day, and the best that can be reached%n");
    out.println(reachable.toTable(after));
    out.printf("%npredicted / observed actions on the test day%n");
    out.println(Reachable.calibrationTable(before, after));

    Fusion linear =
        LinearFusion.of(Map.of("click", 1.0, "save", 4.0, "hide", -10.0))
            .withProduct("order", SimulatedLog.PRICE, 1.0);
    Fusion multiplicative =
        MultiplicativeFusion.of(Map.of("click", 0.5, "order", 1.0, "hide", -0.5));
    SimulatedRequest request = log.request(Split.TEST, 0);
    try (Ranker ranker = Ranker.of(model, linear)) {
      out.printf("%n%s, ranked by %s%n", request.id(), linear);
      out.println(table(ranker.rank(request.context(), request.candidates())));
      out.printf("%n%s, ranked by %s%n", request.id(), multiplicative);
      Ranker other = ranker.withFusion(multiplicative);
      out.println(table(other.rank(request.context(), request.candidates())));
    }
    out.printf("%n%.0f seconds%n", (System.nanoTime() - began) / 1e9);
    out.flush();
    return after;
  }

  private static TextTable table(Ranking ranking) {
    List<String> header = new ArrayList<>(List.of("item", "utility"));
    header.addAll(ranking.get(0).predictions().keySet());
    TextTable table = new TextTable(header);
    for (RankedCandidate candidate : ranking.items()) {
      List<Object> line = new ArrayList<>(List.of(candidate.id(), candidate.utility()));
      line.addAll(candidate.predictions().values());
      table.row(line.toArray());
    }
    return table;
  }
}
