package io.ranking4j.runtime.publish;

import static io.ranking4j.schema.Feature.numeric;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.LiveRanker;
import io.ranking4j.runtime.Provenance;
import io.ranking4j.runtime.RankRequest;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.RankingObserver;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Models of one weight: the logit of the click is the feature times a factor. */
final class TestModels {
  private static final String FACTOR = "factor";
  private static final Features CONTEXT = Features.empty();
  private static final List<Candidate> CANDIDATES =
      List.of(Candidate.of("a", Features.of(Map.of("z", 1.0))));
  static final List<RankRequest> WARM_UP = List.of(new RankRequest(CONTEXT, CANDIDATES));

  private TestModels() {}

  static RankingModel model(double factor) {
    FeatureSchema schema = FeatureSchema.builder().candidate(numeric("z").asIs()).build();
    Dataset data = Dataset.builder().column("z", NumericColumn.of(0, 1)).build();
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, 1);
    PlanBuilder builder = new PlanBuilder(encoder.layout().width());
    builder.output("click", builder.dense("click", builder.input(), 1));
    Plan plan = builder.build();
    float[] parameters = new float[plan.parameterCount()];
    parameters[encoder.layout().dense().get(0).offset()] = (float) factor;
    return new RankingModel(
        encoder,
        List.of(),
        plan,
        parameters,
        new float[0],
        List.of(TaskOutput.uncorrected(Task.binary("click"))),
        Provenance.of(Map.of(FACTOR, Double.toString(factor))));
  }

  static double factor(Provenance provenance) {
    return Double.parseDouble(provenance.get(FACTOR).orElseThrow());
  }

  static LiveRanker ranker(RankingModel model) {
    return LiveRanker.of(model, new Clicks(), RankingObserver.NONE, JavaKernels::new);
  }

  /** A utility that is the click's probability. */
  private record Clicks() implements Fusion {
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
      return Set.of("click");
    }

    @Override
    public Set<String> signals() {
      return Set.of();
    }

    @Override
    public void fuse(CandidatePredictions predictions, double[] utility) {
      for (int i = 0; i < predictions.size(); i++) {
        utility[i] = predictions.task("click")[i];
      }
    }

    @Override
    public Explanation explain(CandidatePredictions predictions, int candidate) {
      return Explanation.of(predictions.task("click")[candidate], "click");
    }
  }

  /** The logit that the ranker gives the feature 1. */
  static double answer(LiveRanker ranker) {
    double p = ranker.rank(CONTEXT, CANDIDATES).predictions().task("click")[0];
    return Math.log(p / (1 - p));
  }
}
