package io.ranking4j.ranking;

import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Candidates from best to worst. Immutable and safe to share; made of a few arrays, of which the
 * {@link RankedCandidate}s are views made when they are asked for.
 */
public final class Ranking {
  private final String[] ids;
  private final int[] order;
  private final double[] utility;
  private final CandidatePredictions predictions;

  /**
   * Takes the arrays as they are; whoever makes a ranking leaves them alone afterwards.
   *
   * @param ids the candidates' ids as they were given
   * @param order the index of the candidate in each place, best first
   * @param utility by the candidates' index
   * @param predictions by the candidates' index
   */
  public Ranking(String[] ids, int[] order, double[] utility, CandidatePredictions predictions) {
    this.ids = ids;
    this.order = order;
    this.utility = utility;
    this.predictions = predictions;
  }

  /**
   * The same candidates in another order.
   *
   * @param newOrder the index of the candidate in each place; each exactly once, taken as it is
   */
  public Ranking inOrder(int[] newOrder) {
    return new Ranking(ids, newOrder, utility, predictions);
  }

  /** How many candidates were ranked. */
  public int size() {
    return order.length;
  }

  /** The predictions, by the candidates' index as they were given; not to be written to. */
  public CandidatePredictions predictions() {
    return predictions;
  }

  /** The candidate in a place, 0 the best. */
  public RankedCandidate get(int position) {
    int index = order[position];
    Map<String, Double> values = new LinkedHashMap<>();
    for (String task : predictions.tasks()) {
      values.put(task, predictions.task(task)[index]);
    }
    return new RankedCandidate(
        ids[index], position, index, utility[index], Collections.unmodifiableMap(values));
  }

  /** All candidates, best first. */
  public List<RankedCandidate> items() {
    return new Items();
  }

  /** The ids, best first. */
  public List<String> ids() {
    String[] sorted = new String[order.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = ids[order[i]];
    }
    return List.of(sorted);
  }

  @Override
  public String toString() {
    return "Ranking" + ids();
  }

  private final class Items extends AbstractList<RankedCandidate> implements RandomAccess {
    @Override
    public RankedCandidate get(int position) {
      return Ranking.this.get(position);
    }

    @Override
    public int size() {
      return order.length;
    }
  }
}
