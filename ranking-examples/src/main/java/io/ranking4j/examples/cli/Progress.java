package io.ranking4j.examples.cli;

import io.ranking4j.examples.report.TextTable;
import io.ranking4j.nn.training.EpochReport;
import io.ranking4j.nn.training.ProgressListener;
import java.io.Console;
import java.io.PrintWriter;
import java.util.StringJoiner;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how a training gets on: a line for each epoch, and on a terminal a bar within it. */
final class Progress implements ProgressListener, AutoCloseable {
  private final PrintWriter out;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private boolean begun;

  Progress(PrintWriter out) {
    this.out = out;
    this.terminal = isTerminal();
  }

  /** Whether standard output is a terminal; later Java versions have a console in any case. */
  @SuppressWarnings("SystemConsoleNull") // what it means where it is not null is asked below
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }

  @Override
  public void onBatch(int epoch, int batch, int batches, double loss) {
    if (!begun && (epoch > 1 || batch > 1)) {
      out.printf("going on at batch %d of epoch %d%n", batch, epoch);
      out.flush();
    }
    begun = true;
    if (!terminal) {
      return;
    }
    ProgressBar shown = bar;
    if (shown == null) {
      shown =
          new ProgressBarBuilder()
              .setTaskName("epoch " + epoch)
              .setInitialMax(batches)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
      bar = shown;
    }
    shown.stepTo(batch);
  }

  @Override
  public void onEpoch(EpochReport report) {
    close();
    StringJoiner auc = new StringJoiner("  ");
    report.quality().forEach((task, value) -> auc.add(task + " " + TextTable.format(value)));
    out.printf(
        "epoch %d  loss %s  %s  (%.1f s)%s%n",
        report.epoch(),
        TextTable.format(report.trainingLoss()),
        auc,
        report.seconds(),
        report.best() ? "  *" : "");
    out.flush();
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.close();
      bar = null;
    }
  }
}
