package io.ranking4j.runtime;

import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.spi.Fusion;
import io.ranking4j.spi.Reranking;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ranker for as long as the host runs: its model and its fusion are replaced while requests go
 * on. A request has one model and one fusion from its begin to its end; none ever waits for a
 * replacement. The memory of a model that was replaced is freed when its last request ends. Where a
 * new model cannot be used, the one before it goes on.
 *
 * <pre>{@code
 * LiveRanker ranker = LiveRanker.of(RankingModel.load(path), fusion);
 * Ranking ranking = ranker.rank(context, candidates);          // any thread, any time
 * ranker.replaceModel(RankingModel.load(newer), someRequests);  // meanwhile
 * }</pre>
 *
 * <p>Safe to share.
 */
public final class LiveRanker implements AutoCloseable {
  /** How often each request runs before a model is put to use: the code for it is compiled then. */
  private static final int WARM_UP_ROUNDS = 20;

  private final Supplier<Kernels> kernels;
  private final RankingObserver observer;

  /** One replacement at a time; requests never take it. */
  private final Object replacing = new Object();

  private volatile @Nullable Ranker current;
  private volatile @Nullable ShadowModel shadow;

  private LiveRanker(Ranker first, Supplier<Kernels> kernels, RankingObserver observer) {
    this.current = first;
    this.kernels = kernels;
    this.observer = observer;
  }

  /**
   * A ranker on the fastest kernels that this machine has.
   *
   * @throws io.ranking4j.error.UnknownNameException where the fusion needs a task that the model
   *     has not
   */
  public static LiveRanker of(RankingModel model, Fusion fusion) {
    return of(model, fusion, RankingObserver.NONE);
  }

  /** A ranker that somebody sees. */
  public static LiveRanker of(RankingModel model, Fusion fusion, RankingObserver observer) {
    return of(model, fusion, observer, () -> KernelChoice.FASTEST.create(1));
  }

  /**
   * A ranker on other kernels.
   *
   * @param kernels makes the kernels of each model, for one thread
   */
  public static LiveRanker of(
      RankingModel model, Fusion fusion, RankingObserver observer, Supplier<Kernels> kernels) {
    Ranker first = Ranker.of(model, fusion, null, kernels.get(), observer);
    observer.replaced(model);
    return new LiveRanker(first, kernels, observer);
  }

  /**
   * Ranks candidates; see {@link Ranker#rank(Features, List)}.
   *
   * @throws io.ranking4j.error.RankingException where the request is not what the model needs
   * @throws IllegalStateException after {@link #close}
   */
  public Ranking rank(Features context, List<Candidate> candidates) {
    return rank(context, candidates, Deadline.NONE).ranking();
  }

  /**
   * Ranks as many candidates as can be scored in time; see {@link Ranker#rank(Features, List,
   * Duration)}.
   */
  public TimedRanking rank(Features context, List<Candidate> candidates, Duration within) {
    return rank(context, candidates, Deadline.in(within));
  }

  private TimedRanking rank(Features context, List<Candidate> candidates, Deadline deadline) {
    Ranker ranker = enter();
    try {
      TimedRanking ranking =
          ranker.scorer().entered(state -> ranker.rank(state, context, candidates, deadline));
      ShadowModel candidate = shadow;
      if (candidate != null) {
        candidate.offer(context, candidates, ranking.ranking(), ranker.fusion());
      }
      return ranking;
    } catch (RuntimeException e) {
      observer.failed(e);
      throw e;
    } finally {
      ranker.scorer().leave();
    }
  }

