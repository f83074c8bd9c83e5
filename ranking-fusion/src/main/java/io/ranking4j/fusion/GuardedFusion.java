package io.ranking4j.fusion;

import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Guard rails before a fusion: a candidate that breaks one ranks after all that break none, however
 * high its utility. Of several the first given weighs most: whoever breaks it ranks after whoever
 * breaks only later ones. Among equals the fusion decides.
 *
 * <pre>{@code
 * GuardedFusion.of(LinearFusion.of(Map.of("click", 1.0))).lastWhereTaskAbove("hide", 0.2);
 * }</pre>
 *
 * <p>The utility of candidates that break a rail is lowered, all by the same, just as far as the
 * candidates of the same request need; it says nothing across requests.
 *
 * <p>Immutable and safe to share; the methods that look like setters return a changed copy.
 */
public final class GuardedFusion implements Fusion {
  /** Its id in JSON. */
  public static final String TYPE_ID = "guarded";

  /** The most guard rails of one fusion. */
  public static final int MAX_GUARDS = 30;

  private static final String INNER = "inner";
  private static final String GUARD = "guard";

  private record Guard(Factor factor, boolean above, double bound) {
    boolean isBroken(CandidatePredictions predictions, int candidate) {
      double value = Thresholds.value(factor, predictions, candidate);
      return above ? value > bound : value < bound;
    }

    String text() {
      return Thresholds.text(factor) + (above ? " > " : " < ") + bound;
    }

    static Guard parse(String key, String text) {
      int at = Math.max(text.lastIndexOf(" > "), text.lastIndexOf(" < "));
      if (at < 0) {
        throw new IllegalArgumentException(
            "property '"
                + key
                + "' must be of the form 'task:NAME > NUMBER' or 'signal:NAME < NUMBER', but was '"
                + text
                + "'");
      }
      return new Guard(
          Thresholds.factor(text.substring(0, at)),
          text.charAt(at + 1) == '>',
          Thresholds.number(key, text.substring(at + 3)));
    }
  }

  private final Fusion inner;
  private final List<Guard> guards;

  private GuardedFusion(Fusion inner, List<Guard> guards) {
    if (guards.size() > MAX_GUARDS) {
      throw new IllegalArgumentException(
          "guard rails must be at most " + MAX_GUARDS + ", but were " + guards.size());
    }
    this.inner = inner;
    this.guards = List.copyOf(guards);
  }

  /** A fusion as yet without guard rails. */
  public static GuardedFusion of(Fusion inner) {
    return new GuardedFusion(inner, List.of());
  }

  private GuardedFusion with(Factor factor, boolean above, double bound) {
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException(
          "the bound of a guard rail must be finite, but was " + bound);
    }
    List<Guard> more = new ArrayList<>(guards);
    more.add(new Guard(factor, above, bound));
    return new GuardedFusion(inner, more);
  }

  /** With candidates last for which a task predicts more than a bound. */
  public GuardedFusion lastWhereTaskAbove(String task, double bound) {
    return with(Factor.task(task), true, bound);
  }

  /** With candidates last for which a task predicts less than a bound. */
  public GuardedFusion lastWhereTaskBelow(String task, double bound) {
    return with(Factor.task(task), false, bound);
  }

  /** With candidates last whose signal is above a bound. */
  public GuardedFusion lastWhereSignalAbove(String signal, double bound) {
    return with(Factor.signal(signal), true, bound);
  }

  /** With candidates last whose signal is below a bound. */
  public GuardedFusion lastWhereSignalBelow(String signal, double bound) {
    return with(Factor.signal(signal), false, bound);
  }

  static GuardedFusion ofProperties(Map<String, String> properties) {
    List<Guard> guards = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (String text = properties.get(GUARD + 0);
        text != null;
        text = properties.get(GUARD + guards.size())) {
      String key = GUARD + guards.size();
      keys.add(key);
      guards.add(Guard.parse(key, text));
    }
    Nested.checkKnown(properties, keys, Set.of(INNER));
    return new GuardedFusion(Nested.read(INNER, properties), guards);
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** The rails as {@code guard0} and so on, the fusion after {@code inner.}. */
  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < guards.size(); i++) {
      properties.put(GUARD + i, guards.get(i).text());
    }
    Nested.write(INNER, inner, properties);
    return Collections.unmodifiableMap(properties);
  }

  @Override
  public Set<String> tasks() {
    return withGuards(Nested.tasks(List.of(inner)), Factor.Kind.TASK);
  }

  @Override
  public Set<String> signals() {
    return withGuards(Nested.signals(List.of(inner)), Factor.Kind.SIGNAL);
  }

  private Set<String> withGuards(Set<String> names, Factor.Kind kind) {
    guards.stream()
        .filter(guard -> guard.factor().kind() == kind)
        .forEach(guard -> names.add(guard.factor().name()));
    return names;
  }

  @Override
  public void fuse(CandidatePredictions predictions, double[] utility) {
    inner.fuse(predictions, utility);
    int size = predictions.size();
    int[] levels = new int[size];
    for (int i = 0; i < size; i++) {
      levels[i] = level(predictions, i);
    }
    int[] distinct = Arrays.stream(levels).distinct().sorted().toArray();
    double floor = Double.POSITIVE_INFINITY;
    for (int level : distinct) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        if (levels[i] == level) {
          least = Math.min(least, utility[i]);
          most = Math.max(most, utility[i]);
        }
      }
      // Wide enough to be seen beside the utilities, which may be of any size.
      double gap = Math.max(Math.max(Math.abs(floor), Math.abs(most)) * 1e-9, Double.MIN_NORMAL);
      double lower = most < floor ? 0 : most - floor + gap;
      for (int i = 0; i < size && lower > 0; i++) {
        if (levels[i] == level) {
          utility[i] -= lower;
        }
      }
      floor = least - lower;
    }
  }

  /** The broken rails as bits, the first rail the highest: greater ranks later. */
  private int level(CandidatePredictions predictions, int candidate) {
    int level = 0;
    for (Guard guard : guards) {
      level = 2 * level + (guard.isBroken(predictions, candidate) ? 1 : 0);
    }
    return level;
  }

  @Override
  public Explanation explain(CandidatePredictions predictions, int candidate) {
    Objects.checkIndex(candidate, predictions.size());
    double[] utility = new double[predictions.size()];
    fuse(predictions, utility);
    Explanation own = inner.explain(predictions, candidate);
    List<Explanation> details = new ArrayList<>();
    details.add(own);
    details.add(
        Explanation.of(
            utility[candidate] - own.value(), "lowered to rank after those that break less"));
    for (Guard guard : guards) {
      boolean broken = guard.isBroken(predictions, candidate);
      details.add(
          Explanation.of(
              Thresholds.value(guard.factor(), predictions, candidate),
              guard.factor()
                  + (broken ? " breaks" : " keeps")
                  + " the guard rail: last where "
                  + guard.text()));
    }
    return new Explanation(utility[candidate], "utility behind guard rails", details);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GuardedFusion that
        && inner.equals(that.inner)
        && guards.equals(that.guards);
  }

  @Override
  public int hashCode() {
    return Objects.hash(inner, guards);
  }

  @Override
  public String toString() {
    return "GuardedFusion" + properties();
  }
}
