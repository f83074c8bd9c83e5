package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.benchmarks.peer.EncodedRequest;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.input.EncodedRows;
import java.util.List;
import java.util.Map;

/**
 * A request to the KuaiRand model.
 *
 * @param features the context as a host has it
 * @param items the candidates as a host has them
 * @param encoded both as our encoder gives them
 */
record Request(Features features, List<Candidate> items, EncodedRequest encoded) {
  /** One with so many candidates, always the same. */
  static Request of(RankingModel model, long seed, int count) {
    Features features = KuaiRandNetwork.context(seed);
    List<Candidate> items = KuaiRandNetwork.candidates(seed + 1, count);
    EncodedRows context = model.encoder().encodeContext(features);
    EncodedRows candidates =
        model.encoder().encodeCandidates(features, items, model.encoder().newCandidateRows());
    return new Request(features, items, new EncodedRequest(context, candidates));
  }

  /** Our predictions, a row for each candidate. */
  float[] score(Scorer scorer) {
    return byRow(scorer.score(encoded.context(), encoded.candidates()), items.size());
  }

  /** Predictions by task as a row for each candidate. */
  static float[] byRow(Map<String, double[]> predictions, int rows) {
    float[] all = new float[rows * predictions.size()];
    int task = 0;
    for (double[] column : predictions.values()) {
      for (int r = 0; r < rows; r++) {
        all[r * predictions.size() + task] = (float) column[r];
      }
      task++;
    }
    return all;
  }
}
