package io.ranking4j.examples;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.task.Task.binary;

import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatedRequest;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.data.simulator.Split;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.schema.FeatureSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A service of a host application that trains a model, keeps it in a file, and ranks with it. The
 * marked part is what the README shows. Immutable and safe to share.
 */
public final class EmbedInAHost {
  private final Path file;

  /** A service that keeps its model in that file. */
  public EmbedInAHost(Path file) {
    this.file = file;
  }

  /**
   * Trains, saves, loads and ranks.
   *
   * @param train impressions to learn from
   * @param validation later impressions, which decide when training ends
   * @param context the features of a user and a moment
   * @param candidates what is to be ranked
   * @return the candidates from best to worst, with the probability of each task
   * @throws IOException where the model cannot be written or read
   */
  public Ranking trainAndRank(
      Dataset train, Dataset validation, Features context, List<Candidate> candidates)
      throws IOException {
    // snippet:start
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("user_id"), categorical("hour"))
            .candidate(categorical("item_id"), numeric("price").log())
            .build();
    Network network =
        Network.of(
            schema, ResFlow.of(128, 64), binary("click"), binary("order").residualFrom("click"));
    RankingModel model = Trainer.of(network).fit(train, validation);
    model.save(file);

    LinearFusion value = LinearFusion.of(Map.of("click", 1.0, "order", 20.0));
    try (Ranker ranker = Ranker.of(RankingModel.load(file), value)) {
      Ranking ranking = ranker.rank(context, candidates);
      return ranking; // ids, utilities, and the probability of each task, from best to worst
    }
    // snippet:end
  }

  /** Trains on a small simulated log and ranks one of its requests. */
  public static void main(String[] arguments) throws IOException {
    run(Output.console());
  }

  /** Does what {@link #main} does, and prints there. */
  static void run(PrintWriter out) throws IOException {
    SimulatedLog log =
        ImpressionSimulator.simulate(
            SimulatorOptions.builder()
                .users(100)
                .items(50)
                .requestsPerDay(500)
                .trainDays(2)
                .build());
    // A host sends the features that its schema names, and no others.
    SimulatedRequest request = log.request(Split.TEST, 0);
    Features context = only(request.context(), "user_id", "hour");
    List<Candidate> candidates =
        request.candidates().stream()
            .map(c -> Candidate.of(c.id(), only(c.features(), "item_id", "price")))
            .toList();
    Path file = Files.createTempFile("model", ".r4j");
    try {
      Ranking ranking =
          new EmbedInAHost(file).trainAndRank(log.train(), log.validation(), context, candidates);
      for (RankedCandidate candidate : ranking.items()) {
        out.printf(
            "%2d. %-8s  utility %.4f  %s%n",
            candidate.position() + 1,
            candidate.id(),
            candidate.utility(),
            Output.predictions(candidate.predictions()));
      }
      out.flush();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Features only(Features all, String... names) {
    Map<String, Object> kept = new java.util.LinkedHashMap<>(all.asMap());
    kept.keySet().retainAll(List.of(names));
    return Features.of(kept);
  }
}
