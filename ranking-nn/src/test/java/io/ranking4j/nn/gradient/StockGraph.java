package io.ranking4j.nn.gradient;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * The network of a plan made of DL4J's own layers, in double precision. The rows of the input are
 * those of an embedding table, whose gradient is therefore that of the input. A product of
 * probabilities is taken as such. The loss of each output is the cross entropy without clipping.
 */
final class StockGraph {
  private final Plan plan;
  private final int rows;
  private final ComputationGraph graph;
  private final Map<Integer, String> nodes = new HashMap<>();

  /** For values that are logits of products, the node that gives the product itself. */
  private final Map<Integer, String> products = new HashMap<>();

  /** DL4J's name of each parameter of the plan. */
  private final Map<Parameter, String> names = new HashMap<>();

  private final List<String> outputs = new ArrayList<>();

  StockGraph(Plan plan, int rows) {
    this.plan = plan;
    this.rows = rows;
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .graphBuilder()
            .addInputs("rows");
    builder.addLayer(
        "input",
        new EmbeddingLayer.Builder()
            .nIn(rows)
            .nOut(plan.input().width())
            .hasBias(false)
            .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
            .build(),
        "rows");
    nodes.put(0, "input");
    for (Step step : plan.steps()) {
      add(builder, step);
    }
    plan.outputs().forEach((task, value) -> addLoss(builder, task, value));
    builder.setOutputs(outputs.toArray(String[]::new));
    graph = new ComputationGraph(builder.build());
    graph.init();
  }

  private void add(GraphBuilder builder, Step step) {
    String node = "v" + step.output().id();
    nodes.put(step.output().id(), node);
    String[] in = step.inputs().stream().map(value -> node(value.id())).toArray(String[]::new);
    if (step instanceof Step.Dense dense) {
      builder.addLayer(
          node,
          new DenseLayer.Builder()
              .nIn(dense.input().width())
              .nOut(dense.output().width())
              .hasBias(dense.bias() != null)
              .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
              .build(),
          in);
      names.put(dense.weights(), node + "_W");
      if (dense.bias() != null) {
        names.put(dense.bias(), node + "_b");
      }
    } else if (step instanceof Step.Activate activate && activate.slope() != null) {
      PReLULayer layer = new PReLULayer.Builder().inputShape(activate.input().width()).build();
      layer.setNIn(activate.input().width());
      builder.addLayer(node, layer, in);
      names.put(activate.slope(), node + "_W");
    } else if (step instanceof Step.Activate activate) {
      builder.addLayer(node, new ActivationLayer(stock(activate.activation())), in);
    } else if (step instanceof Step.BatchNorm norm) {
      builder.addLayer(
          node,
          new BatchNormalization.Builder()
              .nIn(norm.input().width())
              .nOut(norm.input().width())
              .eps(norm.epsilon())
              .decay(norm.momentum())
              .useLogStd(false)
              .build(),
          in);
      names.put(norm.gamma(), node + "_gamma");
      names.put(norm.beta(), node + "_beta");
    } else if (step instanceof Step.Add) {
      builder.addVertex(node, new ElementWiseVertex(ElementWiseVertex.Op.Add), in);
    } else if (step instanceof Step.LogitOfProduct product) {
      builder.addVertex(
          node,
          new ElementWiseVertex(ElementWiseVertex.Op.Product),
          probability(builder, product.left()),
          probability(builder, product.right()));
      products.put(product.output().id(), node);
    } else {
      throw new IllegalArgumentException("no stock layer for " + step);
    }
  }

  private String node(int value) {
    return Objects.requireNonNull(nodes.get(value));
  }

  private String name(Parameter parameter) {
    return Objects.requireNonNull(names.get(parameter));
  }

  private String probability(GraphBuilder builder, Value value) {
    return products.computeIfAbsent(
        value.id(),
        id -> {
          String node = "p" + id;
          // An activation layer overwrites its input outside of training: it is given a copy.
          builder.addVertex("copy" + id, new ScaleVertex(1), node(id));
          builder.addLayer(
              node,
              new ActivationLayer(org.nd4j.linalg.activations.Activation.SIGMOID),
              "copy" + id);
          return node;
        });
  }

  private void addLoss(GraphBuilder builder, String task, Value value) {
    builder.addLayer(
        task,
        new LossLayer.Builder(new LossBinaryXENT(0))
            .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
            .build(),
        probability(builder, value));
    outputs.add(task);
  }

  private static org.nd4j.linalg.activations.Activation stock(Activation activation) {
    return switch (activation) {
      case RELU -> org.nd4j.linalg.activations.Activation.RELU;
      case TANH -> org.nd4j.linalg.activations.Activation.TANH;
      case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
      case SOFTPLUS -> org.nd4j.linalg.activations.Activation.SOFTPLUS;
      case NONE, PRELU -> throw new IllegalArgumentException("no stock activation " + activation);
    };
  }

  void set(float[] input, float[] parameters, float[] states) {
    graph.setParam("input_W", matrix(RandomPlans.doubles(input), rows));
    for (Parameter parameter : plan.parameters()) {
      float[] values =
          Arrays.copyOfRange(parameters, parameter.offset(), parameter.offset() + parameter.size());
      assign(name(parameter), RandomPlans.doubles(values), parameter.rows());
    }
    for (Step step : plan.steps()) {
      if (step instanceof Step.BatchNorm norm) {
        String node = node(norm.output().id());
        int width = norm.input().width();
        double[] all = RandomPlans.doubles(states);
        int mean = norm.meanOffset();
        int variance = norm.varianceOffset();
        assign(node + "_mean", Arrays.copyOfRange(all, mean, mean + width), 1);
        assign(node + "_var", Arrays.copyOfRange(all, variance, variance + width), 1);
      }
    }
  }

  private void assign(String name, double[] values, int ofRows) {
    INDArray target = graph.getParam(name);
    target.assign(matrix(values, ofRows).reshape(target.shape()));
  }

  private static INDArray matrix(double[] values, int ofRows) {
    return Nd4j.createFromArray(values).reshape('c', ofRows, values.length / ofRows);
  }

  private INDArray ids() {
    return Nd4j.arange(rows).castTo(DataType.DOUBLE).reshape(rows, 1);
  }

  /** The probabilities of all tasks side by side, as in serving. */
  double[] probabilities() {
    INDArray[] tasks = graph.output(false, ids());
    return Nd4j.hstack(tasks).dup('c').data().asDouble();
  }

  /** Computes gradients for labels, rows x tasks; gives the loss. */
  double backpropagate(float[] labels) {
    int tasks = outputs.size();
    INDArray all = matrix(RandomPlans.doubles(labels), rows);
    INDArray[] columns = new INDArray[tasks];
    for (int t = 0; t < tasks; t++) {
      columns[t] = all.getColumn(t, true).dup();
    }
    graph.setInputs(ids());
    graph.setLabels(columns);
    graph.computeGradientAndScore();
    return graph.score();
  }

  /** By the input, of the mean of the loss: DL4J's own is of the sum until the updater divides. */
  double[] inputGradient() {
    return mean(graph.gradient().getGradientFor("input_W"));
  }

  /** By the parameters, in the plan's order. */
  double[] parameterGradient() {
    double[] gradient = new double[plan.parameterCount()];
    for (Parameter parameter : plan.parameters()) {
      double[] part = mean(graph.gradient().getGradientFor(name(parameter)));
      System.arraycopy(part, 0, gradient, parameter.offset(), part.length);
    }
    return gradient;
  }

  private double[] mean(INDArray gradient) {
    return gradient.div(rows).dup('c').data().asDouble();
  }
}
