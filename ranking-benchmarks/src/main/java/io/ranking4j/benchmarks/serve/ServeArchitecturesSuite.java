package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.Comparison;
import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.List;

/** What other architectures than the standard one, and attention to a history, cost in serving. */
public final class ServeArchitecturesSuite implements Suite {
  private static final int CANDIDATES = 400;
  private static final int WATCHED = 50;
  private static final long SEED = 7;
  private static final Comparison COMPARISON = new Comparison(600, 100, 10);

  /** As many networks as there are domains, which the features of this network do not say. */
  private static final String DOMAIN_TOWERS = "domain-towers";

  @Override
  public String name() {
    return "serve-architectures";
  }

  @Override
  public String description() {
    return "one request at a time on one thread, every architecture against resflow";
  }

  @Override
  public void run(Report report) throws Exception {
    List<String> names = new ArrayList<>(Architectures.names());
    names.remove(DOMAIN_TOWERS);
    names.addAll(List.of("resflow+cross2", "resflow+fm"));
    RankingModel standard = KuaiRandNetwork.model();
    Request request = Request.of(standard, SEED, CANDIDATES);
    try (Scorer resFlow = Scorer.of(standard)) {
      Comparison.Side theirs = () -> resFlow.score(request.context(), request.candidates());
      for (String name : names) {
        RankingModel model = KuaiRandNetwork.model(Architectures.of(name, 128, 64));
        Request own = Request.of(model, SEED, CANDIDATES);
        try (Scorer scorer = Scorer.of(model)) {
          Comparison.Side ours = () -> scorer.score(own.context(), own.candidates());
          report.times(name + "/resflow", COMPARISON.run(ours, theirs));
        }
      }
      history(report, "attention", Pooling.attention("video_id"), theirs);
      history(report, "mean", Pooling.MEAN, theirs);
    }
  }

  private static void history(Report report, String name, Pooling pooling, Comparison.Side theirs)
      throws Exception {
    RankingModel model = KuaiRandNetwork.withHistory(pooling);
    Features features = KuaiRandNetwork.context(SEED, WATCHED);
    EncodedRows context = model.encoder().encodeContext(features);
    EncodedRows candidates =
        model
            .encoder()
            .encodeCandidates(
                features,
                KuaiRandNetwork.candidates(SEED + 1, CANDIDATES),
                model.encoder().newCandidateRows());
    try (Scorer scorer = Scorer.of(model)) {
      Comparison.Side ours = () -> scorer.score(context, candidates);
      report.times("history-" + WATCHED + "-" + name + "/resflow", COMPARISON.run(ours, theirs));
    }
  }
}
