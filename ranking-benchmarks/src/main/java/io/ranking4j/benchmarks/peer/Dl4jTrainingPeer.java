package io.ranking4j.benchmarks.peer;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * A plan on a vector, put together from the layers that DL4J comes with and trained by its graph,
 * as one would without our library. Of activations it has ReLU.
 */
public final class Dl4jTrainingPeer implements TrainingPeer {
  private static final String INPUT = "input";

  private final TrainingRows data;
  private final ComputationGraph graph;
  private float[] inputs = new float[0];

  /** Starts from the numbers of the data's model. */
  public Dl4jTrainingPeer(TrainingRows data, double learningRate) {
    if (data.fields() > 0) {
      throw new IllegalArgumentException("the stock layers of this peer read a vector, not ids");
    }
    this.data = data;
    Plan plan = data.start().plan();
    Map<Integer, String> names = new HashMap<>();
    Map<String, Parameter> parameters = new HashMap<>();
    this.graph = new ComputationGraph(configuration(plan, learningRate, names, parameters).build());
    graph.init();
    float[] start = data.start().parameters();
    parameters.forEach(
        (key, parameter) -> {
          INDArray target = graph.paramTable().get(key);
          float[] values =
              Arrays.copyOfRange(start, parameter.offset(), parameter.offset() + parameter.size());
          Objects.requireNonNull(target, key)
              .assign(Nd4j.createFromArray(values).reshape('c', target.shape()));
        });
  }

  private static GraphBuilder configuration(
      Plan plan,
      double learningRate,
      Map<Integer, String> names,
      Map<String, Parameter> parameters) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(learningRate))
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(InputType.feedForward(plan.input().width()));
    names.put(plan.input().id(), INPUT);
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      String name = "step" + i;
      boolean rectified = i + 1 < plan.steps().size() && rectifies(plan.steps().get(i + 1), step);
      add(builder, step, rectified, name, names, parameters);
      if (rectified) {
        i++;
      }
      names.put(plan.steps().get(i).output().id(), name);
    }
    String[] outputs =
        plan.outputs().keySet().stream().map(task -> "loss." + task).toArray(String[]::new);
    plan.outputs()
        .forEach(
            (task, value) -> {
              // Left to a loss layer, the sigmoid is taken twice in training: once in place in the
              // forward pass, and again for the loss.
              builder.addVertex("copy." + task, new ScaleVertex(1), name(names, value));
              builder.addLayer(
                  "sigmoid." + task, new ActivationLayer(new ActivationSigmoid()), "copy." + task);
              builder.addLayer(
                  "loss." + task,
                  new LossLayer.Builder(new LossBinaryXENT())
                      .activation(new ActivationIdentity())
                      .build(),
                  "sigmoid." + task);
            });
    return builder.setOutputs(outputs);
  }

  private static void add(
      GraphBuilder builder,
      Step step,
      boolean rectified,
      String name,
      Map<Integer, String> names,
      Map<String, Parameter> parameters) {
    String x = name(names, step.inputs().get(0));
    if (step instanceof Step.Dense dense) {
      builder.addLayer(
          name,
          new DenseLayer.Builder()
              .nIn(dense.input().width())
              .nOut(dense.output().width())
              .activation(rectified ? new ActivationReLU() : new ActivationIdentity())
              .hasBias(dense.bias() != null)
              .build(),
          x);
      parameters.put(name + "_W", dense.weights());
      if (dense.bias() != null) {
        parameters.put(name + "_b", dense.bias());
      }
    } else if (step instanceof Step.Add add) {
      builder.addVertex(
          name, new ElementWiseVertex(ElementWiseVertex.Op.Add), x, name(names, add.right()));
    } else {
      throw new IllegalArgumentException("the peer has no " + step);
    }
  }

  /** Whether a step is the ReLU of another one's output, which a dense layer does itself. */
  private static boolean rectifies(Step step, Step before) {
    return step instanceof Step.Activate activate
        && before instanceof Step.Dense
        && activate.activation() == Activation.RELU
        && activate.input().equals(before.output());
  }

  private static String name(Map<Integer, String> names, Value value) {
    return Objects.requireNonNull(names.get(value.id()), () -> "no value " + value);
  }

  @Override
  public double step(int[] rows) {
    int tasks = data.tasks();
    INDArray[] labels = new INDArray[tasks];
    for (int t = 0; t < tasks; t++) {
      float[] column = new float[rows.length];
      for (int r = 0; r < rows.length; r++) {
        column[r] = data.labels()[rows[r] * tasks + t];
      }
      labels[t] = Nd4j.create(column, new long[] {rows.length, 1}, 'c');
    }
    graph.fit(new INDArray[] {input(rows)}, labels);
    return graph.score();
  }

  /** Rows of the log as the graph reads them. */
  INDArray input(int[] rows) {
    int width = data.width();
    if (inputs.length != rows.length * width) {
      inputs = new float[rows.length * width];
    }
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(data.features().dense(), rows[r] * width, inputs, r * width, width);
    }
    return Nd4j.create(inputs, new long[] {rows.length, width}, 'c');
  }

  @Override
  public float[] probabilities(int[] rows) {
    return probabilities(input(rows));
  }

  /** The probabilities of rows that lie in the graph's form already. */
  float[] probabilities(INDArray input) {
    int rows = Math.toIntExact(input.size(0));
    int tasks = data.tasks();
    INDArray[] columns = graph.output(input);
    float[] all = new float[rows * tasks];
    for (int t = 0; t < tasks; t++) {
      float[] column = columns[t].dup('c').data().asFloat();
      for (int r = 0; r < rows; r++) {
        all[r * tasks + t] = column[r];
      }
    }
    return all;
  }

  @Override
  public void threads(int count) {
    Nd4j.getEnvironment().setMaxMasterThreads(count);
    Nd4j.factory().blas().setMaxThreads(count);
  }

  @Override
  public void close() {
    graph.close();
  }
}
