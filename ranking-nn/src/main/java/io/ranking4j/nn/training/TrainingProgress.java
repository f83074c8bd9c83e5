package io.ranking4j.nn.training;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a training has come: what its epochs gave, and what was done of the one after them. */
final class TrainingProgress implements Stateful {
  /** Numbers of an epoch beside the qualities of the tasks. */
  private static final int OF_EPOCH = 4;

  private final List<String> tasks;
  private final EarlyStopping stopping;
  private final int epochs;
  private final BestWeights best;
  private final List<EpochReport> history = new ArrayList<>();
  private int batch;
  private double lossSum;

  TrainingProgress(List<String> tasks, TrainerOptions options, BestWeights best) {
    this.tasks = List.copyOf(tasks);
    this.stopping = options.stopping();
    this.epochs = options.epochs();
    this.best = best;
  }

  /** Whether no epoch is to come. */
  boolean ended() {
    int done = history.size();
    return done >= epochs || done - best.lastEpoch() >= stopping.patience();
  }

  /** The epoch that is trained now, the first being 1. */
  int epoch() {
    return history.size() + 1;
  }

  /** How many of its batches were done. */
  int batch() {
    return batch;
  }

  /** The sum of their losses. */
  double lossSum() {
    return lossSum;
  }

  /** One more batch was done. */
  void add(double loss) {
    batch++;
    lossSum += loss;
  }

  /** The epoch is over. */
  void add(EpochReport report) {
    history.add(report);
    batch = 0;
    lossSum = 0;
  }

  List<EpochReport> history() {
    return history;
  }

  BestWeights best() {
    return best;
  }

  @Override
  public void save(StateWriter state) {
    state.longs("batch", batch);
    state.doubles("lossSum", lossSum);
    state.longs("epochs", history.size());
    for (EpochReport report : history) {
      double[] numbers = new double[OF_EPOCH + 2 * tasks.size()];
      numbers[0] = report.trainingLoss();
      numbers[1] = report.watched();
      numbers[2] = report.best() ? 1 : 0;
      numbers[3] = report.seconds();
      for (int t = 0; t < tasks.size(); t++) {
        Double quality = report.quality().get(tasks.get(t));
        numbers[OF_EPOCH + 2 * t] = quality == null ? 0 : 1;
        numbers[OF_EPOCH + 2 * t + 1] = quality == null ? Double.NaN : quality;
      }
      state.doubles("epoch/" + report.epoch(), numbers);
    }
    best.save(state.part("best"));
  }

  @Override
  public void load(StateReader state) {
    batch = Math.toIntExact(state.number("batch"));
    lossSum = state.doubles("lossSum", 1)[0];
    history.clear();
    for (int epoch = 1; epoch <= state.number("epochs"); epoch++) {
      double[] numbers = state.doubles("epoch/" + epoch, OF_EPOCH + 2 * tasks.size());
      Map<String, Double> quality = new LinkedHashMap<>();
      for (int t = 0; t < tasks.size(); t++) {
        if (numbers[OF_EPOCH + 2 * t] == 1) {
          quality.put(tasks.get(t), numbers[OF_EPOCH + 2 * t + 1]);
        }
      }
      history.add(
          new EpochReport(epoch, numbers[0], quality, numbers[1], numbers[2] == 1, numbers[3]));
    }
    best.load(state.part("best"));
  }
}
