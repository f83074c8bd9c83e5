package io.ranking4j.benchmarks.process;

import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Fusion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loads a model and ranks with it; prints the best candidate after the first ranking, and the
 * memory it holds after the last one. Needs ranking-runtime and what that needs.
 */
final class RankingProcess {
  private RankingProcess() {}

  /** Arguments: the model file, how many candidates, how many rankings. */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    RankingModel model = RankingModel.load(Path.of(arguments[0]));
    try (Ranker ranker = Ranker.of(model, new Clicks())) {
      Features context = features(model.schema().context(), 1);
      List<Candidate> candidates = candidates(model.schema(), count);
      Lines.print(ranker.rank(context, candidates).get(0).id());
      // The same request again: what a host makes of requests is not what a model takes.
      for (int i = 1; i < Integer.parseInt(arguments[2]); i++) {
        ranker.rank(context, candidates);
      }
      Lines.print(String.valueOf(Resident.bytes()));
    }
  }

  private static List<Candidate> candidates(FeatureSchema schema, int count) {
    List<Candidate> candidates = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Features features = features(schema.candidate(), i);
      candidates.add(Candidate.of("video-".concat(String.valueOf(i)), features));
    }
    return candidates;
  }

  /** Values that the model knows: those of every feature are numbers from 0 on. */
  private static Features features(List<Feature> features, int number) {
    Features.Builder values = Features.builder();
    for (Feature feature : features) {
      values.set(feature.name(), feature.name().equals("video_id") ? number : number % 2);
    }
    return values.build();
  }

  /** The probability of the click as the utility. */
  private static final class Clicks implements Fusion {
    private static final String CLICK = "click";

    @Override
    public String typeId() {
      return "clicks";
    }

    @Override
    public Map<String, String> properties() {
      return Map.of();
    }

    @Override
    public Set<String> tasks() {
      return Set.of(CLICK);
    }

    @Override
    public Set<String> signals() {
      return Set.of();
    }

    @Override
    public void fuse(CandidatePredictions predictions, double[] utility) {
      System.arraycopy(predictions.task(CLICK), 0, utility, 0, predictions.size());
    }

    @Override
    public Explanation explain(CandidatePredictions predictions, int candidate) {
      return Explanation.of(predictions.task(CLICK)[candidate], CLICK);
    }
  }
}
