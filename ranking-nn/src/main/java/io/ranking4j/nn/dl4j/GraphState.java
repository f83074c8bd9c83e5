package io.ranking4j.nn.dl4j;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What changes of a graph that {@link GraphFactory} made: all parameters, both moments of each (the
 * first moments of all, then the second ones), the numbers of steps and epochs that bias
 * corrections and schedules go by, and what its only layer keeps.
 */
public final class GraphState implements Stateful {
  private static final String PARAMETERS = "parameters";
  private static final String MOMENTS = "moments";
  private static final String COUNTS = "counts";

  private final ComputationGraph graph;
  private final PlanNetwork network;

  /** That of a graph, as it is whenever it is saved. */
  public GraphState(ComputationGraph graph) {
    this.graph = graph;
    this.network = (PlanNetwork) graph.getOutputLayer(0);
  }

  @Override
  public void save(StateWriter state) {
    state.floats(PARAMETERS, floats(graph.params()));
    state.floats(MOMENTS, floats(moments()));
    state.longs(COUNTS, graph.getIterationCount(), graph.getEpochCount());
    network.save(state);
  }

  @Override
  public void load(StateReader state) {
    set(graph.params(), state.floats(PARAMETERS));
    set(moments(), state.floats(MOMENTS));
    long[] counts = state.longs(COUNTS, 2);
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    configuration.setIterationCount(Math.toIntExact(counts[0]));
    configuration.setEpochCount(Math.toIntExact(counts[1]));
    network.load(state);
  }

  /**
   * Goes on with Adam from another training of the same plan: with its moments, and with its number
   * of steps, by which Adam corrects them. Those of the loss's own parameters begin anew.
   *
   * @param first moments of the plan's parameters
   * @param second moments likewise
   * @param before what the other training saved
   * @return how many steps were done before
   */
  public int goOn(float[] first, float[] second, StateReader before) {
    int steps = Math.toIntExact(before.longs(COUNTS, 2)[0]);
    INDArray view = moments();
    float[] all = floats(view);
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, all.length / 2, second.length);
    set(view, all);
    graph.getConfiguration().setIterationCount(steps);
    return steps;
  }

  private INDArray moments() {
    return graph.getUpdater(true).getStateViewArray();
  }

  private static float[] floats(INDArray view) {
    return view.dup().data().asFloat();
  }

  private static void set(INDArray view, float[] values) {
    if (view.length() != values.length) {
      throw new ModelFileException(
          "the state is of " + values.length + " numbers, but the graph has " + view.length());
    }
    view.assign(Nd4j.createFromArray(values).reshape(view.shape()));
  }
}
