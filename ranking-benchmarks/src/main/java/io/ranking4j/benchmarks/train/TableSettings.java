package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.peer.DjlTrainingPeer;
import io.ranking4j.benchmarks.peer.TableSetting;
import io.ranking4j.nn.training.TrainerOptions;
import java.util.List;
import java.util.Locale;

/** PyTorch with each of several ways to update its tables: the fastest of them is the case. */
final class TableSettings {
  private TableSettings() {}

  /**
   * Compares with each setting, and reports each and the fastest one.
   *
   * @param name of the case; those of the settings have more at the end
   */
  static void compare(
      Report report,
      TrainCase trained,
      String name,
      List<TableSetting> settings,
      int epochs,
      int threads) {
    TrainingResult best = null;
    for (TableSetting setting : settings) {
      String full = name + "-" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
      TrainingResult result =
          trained.compare(
              full,
              data -> new DjlTrainingPeer(data, TrainerOptions.DEFAULT_LEARNING_RATE, setting),
              TrainCase.options(epochs, threads),
              trained.pace(setting));
      result.report(report, full);
      if (best == null || result.theirs() > best.theirs()) {
        best = result;
      }
    }
    if (best != null) {
      best.report(report, name);
    }
  }
}
