package io.ranking4j.nn.dl4j;

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
import org.nd4j.linalg.learning.config.Adam;

/** Makes the DL4J graph of a plan: one input, one layer. */
public final class GraphFactory {
  /** The name of the graph's input. */
  public static final String INPUT = "input";

  /** The name of the graph's only layer. */
  public static final String LAYER = "plan";

  private GraphFactory() {}

  /**
   * Makes a graph with Adam.
   *
   * @param plan the network
   * @param loss the loss over its outputs
   * @param kernels what it runs with
   * @param parameters where the plan's parameters start
   * @param learningRate of Adam
   * @param weightDecay L2 on all parameters of the plan, none on those of the loss; 0 for none
   * @param seed of the dropout masks
   */
  public static ComputationGraph create(
      Plan plan,
      JointLoss loss,
      GradientKernels kernels,
      float[] parameters,
      double learningRate,
      double weightDecay,
      long seed) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            // Losses are divided by the rows that a task learns from, not by those of the batch.
            .miniBatch(false)
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .updater(new Adam(learningRate));
    if (weightDecay > 0) {
      builder.l2(weightDecay);
    }
    ComputationGraph graph =
        new ComputationGraph(
            builder
                .graphBuilder()
                .addInputs(INPUT)
                .addLayer(LAYER, new PlanLayer(plan, loss, kernels, seed), INPUT)
                .setOutputs(LAYER)
                .build());
    graph.init();
    graph.initGradientsView();
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
