package io.ranking4j.nn.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph whose steps are done by {@link PlanDescent}; in all else DL4J's own. Its listeners are to
 * be set through the graph.
 */
final class PlanGraph extends ComputationGraph {
  private static final long serialVersionUID = 1L;

  PlanGraph(ComputationGraphConfiguration configuration) {
    super(configuration);
  }

  /** All parameters themselves: no view is made. */
  INDArray flatParameters() {
    return flattenedParams;
  }

  /** To be called once the graph is initialised. */
  void start() {
    PlanDescent descent = new PlanDescent(this);
    start(
        new Solver() {
          @Override
          public void initOptimizer() {}

          @Override
          public ConvexOptimizer getOptimizer() {
            return descent;
          }

          @Override
          public void optimize(LayerWorkspaceMgr workspaces) {
            descent.optimize(workspaces);
          }

          @Override
          public void setListeners(Collection<TrainingListener> listeners) {
            descent.setListeners(listeners);
          }
        });
  }

  /** Has the steps done by another. */
  void start(Solver other) {
    solver = other;
  }
}
