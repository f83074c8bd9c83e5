package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.peer.TableSetting;
import java.util.List;

/**
 * Training of one table of a million rows in front of two towers. The peer has several ways to
 * update such a table; its fastest is the case, and each has rows of its own.
 */
public final class LargeTableSuite implements Suite {
  private static final int TABLE = 1_000_000;
  private static final int EPOCHS = 2;

  @Override
  public String name() {
    return "train-large-table";
  }

  @Override
  public String description() {
    return "rows per second with a table of 1,000,000 x 16, against PyTorch's ways to update it";
  }

  @Override
  public void run(Report report) {
    TrainCase table = TableCases.of(TABLE);
    for (int threads = 1; threads <= 2; threads++) {
      TableSettings.compare(
          report,
          table,
          "table-1m-1024" + (threads == 1 ? "" : "-" + threads + "t") + "/djl-pytorch",
          List.of(TableSetting.values()),
          EPOCHS,
          threads);
    }
  }
}