  /** The ranker of now, whose memory stays until it is left. */
  private Ranker enter() {
    while (true) {
      Ranker ranker = current;
      if (ranker == null) {
        throw closed();
      }
      // It fails where the ranker was replaced and closed since it was read: there is another then.
      if (ranker.scorer().enter()) {
        return ranker;
      }
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the ranker is closed");
  }

  private Ranker open() {
    Ranker ranker = current;
    if (ranker == null) {
      throw closed();
    }
    return ranker;
  }

  /** The model that answers requests that begin now. */
  public RankingModel model() {
    return open().model();
  }

  /** The fusion of requests that begin now. */
  public Fusion fusion() {
    return open().fusion();
  }

  /**
   * Replaces the fusion; see {@link Ranker#replaceFusion}.
   *
   * @throws io.ranking4j.error.UnknownNameException where it needs a task that the model has not
   */
  public void replaceFusion(Fusion fusion) {
    synchronized (replacing) {
      open().replaceFusion(fusion);
    }
  }

  /**
   * Replaces the rules that place candidates after their utility is known; they stay when the model
   * is replaced.
   *
   * @param stage the rules; null for none, as it begins
   */
  public void replaceReranking(@Nullable Reranking stage) {
    synchronized (replacing) {
      open().replaceReranking(stage);
    }
  }

  /** Replaces the model and keeps the fusion; see {@link #replace}. */
  public void replaceModel(RankingModel model, List<RankRequest> warmUp) {
    synchronized (replacing) {
      replace(model, open().fusion(), warmUp);
    }
  }

  /**
   * Replaces the model and the fusion, at once. The new one answers the given requests first: that
   * fills its memory, and shows that it takes what the host sends. Whatever it throws there, the
   * model before it goes on, and the memory of the new one is freed.
   *
   * @param model the new model
   * @param fusion the new fusion
   * @param warmUp requests like those that the host has
   * @throws io.ranking4j.error.RankingException where the model has not a task that the fusion
   *     needs, or cannot answer one of the requests
   * @throws IllegalStateException where a utility is not finite, or after {@link #close}
   */
  public void replace(RankingModel model, Fusion fusion, List<RankRequest> warmUp) {
    synchronized (replacing) {
      Ranker old = open();
      Ranker next;
      try {
        next = warm(model, fusion, old.reranking(), warmUp);
      } catch (RuntimeException e) {
        observer.refused(model, e);
        throw e;
      }
      current = next;
      observer.replaced(model);
      old.close();
    }
  }

  private Ranker warm(
      RankingModel model, Fusion fusion, @Nullable Reranking reranking, List<RankRequest> warmUp) {
    Ranker next = Ranker.of(model, fusion, reranking, kernels.get(), observer);
    boolean warm = false;
    try {
      // What warms up is no request: the observer does not see it.
      Ranker unseen = next.unseen();
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        for (RankRequest request : warmUp) {
          unseen.rank(request.context(), request.candidates());
        }
      }
      warm = true;
      return next;
    } finally {
      if (!warm) {
        next.close();
      }
    }
  }

  /**
   * Lets another model score a share of the requests after they were answered, to compare the two;
   * it takes the place of a shadow that was there. The answers stay those of this ranker's model.
   *
   * @param model the model that might come next
   * @param options the share of requests, and who computes
   * @return the comparison, which goes on until it is closed or this ranker is
   */
  public ShadowModel shadow(RankingModel model, ShadowOptions options) {
    synchronized (replacing) {
      ShadowModel next =
          new ShadowModel(Ranker.of(model, open().fusion(), kernels.get()), options, observer);
      ShadowModel before = shadow;
      shadow = next;
      if (before != null) {
        before.close();
      }
      return next;
    }
  }

  /**
   * Refuses further requests, and frees the memory once those under way have ended; further calls
   * do nothing.
   */
  @Override
  public void close() {
    synchronized (replacing) {
      Ranker last = current;
      current = null;
      ShadowModel follower = shadow;
      shadow = null;
      if (follower != null) {
        follower.close();
      }
      if (last != null) {
        last.close();
      }
    }
  }

  @Override
  public String toString() {
    Ranker ranker = current;
    return "LiveRanker[" + (ranker == null ? "closed" : Objects.toString(ranker.model())) + "]";
  }
}
