package io.ranking4j.fusion;

import io.ranking4j.error.DataException;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A weighted sum: {@code utility = sum over tasks of w p + sum over signals of w s + sum over
 * products of w p s}. Weights may be negative. It is meant for calibrated probabilities: on other
 * scores the scales of the tasks weigh as much as the weights.
 *
 * <pre>{@code
 * LinearFusion.of(Map.of("click", 1.0, "long_view", 20.0)).withSignal("freshness", 0.1);
 * LinearFusion.of(Map.of("click", 0.5)).withProduct("order", "price", 1.0); // expected revenue
 * }</pre>
 *
 * <p>Immutable and safe to share; the methods that look like setters return a changed copy. Terms
 * are added up in an order of their own (tasks, signals, products, each by name), so that equal
 * fusions give the same bits.
 */
public final class LinearFusion implements Fusion {
  /** Its id in JSON. */
  public static final String TYPE_ID = "linear";

  private static final String WEIGHT = "weight";

  private final Terms terms;
  private final TermKey[] keys;
  private final double[] weights;
  private final Set<String> tasks;
  private final Set<String> signals;

  private LinearFusion(Terms terms) {
    this.terms = terms;
    this.keys = terms.keys();
    this.weights = terms.numbers();
    this.tasks = terms.names(Factor.Kind.TASK);
    this.signals = terms.names(Factor.Kind.SIGNAL);
  }

  /**
   * A weighted sum of what tasks predict.
   *
   * @param weights by task, at least one, finite
   * @throws IllegalArgumentException where there is none, or one is NaN or infinite
   */
  public static LinearFusion of(Map<String, Double> weights) {
    return new LinearFusion(Terms.ofTasks(WEIGHT, weights));
  }

  /**
   * Makes one from its {@link #properties()}.
   *
   * @throws IllegalArgumentException where there is none, or one is malformed
   */
  static LinearFusion ofProperties(Map<String, String> properties) {
    return new LinearFusion(Terms.ofProperties(WEIGHT, properties));
  }

  /**
   * With the weight of a task added or replaced.
   *
   * @throws IllegalArgumentException where it is NaN or infinite
   */
  public LinearFusion withTask(String task, double weight) {
    return new LinearFusion(terms.with(TermKey.of(Factor.task(task)), weight));
  }

  /**
   * With the weight of a signal added or replaced.
   *
   * @throws IllegalArgumentException where it is NaN or infinite
   */
  public LinearFusion withSignal(String signal, double weight) {
    return new LinearFusion(terms.with(TermKey.of(Factor.signal(signal)), weight));
  }

  /**
   * With the weight of a product of a task and a signal added or replaced: a probability of order
   * times a price is the expected revenue, a bid times a probability of click an expected payment.
   *
   * @throws IllegalArgumentException where it is NaN or infinite
   */
  public LinearFusion withProduct(String task, String signal, double weight) {
    return new LinearFusion(
        terms.with(TermKey.of(Factor.task(task), Factor.signal(signal)), weight));
  }

