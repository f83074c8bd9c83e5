package io.ranking4j.task;

import io.ranking4j.spi.TaskKind;
import io.ranking4j.spi.TaskKindProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value, predicted through the probabilities that it lies above each of several thresholds
 * (progressive regression of the ResFlow write-up): with {@code y_k = [v > t_k]}, one logit and one
 * cross entropy for each, which are summed. The value is recovered as the mean of what stands for
 * each bin, weighted by the probability of the bin, {@code max(p_k - p_k+1, 0)}; where logits do
 * not fall, the weights are divided by their sum, which is then above 1.
 *
 * <p>What stands for a bin is the middle between its thresholds, or the mean of the training values
 * in it. Middles belong to the thresholds that are used: in the published code the decoder's list
 * has one more than the network.
 *
 * @param thresholds finite and strictly increasing, at least one
 * @param values what stands for each bin, one more than there are thresholds, not decreasing
 * @param rates the share of the labels above each threshold, in (0, 1), for the start of biases
 * @param positiveWeights how often a label above each threshold counts, above 0; what this does to
 *     the probabilities is undone
 */
public record OrdinalKind(
    List<Double> thresholds, List<Double> values, List<Double> rates, List<Double> positiveWeights)
    implements TaskKind {
  /** Its id in model files. */
  public static final String TYPE_ID = "ordinal";

  private static final double MIN_RATE = 1e-6;

  /** Checks every part. */
  public OrdinalKind {
    thresholds = List.copyOf(thresholds);
    values = List.copyOf(values);
    rates = List.copyOf(rates);
    positiveWeights = List.copyOf(positiveWeights);
    int count = thresholds.size();
    if (count == 0
        || values.size() != count + 1
        || rates.size() != count
        || positiveWeights.size() != count) {
      throw new IllegalArgumentException(
          "there must be a rate and a positive weight for each threshold, and a value more, but"
              + " there were "
              + count
              + " thresholds, "
              + rates.size()
              + " rates, "
              + positiveWeights.size()
              + " positive weights and "
              + values.size()
              + " values");
    }
    requireIncreasing("thresholds", thresholds, true);
    requireIncreasing("values", values, false);
    for (int k = 0; k < count; k++) {
      if (!(rates.get(k) > 0 && rates.get(k) < 1)) {
        throw new IllegalArgumentException("rates must be in (0, 1), but were " + rates);
      }
      if (!(positiveWeights.get(k) > 0) || Double.isInfinite(positiveWeights.get(k))) {
        throw new IllegalArgumentException(
            "positive weights must be finite and above 0, but were " + positiveWeights);
      }
    }
  }

  private static void requireIncreasing(String name, List<Double> numbers, boolean strictly) {
    for (int i = 0; i < numbers.size(); i++) {
      double step = i == 0 ? 1 : numbers.get(i) - numbers.get(i - 1);
      if (!Double.isFinite(numbers.get(i)) || step < 0 || (strictly && step == 0)) {
        throw new IllegalArgumentException(
            name + " must be finite and increasing, but were " + numbers);
      }
    }
  }

  /**
   * Thresholds that are given; bins stand for their middles, and are taken for equally frequent
   * where biases start.
   *
   * @param least the least value, below the first threshold
   * @param greatest the greatest value, above the last threshold
   */
  public static OrdinalKind of(double least, double greatest, double... thresholds) {
    List<Double> values = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    int count = thresholds.length;
    for (int k = 0; k <= count; k++) {
      double from = k == 0 ? least : thresholds[k - 1];
      double to = k == count ? greatest : thresholds[k];
      values.add((from + to) / 2);
    }
    for (int k = 1; k <= count; k++) {
      rates.add((count + 1.0 - k) / (count + 1));
    }
    return new OrdinalKind(list(thresholds), values, rates, ones(count));
  }

  /**
   * Thresholds at quantiles of training labels, where equal ones count once; bins stand for the
   * mean of the labels in them.
   *
   * @param labels of training rows, finite
   * @param count the most thresholds, at least 1
   * @throws IllegalArgumentException where the labels do not vary
   */
  public static OrdinalKind quantiles(double[] labels, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but was " + count);
    }
    double[] sorted = labels.clone();
    Arrays.sort(sorted);
    List<Double> thresholds = new ArrayList<>();
    for (int k = 1; k <= count && sorted.length > 0; k++) {
      double quantile = sorted[(int) ((long) k * sorted.length / (count + 1))];
      boolean greater = thresholds.isEmpty() || quantile > thresholds.get(thresholds.size() - 1);
      if (greater && quantile < sorted[sorted.length - 1]) {
        thresholds.add(quantile);
      }
    }
    if (thresholds.isEmpty()) {
      throw new IllegalArgumentException(
          "labels must vary to have quantiles, but there were " + labels.length + " alike");
    }
    List<Double> values = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    int from = 0;
    for (int k = 0; k <= thresholds.size(); k++) {
      int to = from;
      double sum = 0;
      while (to < sorted.length && (k == thresholds.size() || sorted[to] <= thresholds.get(k))) {
        sum += sorted[to++];
      }
      values.add(sum / (to - from));
      if (k < thresholds.size()) {
        double rate = (double) (sorted.length - to) / sorted.length;
        rates.add(Math.min(Math.max(rate, MIN_RATE), 1 - MIN_RATE));
      }
      from = to;
    }
    return new OrdinalKind(thresholds, values, rates, ones(thresholds.size()));
  }

  /** With labels above each threshold counting more (or less) often. */
  public OrdinalKind positiveWeights(double... weights) {
    return new OrdinalKind(thresholds, values, rates, list(weights));
  }

  private static List<Double> list(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static List<Double> ones(int count) {
    return Collections.nCopies(count, 1.0);
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(
        "thresholds", text(thresholds),
        "values", text(values),
        "rates", text(rates),
        "positiveWeights", text(positiveWeights));
  }

  private static String text(List<Double> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  @Override
  public int width() {
    return thresholds.size();
  }

  @Override
  public boolean probability() {
    return false;
  }

  @Override
  public String labelRange() {
    return "a finite number";
  }

  @Override
  public boolean accepts(double label) {
    return Double.isFinite(label);
  }

  @Override
  public double loss(double label, float[] outputs, float[] gradient, int offset) {
    double sum = 0;
    for (int k = 0; k < width(); k++) {
      double z = outputs[offset + k];
      double e = Math.exp(-Math.abs(z));
      double p = z >= 0 ? 1 / (1 + e) : e / (1 + e);
      if (label > thresholds.get(k)) {
        double weight = positiveWeights.get(k);
        gradient[offset + k] = (float) (weight * (p - 1));
        sum += weight * (Math.log1p(e) + Math.max(-z, 0));
      } else {
        gradient[offset + k] = (float) p;
        sum += Math.log1p(e) + Math.max(z, 0);
      }
    }
    return sum;
  }

  @Override
  public double predict(float[] outputs, int offset) {
    double sum = 0;
    double masses = 0;
    double above = 1;
    for (int k = 0; k <= width(); k++) {
      double next = k == width() ? 0 : probability(outputs[offset + k], k);
      double mass = Math.max(above - next, 0);
      sum += mass * values.get(k);
      masses += mass;
      above = next;
    }
    return sum / masses;
  }

  private double probability(double logit, int threshold) {
    return 1 / (1 + Math.exp(Math.log(positiveWeights.get(threshold)) - logit));
  }

  /** The logit that a threshold's output starts at. */
  public double startLogit(int threshold) {
    double rate = rates.get(threshold);
    return Math.log(rate / (1 - rate) * positiveWeights.get(threshold));
  }

  @Override
  public void start(double mean, double variance, float[] start) {
    for (int k = 0; k < width(); k++) {
      start[k] = (float) startLogit(k);
    }
  }

  @Override
  public String toString() {
    return "ordinal" + thresholds;
  }

  /** Makes such kinds again. */
  public static final class Provider implements TaskKindProvider {
    /** Makes one, for the service loader. */
    public Provider() {}

    @Override
    public String typeId() {
      return TYPE_ID;
    }

    @Override
    public TaskKind create(Map<String, String> properties) {
      Map<String, String> known = new TreeMap<>(properties);
      if (!List.copyOf(known.keySet())
          .equals(List.of("positiveWeights", "rates", "thresholds", "values"))) {
        throw new IllegalArgumentException(
            "an ordinal kind has properties [positiveWeights, rates, thresholds, values], but was"
                + " given "
                + known.keySet());
      }
      return new OrdinalKind(
          numbers(known, "thresholds"),
          numbers(known, "values"),
          numbers(known, "rates"),
          numbers(known, "positiveWeights"));
    }

    private static List<Double> numbers(Map<String, String> properties, String name) {
      return Arrays.stream(properties.getOrDefault(name, "").split(",", -1))
          .map(Double::valueOf)
          .toList();
    }
  }
}
