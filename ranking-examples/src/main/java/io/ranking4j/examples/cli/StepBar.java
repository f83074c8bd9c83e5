package io.ranking4j.examples.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal for a known number of steps, and nothing elsewhere. */
final class StepBar {
  private final int steps;
  private final @Nullable ProgressBar bar;
  private int done;

  StepBar(String name, int steps) {
    this.steps = steps;
    this.bar =
        Progress.isTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build()
            : null;
  }

  /** One more is done; the bar goes with the last. */
  void step() {
    done++;
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepTo(done);
      if (done >= steps) {
        shown.close();
      }
    }
  }
}
