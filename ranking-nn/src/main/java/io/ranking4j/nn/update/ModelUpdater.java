package io.ranking4j.nn.update;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.error.RankingException;
import io.ranking4j.nn.gate.GateReport;
import io.ranking4j.nn.gate.GateResult;
import io.ranking4j.nn.gate.ModelComparison;
import io.ranking4j.nn.gate.ModelGate;
import io.ranking4j.nn.gate.SliceHistory;
import io.ranking4j.nn.gate.SliceProfile;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.WarmStart;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.publish.Companion;
import io.ranking4j.runtime.publish.ModelDirectory;
import io.ranking4j.runtime.publish.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the model of a directory up to date: each slice of the log is looked at, the current model
 * is trained on with it, and what comes of that is published if it passes the gates. What does not
 * leaves its reason in the directory, and the current model as it was. Configuration only:
 * immutable; updates of one directory should be made one after the other.
 *
 * <pre>{@code
 * ModelUpdater updater = new ModelUpdater(ModelDirectory.of(folder), trainer, UpdateOptions.DEFAULT);
 * UpdateResult result = updater.update(today, heldOut);
 * }</pre>
 */
public final class ModelUpdater {
  /** The extension of what the optimisers remember, beside each model. */
  public static final String STATE = "state";

  private final ModelDirectory models;
  private final Trainer trainer;
  private final UpdateOptions options;

  /** What there is to go on from. */
  private record Current(ModelVersion version, RankingModel model, SliceHistory history) {}

  /**
   * An updater.
   *
   * @param models where models are published
   * @param trainer trains them; always with the same network
   * @param options of the updates
   */
  public ModelUpdater(ModelDirectory models, Trainer trainer, UpdateOptions options) {
    this.models = models;
    this.trainer = trainer;
    this.options = options;
  }

  /**
   * Makes an update; with the first slice, the first model.
   *
   * @param slice what has come since the last update, to be learned from
   * @param heldOut rows that are not in the slice, say those of some users, to be part of the next
   *     one: they decide which epoch is best, and whether the model is published
   * @throws IllegalArgumentException where the current model is of another network than the
   *     trainer's
   * @throws io.ranking4j.error.ModelFileException where the current model cannot be read
   * @throws IOException where files cannot be read or written; what was current still is
   */
  public UpdateResult update(DatasetSource slice, Dataset heldOut) throws IOException {
    Optional<ModelVersion> version = models.current();
    Current current = null;
    if (version.isPresent()) {
      RankingModel model = version.get().load();
      current = new Current(version.get(), model, SliceHistory.of(model.provenance()));
    }
    GateReport report = new GateReport(List.of());
    Path folder = Files.createTempDirectory("ranking4j-update");
    Path state = folder.resolve(STATE);
    try {
      SliceProfile profile = null;
      if (current != null) {
        profile = SliceProfile.of(current.model, slice, false);
        report =
            report
                .and(options.data().check(profile, current.history))
                .and(agreement(current, heldOut));
        if (!report.passed()) {
          return rejected(report, current);
        }
      }
      RankingModel candidate = trainer.run(start(current, state), slice, heldOut).model();
      report = report.and(gates(candidate, current, heldOut));
      if (!report.passed()) {
        return rejected(report, current);
      }
      SliceHistory history = current == null ? new SliceHistory(List.of()) : current.history;
      SliceProfile learned = profile == null ? SliceProfile.of(candidate, slice, true) : profile;
      ModelVersion published =
          models.publish(
              history.and(learned).addTo(candidate).withProvenance("gates", report.toJson()),
              List.of(new Companion(STATE, file -> Files.copy(state, file))));
      return new UpdateResult(report, Optional.of(published), Optional.empty());
    } catch (RankingException e) {
      // What cannot be read or learned from is as bad as what looks wrong.
      return rejected(
          report.and(
              List.of(
                  GateResult.failed(
                      "training",
                      "the update",
                      "must be possible",
                      e.code() + ", " + e.getMessage()))),
          current);
    } finally {
      Files.deleteIfExists(state);
      Files.deleteIfExists(folder);
    }
  }

  private WarmStart start(@Nullable Current current, Path state) {
    if (current == null) {
      return WarmStart.NONE.saveState(state);
    }
    WarmStart start =
        WarmStart.from(current.model)
            .learningRateFactor(options.learningRateFactor())
            .saveState(state);
    Path before = current.version.beside(STATE);
    return Files.isRegularFile(before) ? start.state(before) : start;
  }

  private List<GateResult> agreement(Current current, Dataset heldOut) {
    return options
        .agreement()
        .check(
            ModelComparison.of(current.model, null, heldOut, options.groupColumn()),
            current.model.provenance());
  }

  private List<GateResult> gates(
      RankingModel candidate, @Nullable Current current, Dataset heldOut) {
    ModelComparison comparison =
        ModelComparison.of(
            candidate, current == null ? null : current.model, heldOut, options.groupColumn());
    return options.gates().stream()
        .map((ModelGate gate) -> gate.check(comparison))
        .flatMap(List::stream)
        .toList();
  }

  private UpdateResult rejected(GateReport report, @Nullable Current current) throws IOException {
    String text =
        "not published: %d of %d checks failed%s%n%s%n"
            .formatted(
                report.failures().size(),
                report.results().size(),
                current == null ? "" : ", " + current.version + " stays current",
                report);
    Path reason = models.reject(text, report.toJson());
    return new UpdateResult(report, Optional.empty(), Optional.of(reason));
  }
}
