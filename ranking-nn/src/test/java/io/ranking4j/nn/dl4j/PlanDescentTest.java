package io.ranking4j.nn.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.WeightedLoss;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.Solver;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.solvers.StochasticGradientDescent;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The step that leaves out what it has no use for is DL4J's own in what it does. */
class PlanDescentTest {
  private static final int ROWS = 24;
  private static final int STEPS = 5;

  private static final TaskGraph TASKS = TaskGraph.of(Task.binary("a"));
  private static final Plan PLAN = new SharedBottom(Mlp.of(6), Mlp.of()).plan(3, TASKS);

  private final Random random = new Random(11);

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static ComputationGraph graph(float[] parameters) {
    GradientKernels kernels = GradientKernels.of(KernelChoice.FASTEST.create(1));
    WeightedLoss loss = new WeightedLoss(TASKS);
    return GraphFactory.create(PLAN, loss, kernels, parameters, 0.05, 0.1, 7);
  }

  /** Remembers what it is told, and what it finds there. */
  private static final class Told extends BaseTrainingListener {
    private final List<String> calls = new ArrayList<>();
    private final List<float[]> gradients = new ArrayList<>();
    private final List<float[]> parameters = new ArrayList<>();

    private void add(String call, Model model) {
      calls.add(call);
      gradients.add(model.getGradientsViewArray().dup().data().asFloat());
      parameters.add(model.params().dup().data().asFloat());
    }

    @Override
    public void onGradientCalculation(Model model) {
      add("gradient", model);
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      add("iteration " + iteration + " of epoch " + epoch, model);
    }
  }

  @Test
  void should_do_and_tell_what_the_library_does() {
    float[] start = numbers(PLAN.parameterCount());
    INDArray features = Nd4j.createFromArray(numbers(ROWS * 3)).reshape('c', ROWS, 3);
    INDArray labels = features.getColumn(0, true).gt(0.2).castTo(features.dataType());
    ComputationGraph ours = graph(start);
    ComputationGraph theirs = stock(graph(start));
    Told weTold = new Told();
    Told theyTold = new Told();
    ours.setListeners(weTold);
    theirs.setListeners(theyTold);

    for (int step = 0; step < STEPS; step++) {
      ours.fit(new INDArray[] {features}, new INDArray[] {labels});
      theirs.fit(new INDArray[] {features}, new INDArray[] {labels});
      assertThat(ours.score()).as("score of step " + step).isEqualTo(theirs.score());
    }

    assertThat(weTold.calls).isEqualTo(theyTold.calls).hasSize(2 * STEPS);
    for (int call = 0; call < weTold.calls.size(); call++) {
      String what = weTold.calls.get(call);
      assertThat(weTold.gradients.get(call)).as(what).isEqualTo(theyTold.gradients.get(call));
      assertThat(weTold.parameters.get(call)).as(what).isEqualTo(theyTold.parameters.get(call));
    }
    assertThat(ours.getIterationCount()).isEqualTo(STEPS);
    assertThat(ours.getUpdater().getStateViewArray().dup().data().asFloat())
        .isEqualTo(theirs.getUpdater().getStateViewArray().dup().data().asFloat());
    assertThat(ours.params().dup().data().asFloat()).isNotEqualTo(start);
  }

  /** With the solver that DL4J makes for itself. */
  private static ComputationGraph stock(ComputationGraph graph) {
    Solver solver = new Solver.Builder().configure(graph.conf()).model(graph).build();
    ((PlanGraph) graph).start(solver);
    assertThat(solver.getOptimizer()).isExactlyInstanceOf(StochasticGradientDescent.class);
    return graph;
  }
}
