package io.ranking4j.nn.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.deeplearning4j.optimize.solvers.StochasticGradientDescent;
import org.deeplearning4j.optimize.stepfunctions.NegativeGradientStepFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The steps of DL4J's own optimiser on a graph of one layer with one updater, without what such a
 * graph has no use for: minibatch division, normalisation and regularisation of gradients,
 * constraints, and the views and copies of all parameters that are made for each of them. The
 * update is taken from the parameters where it is computed. Listeners see what they are used to:
 * the graph's gradients after the backward pass, and the update in their place after the step.
 */
final class PlanDescent extends StochasticGradientDescent {
  private static final long serialVersionUID = 1L;

  private final transient PlanGraph graph;

  PlanDescent(PlanGraph graph) {
    super(
        graph.conf(),
        new NegativeGradientStepFunction(),
        new ArrayList<>(graph.getListeners()),
        graph);
    this.graph = graph;
  }

  @Override
  public boolean optimize(LayerWorkspaceMgr workspaces) {
    List<UpdaterBlock> blocks = graph.getUpdater(true).getUpdaterBlocks();
    if (getGradientsAccumulator() != null
        || blocks.size() != 1
        || !(blocks.get(0).getGradientUpdater() instanceof PlanAdamUpdater updater)) {
      return super.optimize(workspaces);
    }
    graph.computeGradientAndScore(workspaces);
    score = graph.score();
    for (TrainingListener listener : trainingListeners) {
      listener.onGradientCalculation(graph);
    }
    int iteration = graph.getIterationCount();
    int epoch = graph.getEpochCount();
    INDArray gradients = graph.getGradientsViewArray();
    updater.step(gradients, graph.flatParameters(), iteration, epoch);
    for (TrainingListener listener : trainingListeners) {
      listener.iterationDone(graph, iteration, epoch);
    }
    BaseOptimizer.incrementIterationCount(graph, 1);
    return true;
  }
}
