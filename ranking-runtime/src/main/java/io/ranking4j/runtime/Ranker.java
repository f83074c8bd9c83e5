package io.ranking4j.runtime;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.Placement;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.Reranking;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ranks candidates by a utility that a fusion makes from a model's predictions. Safe to share: each
 * request runs on the calling thread alone.
 *
 * <pre>{@code
 * Ranker ranker = Ranker.of(RankingModel.load(path), LinearFusion.of(Map.of("click", 1.0)));
 * Ranking ranking = ranker.rank(context, candidates);
 * }</pre>
 *
 * <p>Candidates of equal utility keep the order in which they were given. A {@link Reranking} may
 * follow, and has the last word on the order.
 */
public final class Ranker implements AutoCloseable {
  private final Scorer scorer;
  private final boolean ownsScorer;
  private final RankingObserver observer;
  private volatile @Nullable Reranking reranking;

  /** Read once a request, so that a change is seen by whole requests only. */
  private volatile Fusion fusion;

  private Ranker(
      Scorer scorer,
      boolean ownsScorer,
      RankingObserver observer,
      Fusion fusion,
      @Nullable Reranking reranking) {
    this.scorer = scorer;
    this.ownsScorer = ownsScorer;
    this.observer = observer;
    this.fusion = fusion;
    this.reranking = reranking;
  }

  /** A ranker that somebody sees. */
  static Ranker of(
      RankingModel model,
      Fusion fusion,
      @Nullable Reranking reranking,
      Kernels kernels,
      RankingObserver observer) {
    check(model, fusion);
    return new Ranker(Scorer.of(model, kernels), true, observer, fusion, reranking);
  }

  /** Before memory is taken, so that a misspelt task leaves none behind. */
  private static void check(RankingModel model, Fusion fusion) {
    for (String task : fusion.tasks()) {
      if (!model.tasks().names().contains(task)) {
        throw new UnknownNameException("task", task, model.tasks().names());
      }
    }
  }

  /**
   * A ranker on the fastest kernels that this machine has.
   *
   * @throws UnknownNameException where the fusion needs a task that the model has not
   */
  public static Ranker of(RankingModel model, Fusion fusion) {
    check(model, fusion);
    return new Ranker(Scorer.of(model), true, RankingObserver.NONE, fusion, null);
  }

  /** A ranker on the given kernels. */
  public static Ranker of(RankingModel model, Fusion fusion, Kernels kernels) {
    return of(model, fusion, null, kernels, RankingObserver.NONE);
  }

  /** A ranker with another fusion over the same model, whose memory stays with this one. */
  public Ranker withFusion(Fusion other) {
    check(scorer.model(), other);
    return new Ranker(scorer, false, observer, other, reranking);
  }

  /**
   * A ranker whose candidates are placed by rules after their utility is known, over the same
   * model, whose memory stays with this one. The rankings it gives are in the final order; {@link
   * #explain(Features, List, int)} says how a candidate came to its place.
   */
  public Ranker withReranking(Reranking stage) {
    return new Ranker(scorer, false, observer, fusion, Objects.requireNonNull(stage));
  }

  /**
   * Replaces the fusion while requests go on: those that have begun end with the old one, those
   * that begin afterwards have the new one, and none waits.
   *
   * @throws UnknownNameException where it needs a task that the model has not; the old fusion stays
   */
  public void replaceFusion(Fusion other) {
    check(scorer.model(), other);
    fusion = other;
  }

  /** Replaces the rules while requests go on. */
  void replaceReranking(@Nullable Reranking stage) {
    reranking = stage;
  }

  @Nullable Reranking reranking() {
    return reranking;
  }

  /** The model. */
  public RankingModel model() {
    return scorer.model();
  }

  /** The fusion. */
  public Fusion fusion() {
    return fusion;
  }

  /** What it runs with, for reports: {@code "onednn"}. */
  public String kernels() {
    return scorer.kernels();
  }

  /**
   * Ranks candidates.
   *
   * @param context the features of the user, the query, the moment
   * @param candidates what is to be ranked; may be empty
   * @throws io.ranking4j.error.RankingException where a feature is unknown, of the wrong type, or
   *     missing although it must not be, or a candidate lacks a signal that the fusion needs
   * @throws IllegalStateException after {@link #close}
   */
  public Ranking rank(Features context, List<Candidate> candidates) {
    return scorer.with(state -> rank(state, context, candidates, Deadline.NONE)).ranking();
  }

  /**
   * Ranks as many candidates as can be scored in time. The clock is looked at between blocks of
   * candidates, in the order in which they were given, so that the answer comes at most one block
   * (some hundreds of microseconds for a large network) after the time; the first block is always
   * scored. Hosts that may run out of time put the candidates that matter first.
   *
   * @param within the time from now on, above zero
   * @throws io.ranking4j.error.RankingException as {@link #rank(Features, List)} does
   * @throws IllegalArgumentException where the time is not above zero
   * @throws IllegalStateException after {@link #close}
   */
  public TimedRanking rank(Features context, List<Candidate> candidates, Duration within) {
    Deadline deadline = Deadline.in(within);
    return scorer.with(state -> rank(state, context, candidates, deadline));
  }

