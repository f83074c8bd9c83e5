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
 * A product of powers: {@code utility = exp(sum of e ln(x))} over tasks and signals, each with an
 * exponent that may be negative. Constant factors change no order, so that it needs no calibrated
 * scale as {@link LinearFusion} does.
 *
 * <p>What a task predicts counts as at least {@value #FLOOR}, so that a probability of 0 neither
 * erases the other tasks nor, under a negative exponent, becomes infinite. A signal has no floor:
 * it must be above 0. It is computed in logarithms, and the logarithm of the utility is kept within
 * that of the positive numbers of double precision, about [-744.4, 709.7]: a utility is always
 * finite and above 0, and beyond these bounds candidates are tied.
 *
 * <p>Immutable and safe to share; the methods that look like setters return a changed copy. Factors
 * are taken in an order of their own (tasks, then signals, each by name), so that equal fusions
 * give the same bits.
 */
public final class MultiplicativeFusion implements Fusion {
  /** Its id in JSON. */
  public static final String TYPE_ID = "multiplicative";

  /** The least that what a task predicts counts as. */
  public static final double FLOOR = 1e-12;

  private static final String EXPONENT = "exponent";
  private static final double MIN_LOG = Math.log(Double.MIN_VALUE);
  private static final double MAX_LOG = Math.log(Double.MAX_VALUE);

  private final Terms terms;
  private final Factor[] factors;
  private final double[] exponents;
  private final Set<String> tasks;
  private final Set<String> signals;

  private MultiplicativeFusion(Terms terms) {
    this.terms = terms;
    TermKey[] keys = terms.keys();
    this.factors = new Factor[keys.length];
    for (int t = 0; t < keys.length; t++) {
      if (keys[t].factors().size() != 1) {
        throw new IllegalArgumentException(
            "a multiplicative fusion has one exponent for each factor and no products, but one is"
                + " given for "
                + keys[t]);
      }
      factors[t] = keys[t].factors().get(0);
    }
    this.exponents = terms.numbers();
    this.tasks = terms.names(Factor.Kind.TASK);
    this.signals = terms.names(Factor.Kind.SIGNAL);
  }

  /**
   * A product of powers of what tasks predict.
   *
   * @param exponents by task, at least one, finite
   * @throws IllegalArgumentException where there is none, or one is NaN or infinite
   */
  public static MultiplicativeFusion of(Map<String, Double> exponents) {
    return new MultiplicativeFusion(Terms.ofTasks(EXPONENT, exponents));
  }

  /**
   * Makes one from its {@link #properties()}.
   *
   * @throws IllegalArgumentException where there is none, or one is malformed
   */
  static MultiplicativeFusion ofProperties(Map<String, String> properties) {
    return new MultiplicativeFusion(Terms.ofProperties(EXPONENT, properties));
  }

  /**
   * With the exponent of a task added or replaced.
   *
   * @throws IllegalArgumentException where it is NaN or infinite
   */
  public MultiplicativeFusion withTask(String task, double exponent) {
    return new MultiplicativeFusion(terms.with(TermKey.of(Factor.task(task)), exponent));
  }

  /**
   * With the exponent of a signal added or replaced.
   *
   * @throws IllegalArgumentException where it is NaN or infinite
   */
  public MultiplicativeFusion withSignal(String signal, double exponent) {
    return new MultiplicativeFusion(terms.with(TermKey.of(Factor.signal(signal)), exponent));
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** The exponents by factor: {@code task:click}, {@code signal:price}. */
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
   * @throws DataException where a task predicts less than 0, a signal is not above 0, or one is NaN
   *     or infinite, naming the candidate and the value
   */
  @Override
  public void fuse(CandidatePredictions predictions, double[] utility) {
    Terms.checkRoom(predictions, utility);
    int size = predictions.size();
    for (int t = 0; t < factors.length; t++) {
      double[] column = factors[t].of(predictions);
      double exponent = exponents[t];
      boolean set = t == 0;
      for (int i = 0; i < size; i++) {
        double power = exponent * log(factors[t], column[i], i);
        utility[i] = set ? power : utility[i] + power;
      }
    }
    for (int i = 0; i < size; i++) {
      utility[i] = exp(utility[i], i);
    }
  }

  /** The logarithm of a factor, floored where it is a task's. */
  private static double log(Factor factor, double value, int candidate) {
    if (!(value >= FLOOR && value <= Double.MAX_VALUE)) {
      return logOfOther(factor, value, candidate);
    }
    return Math.log(value);
  }

  private static double logOfOther(Factor factor, double value, int candidate) {
    boolean task = factor.kind() == Factor.Kind.TASK;
    if (task && value >= 0 && value < FLOOR) {
      return Math.log(FLOOR);
    }
    if (!task && value > 0 && value < FLOOR) {
      return Math.log(value);
    }
    throw new DataException(
        factor
            + " of candidate "
            + candidate
            + " must be "
            + (task ? "at least" : "above")
            + " 0 and finite in a multiplicative fusion, but was "
            + value);
  }

  private static double exp(double logUtility, int candidate) {
    if (Double.isNaN(logUtility)) {
      // Only exponents near the largest double get here: one power overflowed up, one down.
      throw new DataException(
          "the utility of candidate "
              + candidate
              + " is not a number: its exponents are too large");
    }
    return Math.exp(Math.min(Math.max(logUtility, MIN_LOG), MAX_LOG));
  }

  /**
   * {@inheritDoc} Its one detail is the logarithm of the utility, whose details are the terms that
   * add up to it; those of a term are its exponent and the value that was raised to it.
   *
   * @throws IndexOutOfBoundsException where there is no such candidate
   * @throws DataException as {@link #fuse}
   */
  @Override
  public Explanation explain(CandidatePredictions predictions, int candidate) {
    Objects.checkIndex(candidate, predictions.size());
    List<Explanation> details = new ArrayList<>();
    double logUtility = 0;
    for (int t = 0; t < factors.length; t++) {
      double value = factors[t].of(predictions)[candidate];
      double power = exponents[t] * log(factors[t], value, candidate);
      boolean floored = factors[t].kind() == Factor.Kind.TASK && value < FLOOR;
      details.add(
          Explanation.of(
              power,
              EXPONENT + " times the logarithm of " + factors[t],
              Explanation.of(exponents[t], EXPONENT),
              Explanation.of(value, factors[t] + (floored ? ", which counts as " + FLOOR : ""))));
      logUtility = t == 0 ? power : logUtility + power;
    }
    double utility = exp(logUtility, candidate);
    boolean clamped = logUtility < MIN_LOG || logUtility > MAX_LOG;
    return Explanation.of(
        utility,
        clamped
            ? "utility: the exponential, at the bound of double precision, of"
            : "utility: the exponential of",
        new Explanation(logUtility, "logarithm of the utility: the sum of", details));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MultiplicativeFusion that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  @Override
  public String toString() {
    return "MultiplicativeFusion" + terms;
  }
}
