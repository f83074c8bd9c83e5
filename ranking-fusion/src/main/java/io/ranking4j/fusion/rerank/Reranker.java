package io.ranking4j.fusion.rerank;

import io.ranking4j.error.DataException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Placement;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.spi.Reranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The stage after the score: fills the places of a ranking one after the other with the best
 * candidate that the rules allow, and says for each why it is there. Where no candidate is allowed,
 * spacing gives way first, then quotas, and the explanation says so.
 *
 * <pre>{@code
 * Reranker reranker = Reranker.of(
 *     new RerankRule.Spacing("author", 5, 1), new RerankRule.Diversity("topic", 0.3));
 * List<Placement> page = reranker.apply(ranker.rank(context, candidates), attributes);
 * }</pre>
 *
 * <p>A ranker does it by itself with {@code ranker.withReranking(reranker.with(attributesOf))}.
 *
 * <p>Immutable and safe to share. The work grows with the number of candidates times the number of
 * places; candidates behind the last place that is filled so keep their order.
 */
public final class Reranker {
  /** How many places are filled by the rules where no number is given. */
  public static final int DEFAULT_PLACES = 100;

  private final List<RerankRule> rules;
  private final int places;

  private Reranker(List<RerankRule> rules, int places) {
    this.rules = List.copyOf(rules);
    this.places = places;
    Map<Integer, String> pins = new LinkedHashMap<>();
    for (RerankRule rule : rules) {
      if (rule instanceof RerankRule.Pin pin) {
        String other = pins.put(pin.position(), pin.id());
        if (other != null) {
          throw new IllegalArgumentException(
              "place %d is given to both '%s' and '%s'".formatted(pin.position(), other, pin.id()));
        }
      }
    }
  }

  /**
   * A stage of rules, which all hold at once.
   *
   * @throws IllegalArgumentException where two candidates are pinned to one place
   */
  public static Reranker of(RerankRule... rules) {
    return new Reranker(Arrays.asList(rules), DEFAULT_PLACES);
  }

  /** A stage of rules, which all hold at once. */
  public static Reranker of(List<RerankRule> rules) {
    return new Reranker(rules, DEFAULT_PLACES);
  }