  /** Ranks in the memory of a call. */
  TimedRanking rank(
      ScoringState state, Features context, List<Candidate> candidates, Deadline deadline) {
    Fusion current = fusion;
    Reranking stage = reranking;
    boolean observed = observer != RankingObserver.NONE;
    long started = observed ? System.nanoTime() : 0;
    scorer.encode(state, context, candidates);
    long encoded = observed ? System.nanoTime() : 0;
    if (observed) {
      observer.encoded(scorer.model(), state.context(), state.candidates());
    }
    double[][] columns = scorer.predict(state, deadline);
    long predicted = observed ? System.nanoTime() : 0;
    int count = columns[0].length;
    boolean complete = count == candidates.size();
    List<Candidate> scored = complete ? candidates : candidates.subList(0, count);
    CandidatePredictions predictions =
        new CandidatePredictions(count, scorer.taskNames(), columns, signals(current, scored));
    Ranking ranking = byUtility(state, current, scored, predictions);
    if (stage != null) {
      ranking = ranking.inOrder(order(stage.place(ranking, scored), count));
    }
    if (observed) {
      observer.ranked(
          candidates.size(),
          count,
          encoded - started,
          predicted - encoded,
          System.nanoTime() - predicted);
    }
    return new TimedRanking(
        ranking, complete ? List.of() : List.copyOf(candidates.subList(count, candidates.size())));
  }

  /** The same ranker, whose memory stays with this one, without the observer. */
  Ranker unseen() {
    return new Ranker(scorer, false, RankingObserver.NONE, fusion, reranking);
  }

  Scorer scorer() {
    return scorer;
  }

  private static Ranking byUtility(
      ScoringState state,
      Fusion fusion,
      List<Candidate> candidates,
      CandidatePredictions predictions) {
    double[] utility = new double[candidates.size()];
    fusion.fuse(predictions, utility);
    String[] ids = new String[utility.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = candidates.get(i).id();
      checkFinite(fusion, ids[i], utility[i]);
    }
    int[] order = Order.descending(utility, state.orderScratch(utility.length));
    return new Ranking(ids, order, utility, predictions);
  }

  /** The candidates' indices by place, each exactly once. */
  private static int[] order(List<Placement> placements, int size) {
    int[] order = placements.stream().mapToInt(Placement::index).toArray();
    if (!Arrays.equals(
        Arrays.stream(order).sorted().toArray(), IntStream.range(0, size).toArray())) {
      throw new IllegalStateException(
          "a reranking must place each of the "
              + size
              + " candidates once, but placed "
              + Arrays.toString(order));
    }
    return order;
  }

  private static void checkFinite(Fusion fusion, String id, double utility) {
    if (!Double.isFinite(utility)) {
      throw new IllegalStateException(
          "the utility of candidate '"
              + id
              + "' by fusion '"
              + fusion.typeId()
              + "' must be finite, but was "
              + utility);
    }
  }

  /** Why a candidate has its utility: the fusion's terms, then each task's prediction. */
  public Explanation explain(Features context, Candidate candidate) {
    Fusion current = fusion;
    CandidatePredictions predictions =
        scorer.with(state -> predict(state, current, context, List.of(candidate)));
    Explanation utility = current.explain(predictions, 0);
    List<Explanation> tasks = scorer.explain(context, candidate);
    return Explanation.of(
        utility.value(),
        "utility of candidate '" + candidate.id() + "'",
        utility,
        new Explanation(tasks.size(), "predictions", tasks));
  }

  /**
   * Why a candidate has its place among others: its utility with the fusion's terms, each task's
   * prediction, and what every rule of the reranking did, where there is one.
   *
   * @param index the candidate's place in the list
   * @return its final place, 0 the first, with all that led to it
   * @throws IndexOutOfBoundsException where there is no such candidate
   */
  public Explanation explain(Features context, List<Candidate> candidates, int index) {
    Objects.checkIndex(index, candidates.size());
    Fusion current = fusion;
    // The request as a whole: guard rails and rules compare a candidate with the others.
    CandidatePredictions predictions =
        scorer.with(state -> predict(state, current, context, candidates));
    Ranking byUtility = scorer.with(state -> byUtility(state, current, candidates, predictions));
    Explanation utility = current.explain(predictions, index);
    List<Explanation> tasks = scorer.explain(context, candidates.get(index));
    Explanation place = place(byUtility, candidates, index);
    return Explanation.of(
        place.value(),
        "place of candidate '" + candidates.get(index).id() + "'",
        place,
        utility,
        new Explanation(tasks.size(), "predictions", tasks));
  }

  private Explanation place(Ranking byUtility, List<Candidate> candidates, int index) {
    Reranking stage = reranking;
    if (stage == null) {
      int position = 0;
      while (byUtility.get(position).index() != index) {
        position++;
      }
      return Explanation.of(position, "place by utility alone");
    }
    List<Placement> placements = stage.place(byUtility, candidates);
    int[] order = order(placements, candidates.size());
    for (int position = 0; position < order.length; position++) {
      if (order[position] == index) {
        return placements.get(position).explanation();
      }
    }
    throw new IllegalStateException("a reranking lost candidate " + index);
  }

  private CandidatePredictions predict(
      ScoringState state, Fusion fusion, Features context, List<Candidate> candidates) {
    return new CandidatePredictions(
        candidates.size(),
        scorer.taskNames(),
        scorer.predict(state, context, candidates),
        signals(fusion, candidates));
  }

  private static Map<String, double[]> signals(Fusion fusion, List<Candidate> candidates) {
    if (fusion.signals().isEmpty()) {
      return Map.of();
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String signal : fusion.signals()) {
      double[] column = new double[candidates.size()];
      for (int i = 0; i < column.length; i++) {
        Double value = candidates.get(i).signals().get(signal);
        if (value == null) {
          throw new DataException(
              "candidate '"
                  + candidates.get(i).id()
                  + "' (index "
                  + i
                  + ") must have the signal '"
                  + signal
                  + "' that the fusion needs, but has "
                  + candidates.get(i).signals().keySet());
        }
        column[i] = value;
      }
      columns.put(signal, column);
    }
    return columns;
  }

  /** Frees the memory of its model's scorer, if it is its own; further calls do nothing. */
  @Override
  public void close() {
    if (ownsScorer) {
      scorer.close();
    }
  }
}
