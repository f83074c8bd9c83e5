package io.ranking4j.nn.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.nn.loss.UncertaintyLoss;
import io.ranking4j.nn.loss.WeightedLoss;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A plan as a layer does what DL4J expects of one. */
class PlanNetworkTest {
  private static final int ROWS = 30;
  private static final int WIDTH = 4;
  private static final TaskGraph TASKS = TaskGraph.of(Task.binary("a"), Task.binary("b"));
  private static final Plan PLAN =
      new SharedBottom(Mlp.of(6).batchNorm(true).dropout(0.2), Mlp.of()).plan(WIDTH, TASKS);

  private final Random random = new Random(5);
  private final INDArray features = features();
  private final INDArray labels = labels();

  private INDArray features() {
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape('c', ROWS, WIDTH);
  }

  private INDArray labels() {
    float[] values = new float[ROWS * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = features.getFloat(i / 2, i % 2) > 0.3 ? 1 : 0;
    }
    return Nd4j.createFromArray(values).reshape('c', ROWS, 2);
  }

  private ComputationGraph graph(JointLoss loss) {
    float[] parameters = new float[PLAN.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextGaussian() / 3;
    }
    GradientKernels kernels = GradientKernels.of(KernelChoice.FASTEST.create(1));
    return GraphFactory.create(PLAN, loss, kernels, parameters, 0.05, 0, 7);
  }

  private static PlanNetwork layer(ComputationGraph graph) {
    return (PlanNetwork) graph.getOutputLayer(0);
  }

  /** The mean of the cross entropies of both tasks, for the outputs that the graph gives. */
  private double loss(ComputationGraph graph) {
    INDArray z = graph.outputSingle(features);
    double sum = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int t = 0; t < 2; t++) {
        double logit = z.getDouble(r, t);
        sum += Math.log1p(Math.exp(logit)) - labels.getDouble(r, t) * logit;
      }
    }
    return sum / ROWS;
  }

  @Test
  void should_learn_from_arrays_of_somebody_else() {
    ComputationGraph graph = graph(new WeightedLoss(TASKS));
    double before = loss(graph);
    for (int step = 0; step < 200; step++) {
      graph.fit(new INDArray[] {features}, new INDArray[] {labels});
    }
    assertThat(loss(graph)).isLessThan(0.4 * before);
    assertThat(graph.getIterationCount()).isEqualTo(200);
  }

  @Test
  void should_score_a_data_set_as_it_serves_it_and_learn_nothing_from_it() {
    ComputationGraph graph = graph(new WeightedLoss(TASKS));
    graph.fit(new INDArray[] {features}, new INDArray[] {labels});
    float[] states = layer(graph).states();
    INDArray parameters = graph.params().dup();

    double score = graph.score(new DataSet(features, labels));

    assertThat(score).isCloseTo(loss(graph), within(1e-5));
    assertThat(graph.score(new DataSet(features, labels))).isEqualTo(score);
    assertThat(layer(graph).states()).isEqualTo(states);
    assertThat(graph.params()).isEqualTo(parameters);
  }

  @Test
  void should_score_with_the_uncertainties_that_were_learned() {
    UncertaintyLoss loss = new UncertaintyLoss(TASKS, UncertaintyLoss.Form.KENDALL);
    ComputationGraph graph = graph(loss);
    float[] all = graph.params().dup().data().asFloat();
    all[PLAN.parameterCount()] = (float) Math.log(4);
    all[PLAN.parameterCount() + 1] = (float) Math.log(4);
    GraphFactory.setParameters(graph, all);

    assertThat(graph.score(new DataSet(features, labels)))
        .isCloseTo(loss(graph) / 4 + Math.log(4), within(1e-5));
  }

  @Test
  void should_take_weights_beside_the_labels() {
    ComputationGraph graph = graph(new WeightedLoss(TASKS));
    INDArray none = Nd4j.hstack(labels, Nd4j.zeros(ROWS, 2));
    INDArray twice = Nd4j.hstack(labels, Nd4j.valueArrayOf(new int[] {ROWS, 2}, 2f));

    assertThat(graph.score(new DataSet(features, none))).isZero();
    assertThat(graph.score(new DataSet(features, twice))).isCloseTo(2 * loss(graph), within(1e-5));
    INDArray three = Nd4j.zeros(ROWS, 3);
    assertThatThrownBy(() -> graph.score(new DataSet(features, three)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labels must have 2 or 4 columns, but had 3");
  }

  @Test
  void should_go_on_after_its_memory_was_freed() {
    ComputationGraph graph = graph(new WeightedLoss(TASKS));
    for (int step = 0; step < 5; step++) {
      graph.fit(new INDArray[] {features}, new INDArray[] {labels});
    }
    INDArray outputs = graph.outputSingle(features);
    float[] states = layer(graph).states();

    layer(graph).release();
    layer(graph).release();

    assertThat(graph.outputSingle(features)).isEqualTo(outputs);
    assertThat(layer(graph).states()).isEqualTo(states);
    graph.fit(new INDArray[] {features}, new INDArray[] {labels});
    assertThat(layer(graph).states()).isNotEqualTo(states);
    layer(graph).release();
  }

  @Test
  void should_name_its_parameters() {
    ComputationGraph plain = graph(new WeightedLoss(TASKS));
    assertThat(layer(plain).paramTable()).containsOnlyKeys(PlanParameters.PLAN);
    ComputationGraph learned = graph(new UncertaintyLoss(TASKS, UncertaintyLoss.Form.LIEBEL));
    assertThat(layer(learned).paramTable())
        .containsOnlyKeys(PlanParameters.PLAN, PlanParameters.LOSS);
    assertThat(learned.getParam("plan_loss").data().asFloat()).containsExactly(1, 1);
    assertThat(learned.numParams()).isEqualTo(PLAN.parameterCount() + 2);
    assertThat(learned.summary()).contains("PlanNetwork");
  }
}
