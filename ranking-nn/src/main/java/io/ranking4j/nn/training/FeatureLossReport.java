package io.ranking4j.nn.training;

import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.LostValues;
import io.ranking4j.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What it costs when requests come without some of their values: each is left out of all rows in
 * turn, and the model scores them through the encoder of its requests ({@link
 * RankingModel#without}). Immutable and safe to share.
 *
 * @param complete by task, its quality where nothing is lost: AUC where it predicts a probability,
 *     else the explained share of variance; NaN where the rows cannot tell
 * @param losses what is lost in turn
 */
public record FeatureLossReport(Map<String, Double> complete, List<Loss> losses) {
  /** Copies both, in their order. */
  public FeatureLossReport {
    complete = Collections.unmodifiableMap(new LinkedHashMap<>(complete));
    losses = List.copyOf(losses);
  }

  /**
   * Values that are lost together.
   *
   * @param names of the values, as requests have them
   * @param features the features that are missing then: those, and rates that have one as a key
   * @param quality by task, as in {@link #complete()}
   * @param cost by task, how much lower that is than with all values; below zero where it is higher
   */
  public record Loss(
      Set<String> names,
      Set<String> features,
      Map<String, Double> quality,
      Map<String, Double> cost) {
    /** Copies all, in their order. */
    public Loss {
      names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
      features = Collections.unmodifiableSet(new LinkedHashSet<>(features));
      quality = Collections.unmodifiableMap(new LinkedHashMap<>(quality));
      cost = Collections.unmodifiableMap(new LinkedHashMap<>(cost));
    }

    /** The mean cost of the tasks that have one; NaN where none has. */
    public double meanCost() {
      return mean(cost);
    }
  }

  /**
   * Measures the loss of each value that requests may lack, and of some groups of them.
   *
   * @param model the model
   * @param data rows with all features and labels, read once for each loss
   * @param groups names that are lost together, say because one service has them all
   * @throws io.ranking4j.error.UnknownNameException where a group names what no request has
   * @throws io.ranking4j.error.DataException where the data is not what the model needs
   * @throws IllegalArgumentException where a group has a feature that is required
   * @throws IllegalStateException where a prediction is not finite
   */
  public static FeatureLossReport of(
      RankingModel model, DatasetSource data, List<Set<String>> groups) {
    List<Set<String>> lost = new ArrayList<>();
    LostValues.names(model.schema()).forEach(name -> lost.add(Set.of(name)));
    lost.addAll(groups);
    // What is wrong with the groups is said before anything is read.
    List<Set<String>> features =
        lost.stream().map(names -> LostValues.features(model.schema(), names)).toList();
    Kernels kernels = KernelChoice.FASTEST.create(1);
    Map<String, Double> complete = quality(model, data, kernels);
    List<Loss> losses = new ArrayList<>();
    for (int i = 0; i < lost.size(); i++) {
      Map<String, Double> quality = quality(model.without(lost.get(i)), data, kernels);
      Map<String, Double> cost = new LinkedHashMap<>();
      quality.forEach((task, value) -> cost.put(task, complete.getOrDefault(task, value) - value));
      losses.add(new Loss(lost.get(i), features.get(i), quality, cost));
    }
    return new FeatureLossReport(complete, losses);
  }

  private static Map<String, Double> quality(
      RankingModel model, DatasetSource data, Kernels kernels) {
    double keepRate = data.negativeSampling().map(NegativeSampling::keepRate).orElse(1.0);
    LabelEncoder labels = new LabelEncoder(model.tasks(), 1).forValidation(keepRate);
    TrainingData rows = TrainingData.read("measured", data, model.encoder(), labels);
    return new Validation(model.tasks(), rows, kernels).finiteQuality(model);
  }

  /**
   * The mean of {@link Loss#meanCost} over the losses of single values; NaN where there is none.
   */
  public double meanCost() {
    return losses.stream()
        .filter(loss -> loss.names().size() == 1)
        .mapToDouble(Loss::meanCost)
        .average()
        .orElse(Double.NaN);
  }

  private static double mean(Map<String, Double> byTask) {
    return byTask.values().stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
