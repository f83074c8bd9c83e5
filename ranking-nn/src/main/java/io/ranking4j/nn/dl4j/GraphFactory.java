package io.ranking4j.nn.dl4j;

import io.ranking4j.nn.gradient.PassOptions;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.runtime.plan.Plan;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Makes the DL4J graph of a plan: one input, one layer. */
public final class GraphFactory {
  /** The name of the graph's input. */
  public static final String INPUT = "input";

  /** The name of the graph's only layer. */
  public static final String LAYER = "plan";

  private GraphFactory() {}

  /** Makes a graph with Adam that runs on the calling thread, and gives the input's gradient. */
  public static ComputationGraph create(
      Plan plan,
      JointLoss loss,
      GradientKernels kernels,
      float[] parameters,
      double learningRate,
      double weightDecay,
      long seed) {
    return create(
        plan,
        loss,
        kernels,
        PassOptions.of(plan),
        parameters,
        step -> learningRate,
        weightDecay,
        seed);
  }

  /**
   * Makes a graph with Adam.
   *
   * @param plan the network
   * @param loss the loss over its outputs
   * @param kernels what it runs with
   * @param options how it is run; its workers must be open while the graph is trained
   * @param parameters where the plan's parameters start
   * @param learningRate of Adam
   * @param weightDecay L2 on the weights of products, none on biases, slopes, normalisations and
   *     the parameters of the loss: half of it times the sum of their squares is added to the loss;
   *     0 for none
   * @param seed of the dropout masks
   */
  public static ComputationGraph create(
      Plan plan,
      JointLoss loss,
      GradientKernels kernels,
      PassOptions options,
      float[] parameters,
      StepRate learningRate,
      double weightDecay,
      long seed) {
    PlanAdam adam = new PlanAdam(learningRate.at(0), kernels, options.workers());
    adam.setLearningRateSchedule(new StepSchedule(learningRate));
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            // Losses are divided by the rows that a task learns from, not by those of the batch.
            .miniBatch(false)
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .updater(adam);
    PlanGraph graph =
        new PlanGraph(
            builder
                .graphBuilder()
                .addInputs(INPUT)
                .addLayer(
                    LAYER, new PlanLayer(plan, loss, kernels, options, weightDecay, seed), INPUT)
                .setOutputs(LAYER)
                .build());
    graph.init();
    graph.initGradientsView();
    graph.start();
    float[] all = Arrays.copyOf(parameters, plan.parameterCount() + loss.parameterCount());
    float[] own = loss.parameterStart();
    System.arraycopy(own, 0, all, plan.parameterCount(), own.length);
    setParameters(graph, all);
    return graph;
  }

  /** Sets the first parameters of a graph, leaving those after them. */
  public static void setParameters(ComputationGraph graph, float[] parameters) {
    INDArray view = graph.params();
    float[] all = view.dup().data().asFloat();
    System.arraycopy(parameters, 0, all, 0, parameters.length);
    view.assign(Nd4j.createFromArray(all).reshape(view.shape()));
  }
}
