package io.ranking4j.nn.dl4j;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.parallel.Workers;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * DL4J's Adam, computed on the CPU in vector instructions and divided among workers. DL4J holds its
 * state, and calls it, like any updater; where ND4J runs on another device it is DL4J's own.
 */
final class PlanAdam extends Adam {
  private static final long serialVersionUID = 1L;

  private final transient GradientKernels kernels;
  private final transient Workers workers;

  PlanAdam(double learningRate, GradientKernels kernels, Workers workers) {
    super(learningRate);
    this.kernels = kernels;
    this.workers = workers;
  }

  @Override
  @SuppressWarnings("rawtypes") // as DL4J declares it
  public GradientUpdater instantiate(INDArray viewArray, boolean initializeViewArray) {
    if (!Nd4j.getEnvironment().isCPU()) {
      return super.instantiate(viewArray, initializeViewArray);
    }
    PlanAdamUpdater updater = new PlanAdamUpdater(this, kernels, workers);
    updater.setStateViewArray(
        viewArray, new long[] {1, viewArray.length() / 2}, 'c', initializeViewArray);
    return updater;
  }

  @Override
  @SuppressWarnings("rawtypes") // as DL4J declares it
  public GradientUpdater instantiate(Map<String, INDArray> state, boolean initializeState) {
    return super.instantiate(state, initializeState);
  }

  @Override
  public PlanAdam clone() {
    PlanAdam copy = new PlanAdam(getLearningRate(), kernels, workers);
    copy.setBeta1(getBeta1());
    copy.setBeta2(getBeta2());
    copy.setEpsilon(getEpsilon());
    copy.setLearningRateSchedule(getLearningRateSchedule());
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlanAdam && super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
