package io.ranking4j.runtime;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.serving.ServingNetwork;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Computes a model's predictions. Safe to share: each call takes memory of its own from a pool that
 * grows to as many as there are calls at once, and runs on the calling thread alone. Holds native
 * memory until it is closed; closing waits for nobody: the memory goes when the last call that is
 * under way ends.
 */
public final class Scorer implements AutoCloseable {
  private final RankingModel model;
  private final ServingNetwork network;
  private final TaskOutput[] outputs;

  /** By task, its calibrator, if it has one. */
  private final @Nullable OutputCalibration[] calibrations;

  private final Set<String> taskNames;
  private final Kernels kernels;

  /** The one that was used last is taken first: its memory is still in the cache. */
  private final ConcurrentLinkedDeque<ScoringState> idle = new ConcurrentLinkedDeque<>();

  /** Calls under way, plus {@link #CLOSED} once closed; at CLOSED exactly, memory is freed. */
  private final AtomicInteger calls = new AtomicInteger();

  private static final int CLOSED = 1 << 30;

  private Scorer(RankingModel model, Kernels kernels) {
    this.model = model;
    this.kernels = kernels;
    this.network = model.freeze(kernels);
    this.outputs = model.outputs().toArray(new TaskOutput[0]);
    this.calibrations = new OutputCalibration[outputs.length];
    for (int t = 0; t < outputs.length; t++) {
      calibrations[t] =
          outputs[t].calibrator().map(c -> OutputCalibration.of(c, model.encoder())).orElse(null);
    }
    this.taskNames = Collections.unmodifiableSet(new LinkedHashSet<>(model.tasks().names()));
  }

  /** A scorer on the fastest kernels that this machine has. */
  public static Scorer of(RankingModel model) {
    return new Scorer(model, KernelChoice.FASTEST.create(1));
  }

  /** A scorer that runs with the given kernels. */
  public static Scorer of(RankingModel model, Kernels kernels) {
    return new Scorer(model, kernels);
  }

  /** The model. */
  public RankingModel model() {
    return model;
  }

  /** What it runs with, for reports: {@code "onednn"}. */
  public String kernels() {
    return kernels.name();
  }

  /**
   * The predictions for the candidates of a request, by task, in the tasks' order.
   *
   * @throws io.ranking4j.error.RankingException where a feature is unknown, of the wrong type, or
   *     missing although it must not be
   * @throws IllegalStateException after {@link #close}
   */
  public Map<String, double[]> score(Features context, List<Candidate> candidates) {
    return byName(with(state -> predict(state, context, candidates)));
  }

  /** The names of the tasks, in order. */
  Set<String> taskNames() {
    return taskNames;
  }

  /** The predictions for the candidates of a request, a column for each task. */
  double[][] predict(ScoringState state, Features context, List<Candidate> candidates) {
    encode(state, context, candidates);
    return predict(state, Deadline.NONE);
  }

  /** Encodes a request into the memory of a call. */
  void encode(ScoringState state, Features context, List<Candidate> candidates) {
    model.encoder().encodeContext(context, state.context());
    model.encoder().encodeCandidates(context, candidates, state.candidates());
  }

  /** The predictions for the candidates that were encoded into the memory of a call. */
  double[][] predict(ScoringState state, Deadline deadline) {
    return predict(state, state.context(), state.candidates(), deadline);
  }

  /**
   * The predictions for the candidates that can be computed until the deadline: a column for each
   * task, as long as there are predictions.
   */
  private double[][] predict(
      ScoringState state, EncodedRows context, EncodedRows candidates, Deadline deadline) {
    double[][] columns = columns(candidates.rows());
    int computed =
        state.request(
            context,
            candidates,
            deadline,
            (logits, first, rows) -> predict(logits, first, rows, columns));
    calibrate(context, candidates, columns, computed);
    if (computed < candidates.rows()) {
      for (int t = 0; t < columns.length; t++) {
        columns[t] = Arrays.copyOf(columns[t], computed);
      }
    }
    return columns;
  }

  /** Calibrates the first candidates of a request. */
  private void calibrate(
      EncodedRows context, EncodedRows candidates, double[][] columns, int count) {
    for (int t = 0; t < outputs.length; t++) {
      OutputCalibration calibration = calibrations[t];
      if (calibration != null) {
        calibration.apply(context, candidates, columns[t], 0, count);
      }
    }
  }

  /**
   * The predictions for the candidates of a request whose features this model's own encoder has
   * encoded, by task, in the tasks' order. For hosts that encode an item once and rank it often.
   *
   * @param context one row of the context
   * @param candidates a row for each candidate
   * @throws IllegalArgumentException where the rows are of another side or of another layout, or
   *     there is more than one context
   * @throws IllegalStateException after {@link #close}
   */
  public Map<String, double[]> score(EncodedRows context, EncodedRows candidates) {
    check(Side.CONTEXT, context);
    check(Side.CANDIDATE, candidates);
    if (context.rows() != 1) {
      throw new IllegalArgumentException(
          "a request has one context, but was given " + context.rows());
    }
    return byName(with(state -> predict(state, context, candidates, Deadline.NONE)));
  }

  private void check(Side side, EncodedRows rows) {
    if (rows.side().orElse(null) != side || !rows.layout().equals(model.encoder().layout())) {
      throw new IllegalArgumentException(
          "the rows must be of the side "
              + side
              + " and of the model's layout, but are of "
              + rows.side().map(Side::name).orElse("both sides")
              + " and of "
              + rows.layout());
    }
  }

