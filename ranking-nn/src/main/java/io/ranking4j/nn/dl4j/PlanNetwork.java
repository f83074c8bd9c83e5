package io.ranking4j.nn.dl4j;

import io.ranking4j.nn.gradient.BatchPass;
import io.ranking4j.nn.gradient.PassOptions;
import io.ranking4j.nn.gradient.TrainingPlan;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.BalancedLoss;
import io.ranking4j.nn.loss.LossBatch;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.FrozenPlan;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A whole plan, forward and backward, as one output layer of a DL4J graph. DL4J owns the
 * parameters, their gradients and the updater; the plan works on them in place.
 *
 * <p>Features are rows x input width. Labels are rows x tasks, or rows x 2 tasks with the weights
 * of the rows beside them. The trainer avoids both copies: it fills {@link #batch} and fits the
 * graph on the batch's own (empty) arrays. Not safe to share between threads.
 */
public final class PlanNetwork extends BaseLayer<PlanLayer> implements IOutputLayer, Stateful {
  private static final long serialVersionUID = 1L;

  private final transient PlanLayer layer;
  private transient @Nullable TrainingPlan training;
  private transient @Nullable Memory parameterMemory;
  private transient @Nullable Memory gradientMemory;
  private final transient WeightDecay decay;
  private transient @Nullable Batch current;

  /** The running statistics while nothing is held for training, or null for the plan's own. */
  private transient float @Nullable [] released;

  private @Nullable INDArray labels;
  private transient float[] ownParameters = new float[0];
  private transient float[] ownGradients = new float[0];
  private boolean backpropagated;

  PlanNetwork(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.layer = (PlanLayer) conf.getLayer();
    this.decay = new WeightDecay(layer.plan(), layer.weightDecay());
  }

  /**
   * One batch, filled by the trainer.
   *
   * @param pass where the input is written to, and its gradient read from
   * @param loss outputs, labels, weights and gradient of the loss
   * @param features stands for the input in a call of the graph's {@code fit}; its content is not
   *     read
   * @param labels stands for the labels, likewise
   */
  public record Batch(BatchPass pass, LossBatch loss, INDArray features, INDArray labels) {}

  /**
   * Memory for a batch of so many rows, to be filled before the graph is fitted on its arrays;
   * valid until a batch of another number of rows is asked for.
   */
  public Batch batch(int rows) {
    return batch(training().stagedBatch(rows));
  }

  private Batch batch(BatchPass pass) {
    Batch batch = current;
    if (batch == null || batch.pass() != pass) {
      batch = newBatch(pass);
      current = batch;
    }
    return batch;
  }

  private Batch newBatch(BatchPass pass) {
    int rows = pass.rows();
    int tasks = layer.plan().outputs().size();
    int width = layer.plan().outputWidth();
    LossBatch loss =
        new LossBatch(
            rows,
            new float[rows * width],
            new float[rows * tasks],
            new float[rows * tasks],
            new float[rows * width]);
    return new Batch(
        pass,
        loss,
        Nd4j.createUninitialized(DataType.FLOAT, rows, layer.plan().input().width()),
        Nd4j.createUninitialized(DataType.FLOAT, rows, tasks));
  }

  /** The parameters of the plan, without those of the loss: a copy. */
  public float[] parameters() {
    float[] copy = new float[layer.plan().parameterCount()];
    readParameters(0, copy, copy.length);
    return copy;
  }

  /** Copies parameters of the plan from {@code from} on to the start of {@code target}. */
  public void readParameters(int from, float[] target, int count) {
    training();
    memory(parameterMemory).read(from, target, 0, count);
  }

  /** The running statistics of normalisations: a copy. */
  public float[] states() {
    return training == null && released != null ? released.clone() : training().states();
  }

  /** Copies running statistics from {@code from} on to the start of {@code target}. */
  public void readStates(int from, float[] target, int count) {
    training().readStates(from, target, count);
  }

  /** Sets the running statistics of normalisations. */
  public void states(float[] values) {
    training().states(values);
  }

  /** Its state: that of the plan in training and of the loss, without what the graph owns. */
  @Override
  public void save(StateWriter state) {
    training().save(state);
    layer.loss().save(state.part("loss"));
  }

  @Override
  public void load(StateReader state) {
    training().load(state);
    layer.loss().load(state.part("loss"));
  }

  private TrainingPlan training() {
    TrainingPlan made = training;
    if (made == null) {
      if (gradientsFlattened == null) {
        throw new IllegalStateException("the graph must be initialised before it is trained");
      }
      GradientKernels kernels = layer.kernels();
      Memory parameters = kernels.wrap(paramsFlattened);
      Memory gradients = kernels.wrap(gradientsFlattened);
      parameterMemory = parameters;
      gradientMemory = gradients;
      made =
          new TrainingPlan(
              layer.plan(), kernels, parameters, gradients, layer.seed(), layer.options());
      if (released != null) {
        made.states(released);
      }
      training = made;
      ownParameters = new float[layer.loss().parameterCount()];
      ownGradients = new float[layer.loss().parameterCount()];
    }
    return made;
  }

  private static Memory memory(@Nullable Memory made) {
    if (made == null) {
      throw new IllegalStateException("the graph must be initialised before it is trained");
    }
    return made;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    Batch batch = load();
    batch.pass().forward(batch.loss().outputs());
    int plan = layer.plan().parameterCount();
    readOwnParameters();
    Memory parameters = memory(parameterMemory);
    score =
        layer.loss().compute(batch.loss(), ownParameters, ownGradients) + decay.penalty(parameters);
    if (layer.loss() instanceof BalancedLoss balanced && balanced.due()) {
      balance(balanced, batch);
    }
    batch.pass().backward(batch.loss().gradient());
    decay.addGradient(parameters, memory(gradientMemory));
    for (int i = 0; i < ownGradients.length; i++) {
      gradientsFlattened.putScalar(plan + i, ownGradients[i]);
    }
    backpropagated = true;
    DefaultGradient result = new DefaultGradient();
    result.gradientForVariable().putAll(gradientViews);
    return new Pair<>(result, null);
  }

  /** Backward for each task alone, as far as to the input. */
  private void balance(BalancedLoss balanced, Batch batch) {
    double[] lengths = new double[balanced.tasks()];
    float[] gradient = new float[batch.loss().gradient().length];
    float[] row = new float[layer.plan().input().width()];
    for (int task = 0; task < lengths.length; task++) {
      balanced.gradientOf(task, batch.loss(), gradient);
      batch.pass().backward(gradient);
      double sum = 0;
      for (int r = 0; r < batch.pass().rows(); r++) {
        batch.pass().readInputGradient(r, 1, row);
        for (PassOptions.ColumnRange range : layer.options().inputGradients()) {
          for (int c = range.from(); c < range.from() + range.count(); c++) {
            sum += (double) row[c] * row[c];
          }
        }
      }
      lengths[task] = Math.sqrt(sum);
    }
    balanced.balance(lengths);
  }

  private void readOwnParameters() {
    if (ownParameters.length > 0) {
      memory(parameterMemory)
          .read(layer.plan().parameterCount(), ownParameters, 0, ownParameters.length);
    }
  }

  /** The batch that the graph was called with; copied in where it is not the trainer's own. */
  private Batch load() {
    INDArray features = input;
    INDArray given = labels;
    if (features == null || given == null) {
      throw new IllegalStateException("the layer needs features and labels before it is trained");
    }
    Batch batch = current;
    if (batch == null || features != batch.features()) {
      // A stage knows nothing of features from elsewhere.
      batch = batch(training().batch(Math.toIntExact(features.size(0))));
      batch.pass().writeInput(floats(features));
    }
    if (given != batch.labels()) {
      copyLabels(given, batch.loss());
    }
    return batch;
  }

  private void copyLabels(INDArray given, LossBatch loss) {
    int tasks = layer.plan().outputs().size();
    int columns = Math.toIntExact(given.size(1));
    if (columns != tasks && columns != 2 * tasks) {
      throw new IllegalArgumentException(
          "labels must have " + tasks + " or " + 2 * tasks + " columns, but had " + columns);
    }
    float[] values = floats(given);
    for (int r = 0; r < loss.rows(); r++) {
      for (int t = 0; t < tasks; t++) {
        loss.labels()[r * tasks + t] = values[r * columns + t];
        loss.weights()[r * tasks + t] = columns == tasks ? 1f : values[r * columns + tasks + t];
      }
    }
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** The outputs (logits) for the input that was set, as serving computes them. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    int rows = Math.toIntExact(input.size(0));
    return Nd4j.createFromArray(serve(floats(input), rows))
        .reshape('c', rows, layer.plan().outputWidth());
  }

  private float[] serve(float[] inputs, int rows) {
    try (FrozenPlan frozen =
            new FrozenPlan(layer.plan(), parameters(), states(), layer.kernels().forward());
        FrozenPlan.Execution execution = frozen.execution(rows)) {
      execution.input().write(inputs);
      execution.run();
      return execution.outputs().toArray();
    }
  }

  /**
   * The loss of the batch that was just trained on, or else of the one that was set, as serving
   * computes its outputs; with what the graph adds to it.
   */
  @Override
  public double computeScore(
      double fullNetworkRegScore, boolean training, LayerWorkspaceMgr workspaceMgr) {
    if (!backpropagated || !training) {
      Batch batch = load();
      float[] outputs = serve(batch.pass().input(), batch.pass().rows());
      System.arraycopy(outputs, 0, batch.loss().outputs(), 0, outputs.length);
      readOwnParameters();
      score =
          layer
                  .loss()
                  .compute(batch.loss(), ownParameters, new float[layer.loss().parameterCount()])
              + decay.penalty(memory(parameterMemory));
    }
    return score + fullNetworkRegScore;
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public void setLabels(INDArray given) {
    this.labels = given;
  }

  @Override
  public @Nullable INDArray getLabels() {
    return labels;
  }

  @Override
  public void clear() {
    super.clear();
    labels = null;
    backpropagated = false;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}

  /**
   * Frees what training holds beside DL4J's own arrays. The network can be used further: what it
   * needs is made again.
   */
  public void release() {
    TrainingPlan made = training;
    if (made != null) {
      released = made.states();
      made.close();
      training = null;
      current = null;
    }
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("a plan is trained through its graph");
  }

  @Override
  public INDArray computeScoreForExamples(double reg, LayerWorkspaceMgr workspaceMgr) {
    throw unsupported();
  }

  @Override
  public double f1Score(DataSet data) {
    throw unsupported();
  }

  @Override
  public double f1Score(INDArray examples, INDArray given) {
    throw unsupported();
  }

  @Override
  @Deprecated
  public int numLabels() {
    return layer.plan().outputs().size();
  }

  @Override
  public void fit(DataSetIterator iterator) {
    throw unsupported();
  }

  @Override
  public int[] predict(INDArray examples) {
    throw unsupported();
  }

  @Override
  public List<String> predict(DataSet dataSet) {
    throw unsupported();
  }

  @Override
  public void fit(INDArray examples, INDArray given) {
    throw unsupported();
  }

  @Override
  public void fit(DataSet data) {
    throw unsupported();
  }

  @Override
  public void fit(INDArray examples, int[] given) {
    throw unsupported();
  }
}