  /**
   * With another number of places that the rules fill.
   *
   * @throws IllegalArgumentException where it is below 1
   */
  public Reranker withPlaces(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("places must be at least 1, but were " + number);
    }
    return new Reranker(rules, number);
  }

  /** Returns the rules. */
  public List<RerankRule> rules() {
    return rules;
  }

  /** Returns how many places the rules fill. */
  public int places() {
    return places;
  }

  /**
   * Returns the stage for a ranker.
   *
   * @param attributes finds what the rules need for the candidates of one request, in their order
   */
  public Reranking with(Function<List<Candidate>, ItemAttributes> attributes) {
    return (ranking, candidates) -> apply(ranking, attributes.apply(candidates));
  }

  /**
   * Reorders a ranking.
   *
   * @param attributes what the rules need of the candidates
   * @throws DataException where a multiplier is negative or no number, a similarity is NaN, or a
   *     utility is negative under pacing
   */
  public List<Placement> apply(Ranking ranking, ItemAttributes attributes) {
    Run run = new Run(ranking, attributes);
    List<Placement> items = new ArrayList<>(ranking.size());
    for (int position = 0; position < ranking.size(); position++) {
      items.add(run.place(position));
    }
    return items;
  }

  /** One request. Candidates are numbered by their place before any rule. */
  private final class Run {
    private final RankedCandidate[] candidates;
    private final ItemAttributes attributes;
    private final double[] paced;
    private final double[] scaled;
    private final Map<RerankRule.Diversity, double[]> nearest = new LinkedHashMap<>();
    private final boolean[] used;
    private final List<Integer> placed = new ArrayList<>();

    Run(Ranking ranking, ItemAttributes attributes) {
      this.candidates = ranking.items().toArray(new RankedCandidate[0]);
      this.attributes = attributes;
      this.used = new boolean[candidates.length];
      this.paced = new double[candidates.length];
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < paced.length; i++) {
        paced[i] = candidates[i].utility();
        for (RerankRule rule : rules) {
          if (rule instanceof RerankRule.Pacing pacing) {
            paced[i] *= multiplier(pacing, i);
          }
        }
        least = Math.min(least, paced[i]);
        most = Math.max(most, paced[i]);
      }
      this.scaled = new double[paced.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = most > least ? (paced[i] - least) / (most - least) : 1;
      }
      for (RerankRule rule : rules) {
        if (rule instanceof RerankRule.Diversity diversity) {
          nearest.put(diversity, new double[paced.length]);
        }
      }
    }

    private double multiplier(RerankRule.Pacing pacing, int i) {
      double multiplier = attributes.multiplier(pacing.multiplier(), candidates[i].index());
      if (!(multiplier >= 0) || Double.isInfinite(multiplier) || candidates[i].utility() < 0) {
        throw new DataException(
            "pacing needs a utility and a multiplier of at least 0, but candidate '%s' had %s and %s"
                .formatted(candidates[i].id(), candidates[i].utility(), multiplier));
      }
      return multiplier;
    }

    Placement place(int position) {
      String reason;
      int chosen = pinnedTo(position);
      if (chosen >= 0) {
        reason = "pinned to place " + position;
      } else if (position >= places) {
        chosen = best(position, false, false);
        reason = "the best left, behind the places of the rules";
      } else {
        chosen = best(position, true, true);
        reason = "the best allowed of those left";
        if (chosen < 0) {
          chosen = best(position, false, true);
          reason = "the best of those left; none met the spacing";
        }
        if (chosen < 0) {
          chosen = best(position, false, false);
          reason = "the best of those left; none met the quotas";
        }
      }
      Placement item = item(chosen, position, reason);
      used[chosen] = true;
      placed.add(chosen);
      for (Map.Entry<RerankRule.Diversity, double[]> entry : nearest.entrySet()) {
        if (position < places) {
          approach(entry.getKey().similarity(), entry.getValue(), chosen);
        }
      }
      return item;
    }

    private void approach(String name, double[] nearestSoFar, int chosen) {
      for (int i = 0; i < used.length; i++) {
        if (!used[i]) {
          double similarity =
              attributes.similarity(name, candidates[i].index(), candidates[chosen].index());
          if (Double.isNaN(similarity)) {
            throw new DataException(
                "similarity '%s' of '%s' and '%s' must be a number, but was NaN"
                    .formatted(name, candidates[i].id(), candidates[chosen].id()));
          }
          nearestSoFar[i] = placed.size() == 1 ? similarity : Math.max(nearestSoFar[i], similarity);
        }
      }
    }

    private int pinnedTo(int position) {
      for (int i = 0; i < candidates.length; i++) {
        if (!used[i] && pin(i) == position) {
          return i;
        }
      }
      return -1;
    }

    /** The place that a candidate is pinned to, -1 where it is not or there is no such place. */
    private int pin(int i) {
      for (RerankRule rule : rules) {
        if (rule instanceof RerankRule.Pin pin && pin.id().equals(candidates[i].id())) {
          return pin.position() < candidates.length ? pin.position() : -1;
        }
      }
      return -1;
    }

    private int best(int position, boolean spaced, boolean withQuotas) {
      int best = -1;
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < candidates.length; i++) {
        if (used[i] || pin(i) > position) {
          continue; // its own place is still to come
        }
        double score = position < places ? score(i) : paced[i];
        if (score > highest
            && (!spaced || isSpaced(i, position))
            && (!withQuotas || isWithinQuotas(i, position))) {
          best = i;
          highest = score;
        }
      }
      return best;
    }

    private double score(int i) {
      double score = nearest.isEmpty() ? paced[i] : scaled[i];
      for (Map.Entry<RerankRule.Diversity, double[]> entry : nearest.entrySet()) {
        double strength = entry.getKey().strength();
        score = (1 - strength) * score - strength * entry.getValue()[i];
      }
      return score;
    }

    private boolean isSpaced(int i, int position) {
      for (RerankRule rule : rules) {
        if (rule instanceof RerankRule.Spacing spacing) {
          int same = 0;
          for (int p = Math.max(0, position - spacing.window() + 1); p < position; p++) {
            if (isSame(spacing.attribute(), placed.get(p), i)) {
              same++;
            }
          }
          if (same >= spacing.most()) {
            return false;
          }
        }
      }
      return true;
    }

    private boolean isSame(String attribute, int a, int b) {
      return category(attribute, a).equals(category(attribute, b));
    }

    private String category(String attribute, int i) {
      return attributes.category(attribute, candidates[i].index());
    }

    private boolean isWithinQuotas(int i, int position) {
      for (RerankRule rule : rules) {
        if (rule instanceof RerankRule.Quota quota && position < quota.places()) {
          int sofar = 0;
          for (int other : placed) {
            sofar += isOf(quota, other) ? 1 : 0;
          }
          boolean counts = isOf(quota, i);
          int placesLeft = Math.min(quota.places(), candidates.length) - position;
          if (counts
              ? sofar >= quota.most()
              : quota.least() - sofar >= placesLeft && isAnyLeft(quota)) {
            return false;
          }
        }
      }
      return true;
    }

    private boolean isOf(RerankRule.Quota quota, int i) {
      return category(quota.attribute(), i).equals(quota.category());
    }

    private boolean isAnyLeft(RerankRule.Quota quota) {
      for (int i = 0; i < candidates.length; i++) {
        if (!used[i] && isOf(quota, i)) {
          return true;
        }
      }
      return false;
    }

    private Placement item(int chosen, int position, String reason) {
      RankedCandidate candidate = candidates[chosen];
      List<Explanation> details = new ArrayList<>();
      details.add(Explanation.of(candidate.utility(), "utility"));
      details.add(Explanation.of(candidate.position(), "place by utility alone"));
      for (RerankRule rule : rules) {
        if (rule instanceof RerankRule.Pacing pacing) {
          details.add(
              Explanation.of(
                  multiplier(pacing, chosen), "pacing multiplier '" + pacing.multiplier() + "'"));
        } else if (rule instanceof RerankRule.Diversity diversity && position < places) {
          double[] similarities = nearest.getOrDefault(diversity, new double[used.length]);
          details.add(
              Explanation.of(
                  similarities[chosen],
                  "similarity '%s' to the nearest placed before, which counts %s"
                      .formatted(diversity.similarity(), diversity.strength())));
        } else if (rule instanceof RerankRule.Spacing spacing) {
          details.add(
              Explanation.of(
                  spacing.most(),
                  "most of %s '%s' in %d places"
                      .formatted(
                          spacing.attribute(),
                          category(spacing.attribute(), chosen),
                          spacing.window())));
        } else if (rule instanceof RerankRule.Quota quota && isOf(quota, chosen)) {
          details.add(
              Explanation.of(
                  quota.most(),
                  "most, and %d least, of %s '%s' in the first %d places"
                      .formatted(
                          quota.least(), quota.attribute(), quota.category(), quota.places())));
        }
      }
      return new Placement(
          candidate.id(),
          position,
          candidate.position(),
          candidate.index(),
          candidate.utility(),
          new Explanation(position, "place: " + reason, details));
    }
  }
}
