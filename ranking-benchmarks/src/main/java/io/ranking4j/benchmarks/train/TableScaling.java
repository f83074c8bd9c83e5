package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.training.ProgressListener;
import io.ranking4j.nn.training.Trainer;

/** How the time of a step of our training grows with the rows of a table. */
public final class TableScaling implements Suite {
  private static final int[] SIZES = {100_000, 1_000_000, 10_000_000};

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public String description() {
    return "time of a request by the number of candidates, of a step by the size of a table";
  }

  @Override
  public void run(Report report) {
    Dataset log = TableCases.log();
    median(log, SIZES[0]); // warms up
    double[] millis = new double[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      millis[i] = median(log, SIZES[i]);
      report.alone("table-" + SIZES[i] + "-1024", "ms a step", millis[i]);
    }
    // Once more at the end: a machine that has become slower meanwhile would look like growth.
    double again = median(log, SIZES[0]);
    report.alone("table-" + SIZES[0] + "-1024-again", "ms a step", again);
    report.alone(
        "table-100000-to-10000000-1024",
        "growth of the time of a step",
        millis[SIZES.length - 1] / Medians.of(new double[] {millis[0], again}));
  }

  private static double median(Dataset log, int rows) {
    StepTimes times = new StepTimes();
    Trainer trainer =
        Trainer.of(TableCases.network(rows)).options(TrainCase.options(1, 1)).listener(times);
    try {
      trainer.fit(log, TableCases.validation(log));
    } catch (EnoughException e) {
      return times.median();
    }
    throw new IllegalStateException("the training ended before the listener ended it");
  }

  /**
   * Times the second half of the epoch, in which the weights are averaged, and ends the training
   * before they are copied: of a large table there would be several gigabytes.
   */
  private static final class StepTimes implements ProgressListener {
    private double[] millis = new double[0];
    private long before;

    @Override
    public void onBatch(int epoch, int batch, int batches, double loss) {
      long now = System.nanoTime();
      int first = batches / 2 + batches / 8;
      if (batch == first) {
        millis = new double[batches - first];
      } else if (batch > first) {
        millis[batch - first - 1] = (now - before) / 1e6;
      }
      if (batch == batches) {
        throw new EnoughException();
      }
      before = System.nanoTime();
    }

    double median() {
      return Medians.of(millis);
    }
  }

  /** Ends a training that has been timed. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
