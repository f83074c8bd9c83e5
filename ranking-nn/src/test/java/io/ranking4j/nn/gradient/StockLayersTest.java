package io.ranking4j.nn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.nn.dl4j.GraphFactory;
import io.ranking4j.nn.dl4j.PlanNetwork;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.WeightedLoss;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A plan in a graph gives the loss, outputs and gradients of the same network of stock layers. */
class StockLayersTest {
  private static final int ROWS = 24;
  private static final double TOLERANCE = 1e-5;

  /** The arrays are so small that more threads would only wait for one another. */
  @BeforeAll
  static void run_on_one_thread() {
    Nd4j.getEnvironment().setMaxMasterThreads(1);
  }

  static List<ArchitectureCases.Case> networks() {
    // Dropout draws masks of its own.
    return ArchitectureCases.ofStockLayers().stream()
        .filter(
            network -> network.plan().steps().stream().noneMatch(Step.Dropout.class::isInstance))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void should_agree_with_stock_layers(ArchitectureCases.Case network) {
    Plan plan = network.plan();
    Random random = new Random(17);
    float[] parameters = RandomPlans.numbers(random, plan.parameterCount());
    float[] states = plan.initialStates();
    for (int i = 0; i < states.length; i++) {
      states[i] += random.nextFloat() / 2;
    }
    float[] input = RandomPlans.numbers(random, ROWS * plan.input().width());
    float[] labels = new float[ROWS * plan.outputs().size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(3) == 0 ? 1 : 0;
    }
    StockGraph stock = new StockGraph(plan, ROWS);
    stock.set(input, parameters, states);
    double[] probabilities = stock.probabilities();
    double loss = stock.backpropagate(labels);

    for (GradientKernels kernels : TestKernels.all()) {
      String name = network + ", " + kernels.forward().name();
      ComputationGraph graph =
          GraphFactory.create(
              plan, new WeightedLoss(network.tasks()), kernels, parameters, 0.1, 0, 1);
      PlanNetwork layer = (PlanNetwork) graph.getOutputLayer(0);
      layer.states(states);
      INDArray x = Nd4j.createFromArray(input).reshape('c', ROWS, plan.input().width());
      float[] outputs = graph.outputSingle(x).dup('c').data().asFloat();
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (float) (1 / (1 + Math.exp(-outputs[i])));
      }
      Agreement.check(name + ": probabilities", outputs, probabilities, TOLERANCE);

      graph.setInputs(x);
      graph.setLabels(Nd4j.createFromArray(labels).reshape('c', ROWS, plan.outputs().size()));
      graph.computeGradientAndScore();
      assertThat(graph.score()).as(name).isCloseTo(loss, within(TOLERANCE));
      Agreement.check(
          name + ": by parameters",
          graph.gradient().gradient().dup('c').data().asFloat(),
          stock.parameterGradient(),
          TOLERANCE);
      Agreement.check(
          name + ": by input",
          layer.batch(ROWS).pass().inputGradient(),
          stock.inputGradient(),
          TOLERANCE);
      layer.release();
    }
  }
}
