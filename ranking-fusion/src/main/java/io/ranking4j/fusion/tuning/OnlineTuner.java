package io.ranking4j.fusion.tuning;

import io.ranking4j.error.DataException;
import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.BayesianSearch;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.Search;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.Surrogate;
import io.ranking4j.fusion.search.Trial;
import io.ranking4j.io.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds weights by A/B tests: propose a batch of arms, run it, record the means of the metrics with
 * their standard errors, propose again, until it stops and says why.
 *
 * <pre>{@code
 * OnlineTuner tuner = OnlineTuner.create(file, problem, OnlineOptions.defaults(1));
 * List<Map<String, Double>> arms = tuner.propose(hours); // the first is the status quo
 * tuner.record(outcomes);                                // by arm, in the same order
 * OnlineStatus status = tuner.status(hours);
 * }</pre>
 *
 * <p>Every step is on disk before it returns, in one JSON file that is replaced as a whole; {@link
 * #open} goes on where a killed process was, with the very arms that it would have proposed. Every
 * batch holds the status quo. Where batches have offsets of their own (a weekend, a holiday), the
 * model sees only differences within a batch.
 *
 * <p>Several processes may use a file: each step locks it (a file of the same name with {@value
 * #LOCK_SUFFIX}, which stays), and is refused where another process has taken a step since this one
 * opened it, so that none is lost. Not safe to share between threads.
 */
public final class OnlineTuner {
  /** The longest state that is read, in bytes. */
  public static final long MAX_STATE_BYTES = 64L << 20;

  /** What the name of the file that is locked ends in. */
  public static final String LOCK_SUFFIX = ".lock";

  private static final double LIKELY = 0.5;

  /** A lock on a file keeps out other processes, this one the threads of this process. */
  private static final Object WRITING = new Object();

  private final Path file;
  private OnlineState state;

  /** What the file held when it was last read or written; empty where there was none. */
  private String saved;

  private OnlineTuner(Path file, OnlineState state, String saved) {
    this.file = file;
    this.state = state;
    this.saved = saved;
  }

  /**
   * Starts a search.
   *
   * @param file where its state is kept; must not exist
   * @param problem what is sought; its baseline is the status quo
   * @throws FileAlreadyExistsException where the file exists: a search is not thrown away in
   *     silence
   * @throws IOException where it cannot be written
   */
  public static OnlineTuner create(Path file, SearchProblem problem, OnlineOptions options)
      throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    OnlineTuner tuner =
        new OnlineTuner(file, new OnlineState(problem, options, List.of(), 0, 0), "");
    tuner.save(tuner.state);
    return tuner;
  }

  /**
   * Goes on with a search.
   *
   * @throws DataException where the file is no state of a search, or one of a newer version
   * @throws IOException where it cannot be read
   */
  public static OnlineTuner open(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_STATE_BYTES) {
      throw new DataException(
          "the state of an online search must have at most "
              + MAX_STATE_BYTES
              + " bytes, but had "
              + size);
    }
    String json = Files.readString(file);
    return new OnlineTuner(file, OnlineState.fromJson(json), json);
  }

  /** Returns what is sought. */
  public SearchProblem problem() {
    return state.problem();
  }

  /** Returns every trial so far, in order; those of a running batch are pending. */
  public List<Trial> trials() {
    return state.trials();
  }

  private List<Trial> pending() {
    return state.trials().stream().filter(Trial::isPending).toList();
  }

  /**
   * Returns the arms to run next, the status quo first: those of the batch that is running where
   * there is one, else a new batch. Empty where the search has stopped; {@link #status} says why.
   *
   * @param now when the batch runs, in the unit of the options' periods; any number where time
   *     plays no part
   * @throws IllegalStateException where another process has taken a step meanwhile
   * @throws IOException where the state cannot be written; then nothing has changed
   */
  public List<Map<String, Double>> propose(double now) throws IOException {
    if (pending().isEmpty()) {
      if (!isOpen(now)) {
        return List.of();
      }
      List<Trial> trials = new ArrayList<>(state.trials());
      int batch = state.nextBatch();
      trials.add(new Trial(problem().baseline(), Map.of(), batch, now));
      Search.Proposal proposal =
          search(now).propose(problem(), trials, state.options().armsPerBatch() - 1);
      for (double[] point : proposal.points()) {
        trials.add(new Trial(point, Map.of(), batch, now));
      }
      boolean idle =
          proposal.expectedImprovement().isPresent()
              && proposal.expectedImprovement().getAsDouble()
                  < state.options().tolerance() * objectiveSize();
      int idleNow = idle ? state.idle() + 1 : 0;
      if (idleNow >= state.options().patience()) {
        save(new OnlineState(problem(), state.options(), state.trials(), batch, idleNow));
        return List.of();
      }
      save(new OnlineState(problem(), state.options(), trials, batch + 1, idleNow));
    }
    return pending().stream().map(trial -> problem().space().toMap(trial.point())).toList();
  }

  private BayesianSearch search(double now) {
    return new BayesianSearch(state.options().search(), state.options().seed(), now);
  }

  private double objectiveSize() {
    String metric = problem().objectives().get(0).metric();
    double sum = 0;
    int count = 0;
    for (Trial trial : state.trials()) {
      Measurement measured = trial.outcomes().get(metric);
      if (measured != null) {
        sum += Math.abs(measured.mean());
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /**
   * Records the outcomes of the running batch.
   *
   * @param outcomes one map of metrics an arm, in the order of {@link #propose}; an empty one for
   *     an arm that was given up, which is forgotten
   * @throws IllegalStateException where no batch is running, or another process has taken a step
   *     meanwhile
   * @throws IllegalArgumentException where there are more or fewer maps than arms, the status quo
   *     has no outcomes, or an arm lacks a metric
   * @throws IOException where the state cannot be written; then nothing has changed
   */
  public void record(List<Map<String, Measurement>> outcomes) throws IOException {
    List<Trial> running = pending();
    if (running.isEmpty()) {
      throw new IllegalStateException("outcomes need a running batch, but none was proposed");
    }
    if (outcomes.size() != running.size()) {
      throw new IllegalArgumentException(
          "the batch has "
              + running.size()
              + " arms, but there were outcomes of "
              + outcomes.size());
    }
    List<Trial> trials =
        new ArrayList<>(state.trials().stream().filter(trial -> !trial.isPending()).toList());
    for (int arm = 0; arm < running.size(); arm++) {
      Map<String, Measurement> measured = new LinkedHashMap<>(outcomes.get(arm));
      if (measured.isEmpty() && arm > 0) {
        continue;
      }
      if (!measured.keySet().containsAll(problem().metrics())) {
        throw new IllegalArgumentException(
            "arm "
                + arm
                + " must have the metrics "
                + problem().metrics()
                + ", but had "
                + measured.keySet());
      }
      Trial trial = running.get(arm);
      trials.add(new Trial(trial.point(), measured, trial.batch(), trial.time()));
    }
    save(new OnlineState(problem(), state.options(), trials, state.nextBatch(), state.idle()));
  }

  private int finishedBatches() {
    return (int)
        state.trials().stream()
            .filter(trial -> !trial.isPending())
            .mapToInt(Trial::batch)
            .distinct()
            .count();
  }

  /** Whether another batch may be proposed, short of asking the search itself. */
  private boolean isOpen(double now) {
    OnlineOptions options = state.options();
    return state.nextBatch() < options.maxBatches()
        && state.idle() < options.patience()
        && !isHopeless(now);
  }

  private boolean isHopeless(double now) {
    if (finishedBatches() < state.options().hopelessBatches()
        || problem().constraints().isEmpty()) {
      return false;
    }
    return surrogate().best(state.trials(), LIKELY, now).isEmpty();
  }

  /**
   * Returns what the outcomes so far say about every metric at any point.
   *
   * @throws IllegalArgumentException where there are no outcomes yet
   */
  public Surrogate surrogate() {
    return Surrogate.fit(
        problem(), state.trials(), state.options().search(), state.options().seed());
  }

  /**
   * Returns where the search stands.
   *
   * @param now the time for which the best weights are asked; any number where time plays no part
   */
  public OnlineStatus status(double now) {
    int finished = finishedBatches();
    OnlineStatus.Phase phase;
    String reason;
    OnlineOptions options = state.options();
    if (!pending().isEmpty()) {
      phase = OnlineStatus.Phase.WAITING;
      reason = "waiting for the outcomes of batch " + (state.nextBatch() - 1);
    } else if (state.idle() >= options.patience()) {
      phase = OnlineStatus.Phase.CONVERGED;
      reason =
          "%d proposals in a row expected an improvement of less than %s of the objective"
              .formatted(state.idle(), options.tolerance());
    } else if (state.nextBatch() >= options.maxBatches()) {
      phase = OnlineStatus.Phase.BUDGET_SPENT;
      reason = "all " + options.maxBatches() + " batches have run";
    } else if (isHopeless(now)) {
      phase = OnlineStatus.Phase.NO_FEASIBLE_ARM;
      reason =
          "after %d batches no arm meets %s with a probability of %s or more"
              .formatted(finished, problem().constraints(), LIKELY);
    } else {
      phase = OnlineStatus.Phase.READY;
      reason = "batch " + state.nextBatch() + " can be proposed";
    }
    double[] baseline = problem().baseline();
    if (finished == 0) {
      return new OnlineStatus(
          phase, reason, 0, problem().space().toMap(baseline), null, null, Double.NaN, Double.NaN);
    }
    Surrogate surrogate = surrogate();
    Objective objective = problem().objectives().get(0);
    Optional<Trial> best = surrogate.best(state.trials(), LIKELY, now);
    double[] weights = best.map(Trial::point).orElse(baseline);
    return new OnlineStatus(
        phase,
        reason,
        finished,
        problem().space().toMap(weights),
        surrogate.predict(objective.metric(), weights, now),
        surrogate.predict(objective.metric(), baseline, now),
        surrogate.probabilityOfFeasibility(weights, now),
        surrogate.leaveOneOut(objective.metric()).rSquared());
  }

  /** Returns whether the search earns while it learns, and so never converges. */
  public boolean isEndless() {
    return state.options().search().acquisition()
        == BayesianOptions.Acquisition.UPPER_CONFIDENCE_BOUND;
  }

  private void save(OnlineState next) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + LOCK_SUFFIX);
    synchronized (WRITING) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        String found = Files.exists(file) ? Files.readString(file) : "";
        if (!lock.isValid() || !found.equals(saved)) {
          throw new IllegalStateException(
              "the search in " + file + " has gone on in another process: open it again");
        }
        String json = next.toJson();
        AtomicFile.writeString(file, json);
        state = next;
        saved = json;
      }
    }
  }
}
