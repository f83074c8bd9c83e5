package io.ranking4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which offline metric foretold what happened online: every offline metric's uplift against the
 * online uplift of the same past experiments. Immutable and safe to share.
 *
 * @param agreements by metric, the most trustworthy first: those with {@link #MIN_PAIRS}
 *     experiments before those with fewer, then by the lower bound of Fisher's interval, so that
 *     few experiments do not win by luck; those that are undefined last
 */
public record OfflineOnline(List<Agreement> agreements) {

  /** Below this many experiments no metric is called trustworthy, whatever the coefficient. */
  public static final int MIN_PAIRS = 10;

  /** The p-value, times the number of metrics looked at, that a trustworthy metric stays below. */
  public static final double MAX_P_VALUE = 0.05;

  /** Copies the agreements. */
  public OfflineOnline {
    agreements = List.copyOf(agreements);
  }

  /**
   * How one offline metric agrees with the online uplift.
   *
   * @param metric its name
   * @param pairs the number of experiments that have both uplifts
   * @param pearson the linear correlation
   * @param logPValue the natural logarithm of its two-sided p-value, which goes on where the
   *     p-value itself would be 0; undefined below 3 pairs
   * @param interval Fisher's 95 % interval of the linear correlation; [-1, 1] below 4 pairs
   * @param spearman the rank correlation
   * @param kendall Kendall's tau-b
   * @param leaveOneOut the least and the greatest linear correlation when any one experiment is
   *     left out: a wide range hangs on one experiment; [-1, 1] where one of them is undefined
   * @param sameSign the share of experiments whose two uplifts have the same sign, those with an
   *     uplift of 0 left out
   */
  public record Agreement(
      String metric,
      int pairs,
      MetricValue pearson,
      MetricValue logPValue,
      Interval interval,
      MetricValue spearman,
      MetricValue kendall,
      Interval leaveOneOut,
      MetricValue sameSign) {

    /** Returns the two-sided p-value, NaN when it is undefined; 0 below about 1e-308. */
    public double pValue() {
      return Math.exp(logPValue.value());
    }
  }

  /**
   * The offline metric to trust, if any, and what to say with it.
   *
   * @param metric its name, or null where none can be trusted
   * @param caveats why not, or what stands against it; in whole sentences
   */
  public record Verdict(@Nullable String metric, List<String> caveats) {

    /** Copies the caveats. */
    public Verdict {
      caveats = List.copyOf(caveats);
    }
  }

  /**
   * Compares every offline metric with the online one.
   *
   * @param offline by metric, its uplift in each experiment; NaN where an experiment has none. Give
   *     metrics of which less is better (log loss, bad-case rate) the opposite sign
   * @param online the online uplift of each experiment, finite
   * @throws IllegalArgumentException if the lengths differ, there is no metric, an online uplift is
   *     not finite or an offline one infinite
   */
  public static OfflineOnline compute(Map<String, double[]> offline, double[] online) {
    if (offline.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one offline metric, but was none");
    }
    Checks.finite("online uplifts", online);
    List<Agreement> agreements = new ArrayList<>();
    offline.forEach((metric, uplifts) -> agreements.add(agreement(metric, uplifts, online)));
    agreements.sort(
        Comparator.comparing((Agreement a) -> !a.pearson().isDefined())
            .thenComparing(a -> a.pairs() < MIN_PAIRS)
            .thenComparingDouble(a -> -a.interval().lower())
            .thenComparingDouble(a -> -a.pearson().value())
            .thenComparing(Agreement::metric));
    return new OfflineOnline(agreements);
  }

  private static Agreement agreement(String metric, double[] uplifts, double[] online) {
    Checks.sameLength("online uplifts", online.length, "uplifts of " + metric, uplifts.length);
    double[] x = new double[uplifts.length];
    double[] y = new double[uplifts.length];
    int pairs = 0;
    for (int i = 0; i < uplifts.length; i++) {
      if (Double.isInfinite(uplifts[i])) {
        throw new IllegalArgumentException(
            "uplifts of %s must be finite or NaN, but row %d was %s"
                .formatted(metric, i, uplifts[i]));
      }
      if (!Double.isNaN(uplifts[i])) {
        x[pairs] = uplifts[i];
        y[pairs++] = online[i];
      }
    }
    x = Arrays.copyOf(x, pairs);
    y = Arrays.copyOf(y, pairs);
    MetricValue pearson = Pearson.compute(x, y);
    String why = pearson.undefinedBecause();
    MetricValue logPValue;
    if (why != null) {
      logPValue = MetricValue.undefined(why);
    } else if (pairs < 3) {
      logPValue =
          MetricValue.undefined("a p-value needs at least 3 pairs, but there were " + pairs);
    } else {
      logPValue = MetricValue.of(Pearson.logPValue(pearson.value(), pairs));
    }
    return new Agreement(
        metric,
        pairs,
        pearson,
        logPValue,
        why == null && pairs >= 4 ? FisherInterval.of(pearson.value(), pairs) : new Interval(-1, 1),
        Spearman.compute(x, y),
        KendallTau.compute(x, y),
        leaveOneOut(x, y),
        sameSign(x, y));
  }

  private static Interval leaveOneOut(double[] x, double[] y) {
    double least = 1;
    double greatest = -1;
    for (int out = 0; out < x.length; out++) {
      double r = Pearson.compute(without(x, out), without(y, out)).value();
      if (Double.isNaN(r)) {
        return new Interval(-1, 1);
      }
      least = Math.min(least, r);
      greatest = Math.max(greatest, r);
    }
    return least <= greatest ? new Interval(least, greatest) : new Interval(-1, 1);
  }

  private static double[] without(double[] values, int out) {
    double[] rest = new double[values.length - 1];
    System.arraycopy(values, 0, rest, 0, out);
    System.arraycopy(values, out + 1, rest, out, rest.length - out);
    return rest;
  }

  private static MetricValue sameSign(double[] x, double[] y) {
    int same = 0;
    int signed = 0;
    for (int i = 0; i < x.length; i++) {
      double product = Math.signum(x[i]) * Math.signum(y[i]);
      signed += product == 0 ? 0 : 1;
      same += product > 0 ? 1 : 0;
    }
    return signed == 0
        ? MetricValue.undefined("no experiment has two uplifts other than 0")
        : MetricValue.of((double) same / signed);
  }

  /**
   * Returns which metric to trust: the first of the agreements, where it has at least {@link
   * #MIN_PAIRS} experiments and a positive correlation whose p-value, multiplied by the number of
   * metrics compared (Bonferroni), is below {@link #MAX_P_VALUE}. The caveats say what is not
   * settled: too few experiments, one experiment that decides, a runner-up that is as good.
   */
  public Verdict verdict() {
    Agreement best = agreements.get(0);
    List<String> caveats = new ArrayList<>();
    String why = best.pearson().undefinedBecause();
    if (why != null) {
      return new Verdict(null, List.of("No metric has a correlation: " + why + "."));
    }
    double r = best.pearson().value();
    double p = Math.min(1, best.pValue() * agreements.size());
    if (best.pairs() < MIN_PAIRS) {
      caveats.add(
          "%d experiments are too few to trust any metric; %d are the least."
              .formatted(best.pairs(), MIN_PAIRS));
    }
    if (!(r > 0 && p < MAX_P_VALUE)) {
      caveats.add(
          "The correlation of %s, %.3f, could be chance: p = %.2g for the best of %d metrics."
              .formatted(best.metric(), r, p, agreements.size()));
    }
    boolean trusted = caveats.isEmpty();
    caveats.add(
        "With %d experiments the correlation of %s lies anywhere in [%.2f, %.2f]."
            .formatted(
                best.pairs(), best.metric(), best.interval().lower(), best.interval().upper()));
    if (best.leaveOneOut().lower() < best.interval().lower() || best.leaveOneOut().lower() <= 0) {
      caveats.add(
          "One experiment decides: without it the correlation of %s falls to %.2f."
              .formatted(best.metric(), best.leaveOneOut().lower()));
    }
    if (agreements.size() > 1 && agreements.get(1).pearson().isDefined()) {
      Agreement second = agreements.get(1);
      if (second.pearson().value() >= best.interval().lower()) {
        caveats.add(
            "%s, %.3f, is within the interval of %s: which of them is better is not settled."
                .formatted(second.metric(), second.pearson().value(), best.metric()));
      }
    }
    return new Verdict(trusted ? best.metric() : null, caveats);
  }
}
