package io.ranking4j.nn.dl4j;

import io.ranking4j.nn.gradient.PassOptions;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.runtime.plan.Plan;
import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a {@link PlanNetwork}: a whole plan with its joint loss as one output layer
 * of a DL4J graph. DL4J's own JSON of it is for display only: a model is saved as a model file.
 */
public final class PlanLayer extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  private final transient Plan plan;
  private final transient JointLoss loss;
  private final transient GradientKernels kernels;
  private final transient PassOptions options;
  private final double weightDecay;
  private final long seed;

  /**
   * Makes a configuration.
   *
   * @param plan the network
   * @param loss the loss over its outputs
   * @param kernels what it runs with
   * @param options how it is run
   * @param weightDecay L2 on the weights of products
   * @param seed of the dropout masks
   */
  public PlanLayer(
      Plan plan,
      JointLoss loss,
      GradientKernels kernels,
      PassOptions options,
      double weightDecay,
      long seed) {
    this.plan = plan;
    this.loss = loss;
    this.kernels = kernels;
    this.options = options;
    this.weightDecay = weightDecay;
    this.seed = seed;
    this.nIn = plan.input().width();
    this.nOut = plan.outputWidth();
  }

  Plan plan() {
    return plan;
  }

  JointLoss loss() {
    return loss;
  }

  GradientKernels kernels() {
    return kernels;
  }

  PassOptions options() {
    return options;
  }

  double weightDecay() {
    return weightDecay;
  }

  long seed() {
    return seed;
  }

  /** Floats of the plan and the loss together. */
  int totalParameters() {
    return plan.parameterCount() + loss.parameterCount();
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parametersView,
      boolean initialize,
      DataType dataType) {
    PlanNetwork network = new PlanNetwork(conf, dataType);
    network.setListeners(listeners);
    network.setIndex(index);
    network.setParamsViewArray(parametersView);
    Map<String, INDArray> table = initializer().init(conf, parametersView, initialize);
    network.setParamTable(table);
    network.setConf(conf);
    return network;
  }

  @Override
  public ParamInitializer initializer() {
    return PlanParameters.INSTANCE;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long parameters = totalParameters();
    return new LayerMemoryReport.Builder(
            getLayerName(), PlanLayer.class, inputType, InputType.feedForward(getNOut()))
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .build();
  }
}
