package io.ranking4j.nn.training;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.Provenance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes down where a model comes from. */
final class TrainingProvenance {
  private TrainingProvenance() {}

  static Provenance of(
      Network network,
      TrainerOptions options,
      TrainingData data,
      List<EpochReport> history,
      BestWeights best,
      GradientKernels kernels) {
    Map<String, String> entries = new TreeMap<>();
    entries.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    entries.put("seed", Long.toString(options.seed()));
    entries.put("architecture", network.architecture().name());
    network
        .architecture()
        .properties()
        .forEach((name, value) -> entries.put("architecture." + name, value));
    entries.put("options", options.toString());
    entries.put("train.rows", Integer.toString(data.rows()));
    entries.put("train.sha256", TrainingDataHash.of(data));
    entries.put(TrainingHistory.ENTRY, TrainingHistory.toJson(history));
    entries.put("train.negativeKeepRate", Double.toString(data.keepRate()));
    entries.put("train.bestEpoch", Integer.toString(best.lastEpoch()));
    best.epochs()
        .forEach(
            (task, epoch) -> {
              if (options.stopping().perTask()) {
                entries.put("train.bestEpoch." + task, epoch.toString());
              }
              Double quality = history.get(epoch - 1).quality().get(task);
              if (quality != null) {
                entries.put("validation." + task, quality.toString());
              }
            });
    entries.put("kernels", kernels.forward().name());
    entries.put("java", Runtime.version().toString());
    return Provenance.of(entries);
  }
}