  /**
   * With the weight of a product of any tasks and signals added or replaced: a probability of click
   * times one of conversion after a click times a price.
   *
   * @param tasks the tasks among its factors; one that stands twice is squared
   * @param signals the signals among its factors
   * @throws IllegalArgumentException where there is no factor at all, or the weight is NaN or
   *     infinite
   */
  public LinearFusion withProduct(List<String> tasks, List<String> signals, double weight) {
    List<Factor> factors = new ArrayList<>();
    tasks.forEach(task -> factors.add(Factor.task(task)));
    signals.forEach(signal -> factors.add(Factor.signal(signal)));
    if (factors.isEmpty()) {
      throw new IllegalArgumentException("a product must have at least one factor, but had none");
    }
    return new LinearFusion(terms.with(new TermKey(factors), weight));
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** The weights by term: {@code task:click}, {@code signal:price}, {@code task:a*signal:b}. */
  @Override
  public Map<String, String> properties() {
    return terms.properties();
  }

  @Override
  public Set<String> tasks() {
    return tasks;
  }

  @Override
  public Set<String> signals() {
    return signals;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where the array is too short
   * @throws io.ranking4j.error.UnknownNameException where a task or a signal is not there
   * @throws DataException where a utility is NaN or infinite, naming the candidate and the value
   *     that made it so
   */
  @Override
  public void fuse(CandidatePredictions predictions, double[] utility) {
    Terms.checkRoom(predictions, utility);
    int size = predictions.size();
    for (int t = 0; t < keys.length; t++) {
      List<Factor> factors = keys[t].factors();
      double[] first = factors.get(0).of(predictions);
      switch (factors.size()) {
        case 1 -> addColumn(t == 0, weights[t], first, utility, size);
        case 2 ->
            addProduct(t == 0, weights[t], first, factors.get(1).of(predictions), utility, size);
        default -> addProducts(t == 0, weights[t], factors, predictions, utility, size);
      }
    }
    for (int i = 0; i < size; i++) {
      if (!Double.isFinite(utility[i])) {
        throw notFinite(predictions, i, utility[i]);
      }
    }
  }

  private static void addColumn(
      boolean set, double weight, double[] column, double[] utility, int size) {
    if (set) {
      for (int i = 0; i < size; i++) {
        utility[i] = weight * column[i];
      }
    } else {
      for (int i = 0; i < size; i++) {
        utility[i] += weight * column[i];
      }
    }
  }

  private static void addProduct(
      boolean set, double weight, double[] a, double[] b, double[] utility, int size) {
    if (set) {
      for (int i = 0; i < size; i++) {
        utility[i] = weight * a[i] * b[i];
      }
    } else {
      for (int i = 0; i < size; i++) {
        utility[i] += weight * a[i] * b[i];
      }
    }
  }

  private static void addProducts(
      boolean set,
      double weight,
      List<Factor> factors,
      CandidatePredictions predictions,
      double[] utility,
      int size) {
    double[][] columns = new double[factors.size()][];
    for (int f = 0; f < columns.length; f++) {
      columns[f] = factors.get(f).of(predictions);
    }
    for (int i = 0; i < size; i++) {
      double product = weight;
      for (double[] column : columns) {
        product *= column[i];
      }
      utility[i] = set ? product : utility[i] + product;
    }
  }

  private static double product(
      double weight, List<Factor> factors, CandidatePredictions predictions, int candidate) {
    double product = weight;
    for (Factor factor : factors) {
      product *= factor.of(predictions)[candidate];
    }
    return product;
  }

  private DataException notFinite(CandidatePredictions predictions, int candidate, double utility) {
    for (TermKey key : keys) {
      for (Factor factor : key.factors()) {
        double value = factor.of(predictions)[candidate];
        if (!Double.isFinite(value)) {
          return new DataException(
              factor + " of candidate " + candidate + " must be finite, but was " + value);
        }
      }
    }
    return new DataException(
        "the utility of candidate "
            + candidate
            + " must be finite, but the weighted sum was "
            + utility);
  }

  /**
   * {@inheritDoc} The details are the terms and add up to the utility; those of a term are its
   * weight and its factors.
   *
   * @throws IndexOutOfBoundsException where there is no such candidate
   * @throws DataException as {@link #fuse}
   */
  @Override
  public Explanation explain(CandidatePredictions predictions, int candidate) {
    Objects.checkIndex(candidate, predictions.size());
    List<Explanation> details = new ArrayList<>();
    double utility = 0;
    for (int t = 0; t < keys.length; t++) {
      List<Factor> factors = keys[t].factors();
      List<Explanation> parts = new ArrayList<>();
      parts.add(Explanation.of(weights[t], WEIGHT));
      for (Factor factor : factors) {
        parts.add(Explanation.of(factor.of(predictions)[candidate], factor.toString()));
      }
      double contribution = product(weights[t], factors, predictions, candidate);
      details.add(new Explanation(contribution, WEIGHT + " times " + keys[t], parts));
      utility = t == 0 ? contribution : utility + contribution;
    }
    if (!Double.isFinite(utility)) {
      throw notFinite(predictions, candidate, utility);
    }
    return new Explanation(utility, "utility: the sum of", details);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearFusion that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  @Override
  public String toString() {
    return "LinearFusion" + terms;
  }
}
