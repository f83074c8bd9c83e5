package io.ranking4j.nn.dl4j;

import org.nd4j.linalg.schedule.ISchedule;

/** Learning rates by step, as DL4J's updaters ask for them. */
final class StepSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final transient StepRate rate;

  StepSchedule(StepRate rate) {
    this.rate = rate;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return rate.at(iteration);
  }

  @Override
  @SuppressWarnings("MissingSuperCall") // as DL4J declares it: Object's would copy no more
  public ISchedule clone() {
    return this; // immutable
  }
}