  /**
   * The predictions for rows of a data set, by task, in the tasks' order.
   *
   * @throws io.ranking4j.error.RankingException where a column is unknown, of the wrong type, or
   *     has a value that is missing although it must not be
   * @throws IllegalStateException after {@link #close}
   */
  public Map<String, double[]> score(Dataset data) {
    return score(model.encoder().encode(data));
  }

  /**
   * The predictions for rows of a data set that this model's own encoder has encoded; the rows of
   * another one mean something else.
   *
   * @throws IllegalArgumentException where the rows are of one side only, or of another layout
   */
  public Map<String, double[]> score(EncodedRows data) {
    if (data.side().isPresent() || !data.layout().equals(model.encoder().layout())) {
      throw new IllegalArgumentException(
          "the rows must be of both sides and of the model's layout, but are " + data.layout());
    }
    double[][] columns = columns(data.rows());
    return byName(
        with(
            state -> {
              state.rows(data, (logits, first, rows) -> predict(logits, first, rows, columns));
              for (int t = 0; t < outputs.length; t++) {
                OutputCalibration calibration = calibrations[t];
                if (calibration != null) {
                  calibration.apply(data, columns[t], 0, data.rows());
                }
              }
              return columns;
            }));
  }

  /** Where the prediction of each task for one candidate comes from. */
  public List<Explanation> explain(Features context, Candidate candidate) {
    List<Explanation> explanations = new ArrayList<>();
    return with(
        state -> {
          model.encoder().encodeContext(context, state.context());
          model.encoder().encodeCandidates(context, List.of(candidate), state.candidates());
          state.request(
              state.context(),
              state.candidates(),
              (logits, first, rows) ->
                  explain(logits, state.context(), state.candidates(), explanations));
          return explanations;
        });
  }

  private void explain(
      float[] logits, EncodedRows context, EncodedRows candidate, List<Explanation> explanations) {
    int offset = 0;
    double[] value = new double[1];
    for (int t = 0; t < outputs.length; t++) {
      TaskOutput output = outputs[t];
      String name = output.task().name();
      output.predict(logits, network.outputWidth(), offset, 1, value, 0);
      OutputCalibration calibration = calibrations[t];
      if (calibration != null) {
        calibration.apply(context, candidate, value, 0, 1);
      }
      if (output.task().kind().probability()) {
        Explanation logit = Explanation.of(logits[offset], "logit of " + name);
        Explanation shift =
            Explanation.of(output.logitShift(), "shift that undoes sampling and positive weights");
        Explanation intercept = Explanation.of(output.intercept(), "intercept");
        String calibrated =
            output.calibrator().map(c -> ", calibrated (" + c.typeId() + ")").orElse("");
        explanations.add(
            Explanation.of(
                value[0], "probability of " + name + calibrated, logit, shift, intercept));
      } else {
        explanations.add(Explanation.of(value[0], "prediction of " + name));
      }
      offset += output.task().kind().width();
    }
  }

  private double[][] columns(int rows) {
    return new double[outputs.length][rows];
  }

  private Map<String, double[]> byName(double[][] columns) {
    Map<String, double[]> named = new LinkedHashMap<>();
    for (int t = 0; t < outputs.length; t++) {
      named.put(outputs[t].task().name(), columns[t]);
    }
    return named;
  }

  private void predict(float[] logits, int first, int rows, double[][] columns) {
    int stride = network.outputWidth();
    int offset = 0;
    for (int t = 0; t < outputs.length; t++) {
      outputs[t].predict(logits, stride, offset, rows, columns[t], first);
      offset += outputs[t].task().kind().width();
    }
  }

  /** A call, with the memory that it computes in. */
  @FunctionalInterface
  interface Call<T> {
    T with(ScoringState state);
  }

  /**
   * Makes a call.
   *
   * @throws IllegalStateException after {@link #close}
   */
  <T> T with(Call<T> call) {
    if (!enter()) {
      throw new IllegalStateException("the scorer is closed");
    }
    try {
      return entered(call);
    } finally {
      leave();
    }
  }

  /** Makes a call between {@link #enter} and {@link #leave}. */
  <T> T entered(Call<T> call) {
    ScoringState state = idle.pollFirst();
    if (state == null) {
      state = new ScoringState(network, model.encoder());
    }
    try {
      return call.with(state);
    } finally {
      idle.addFirst(state);
    }
  }

  /** Keeps the memory until {@link #leave}; says false, and keeps nothing, once it is closed. */
  boolean enter() {
    if (calls.incrementAndGet() >= CLOSED) {
      leave();
      return false;
    }
    return true;
  }

  void leave() {
    if (calls.decrementAndGet() == CLOSED) {
      free();
    }
  }

  private void free() {
    for (ScoringState state = idle.pollFirst(); state != null; state = idle.pollFirst()) {
      state.close();
    }
    network.close();
  }

  /** Frees its memory once the calls under way have ended; further calls do nothing. */
  @Override
  public void close() {
    int before;
    do {
      before = calls.get();
      if (before >= CLOSED) {
        return;
      }
    } while (!calls.compareAndSet(before, before + CLOSED));
    if (before == 0) {
      free();
    }
  }
}
