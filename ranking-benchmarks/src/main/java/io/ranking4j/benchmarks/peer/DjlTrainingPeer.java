package io.ranking4j.benchmarks.peer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A plan trained by PyTorch through DJL: the engine's own linear layers and activations, its
 * gradients, DJL's Adam. All tables are one, whose ids are looked up in one operation, which is
 * several times faster there than one lookup a field.
 *
 * <p>DJL has no PReLU for PyTorch; it is put together from two ReLUs. A comparison that is to be
 * fair to it uses ReLU.
 */
public final class DjlTrainingPeer implements TrainingPeer {
  private final TrainingRows data;
  private final Plan plan;
  private final NDManager manager = PyTorch.start().newBaseManager(Device.cpu());
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final Adam adam;
  private final DjlTables tables;
  private ByteBuffer inputs = ByteBuffer.allocateDirect(0);
  private ByteBuffer labels = ByteBuffer.allocateDirect(0);

  /** Starts from the numbers of the data's model. */
  public DjlTrainingPeer(TrainingRows data, double learningRate, TableSetting setting) {
    this.data = data;
    this.plan = data.start().plan();
    this.adam = Adam.builder().optLearningRateTracker(Tracker.fixed((float) learningRate)).build();
    float[] start = data.start().parameters();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Dense dense) {
        add(dense.weights(), transposed(dense.weights(), start));
        Parameter bias = dense.bias();
        if (bias != null) {
          add(bias, manager.create(part(bias, start)));
        }
      } else if (step instanceof Step.Activate activate && activate.slope() != null) {
        add(activate.slope(), manager.create(part(activate.slope(), start)));
      }
    }
    this.tables = new DjlTables(data, manager, adam, learningRate, setting);
  }

  private void add(Parameter parameter, NDArray values) {
    values.setRequiresGradient(true);
    parameters.put(parameter.name(), values);
  }

  private static float[] part(Parameter parameter, float[] all) {
    return java.util.Arrays.copyOfRange(
        all, parameter.offset(), parameter.offset() + parameter.size());
  }

  /** PyTorch keeps weights as out x in. */
  private NDArray transposed(Parameter weights, float[] all) {
    float[] turned = new float[weights.size()];
    for (int i = 0; i < weights.rows(); i++) {
      for (int o = 0; o < weights.columns(); o++) {
        turned[o * weights.rows() + i] = all[weights.offset() + i * weights.columns() + o];
      }
    }
    return manager.create(turned, new Shape(weights.columns(), weights.rows()));
  }

  @Override
  public double step(int[] rows) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray input = input(rows, scratch);
      NDArray wanted = labels(rows, scratch);
      double value;
      try (GradientCollector collector = PyTorch.start().newGradientCollector()) {
        NDArray z = forward(tables.training(input));
        // The engine's own stable loss is not in DJL; these are the operations of DJL's.
        NDArray loss =
            Activation.relu(z)
                .sub(z.mul(wanted))
                .add(Activation.softPlus(z.abs().neg()))
                .sum()
                .div(rows.length);
        collector.backward(loss);
        value = loss.getFloat();
      }
      parameters.forEach(
          (name, values) -> {
            try (NDArray gradient = values.getGradient()) {
              adam.update(name, values, gradient);
            }
          });
      tables.update();
      return value;
    }
  }

  @Override
  public float[] probabilities(int[] rows) {
    try (NDManager scratch = manager.newSubManager()) {
      return Activation.sigmoid(forward(tables.serving(input(rows, scratch)))).toFloatArray();
    }
  }

  private NDArray forward(NDArray input) {
    Map<Integer, NDArray> values = new HashMap<>();
    values.put(plan.input().id(), input);
    for (Step step : plan.steps()) {
      values.put(step.output().id(), run(step, values));
    }
    NDList outputs = new NDList();
    plan.outputs().values().forEach(value -> outputs.add(of(values, value.id())));
    return outputs.size() == 1 ? outputs.get(0) : NDArrays.concat(outputs, 1);
  }

  private NDArray run(Step step, Map<Integer, NDArray> values) {
    NDArray x = of(values, step.inputs().get(0).id());
    if (step instanceof Step.Dense dense) {
      NDArray weights = of(parameters, dense.weights().name());
      Parameter bias = dense.bias();
      return (bias == null
              ? Linear.linear(x, weights)
              : Linear.linear(x, weights, of(parameters, bias.name())))
          .get(0);
    }
    if (step instanceof Step.Add add) {
      return x.add(of(values, add.right().id()));
    }
    if (step instanceof Step.Activate activate) {
      NDArray positive = Activation.relu(x);
      Parameter slope = activate.slope();
      if (activate.activation() == io.ranking4j.runtime.kernel.Activation.RELU) {
        return positive;
      }
      if (slope != null) {
        return positive.add(x.sub(positive).mul(of(parameters, slope.name())));
      }
    }
    throw new IllegalArgumentException("the peer has no " + step);
  }

  private static <K, V> V of(Map<K, V> all, K key) {
    V value = all.get(key);
    if (value == null) {
      throw new IllegalStateException("there is no " + key);
    }
    return value;
  }

  private NDArray input(int[] rows, NDManager scratch) {
    int fields = data.fields();
    if (fields > 0) {
      return scratch.create(tables.ids(rows), new Shape(rows.length, fields), DataType.INT32);
    }
    int width = data.width();
    inputs = room(inputs, rows.length * width);
    FloatBuffer target = inputs.asFloatBuffer();
    for (int row : rows) {
      target.put(data.features().dense(), row * width, width);
    }
    return scratch.create(inputs, new Shape(rows.length, width), DataType.FLOAT32);
  }

  private NDArray labels(int[] rows, NDManager scratch) {
    int tasks = data.tasks();
    labels = room(labels, rows.length * tasks);
    FloatBuffer target = labels.asFloatBuffer();
    for (int row : rows) {
      target.put(data.labels(), row * tasks, tasks);
    }
    return scratch.create(labels, new Shape(rows.length, tasks), DataType.FLOAT32);
  }

  /** A direct buffer of exactly so many numbers: the engine reads it in place. */
  static ByteBuffer room(ByteBuffer buffer, int numbers) {
    return buffer.capacity() == numbers * Float.BYTES
        ? buffer.clear()
        : ByteBuffer.allocateDirect(numbers * Float.BYTES).order(java.nio.ByteOrder.nativeOrder());
  }

  /** The number of a parameter, as our plan keeps it: a copy. */
  public float[] parameter(Parameter parameter) {
    NDArray values = of(parameters, parameter.name());
    if (values.getShape().dimension() == 1) {
      return values.toFloatArray();
    }
    try (NDArray turned = values.transpose()) {
      return turned.toFloatArray();
    }
  }

  /** All tables, one after the other: a copy. */
  public float[] tables() {
    return tables.values();
  }

  /**
   * DJL's setting is read once, when the engine loads; this is what it calls then.
   *
   * @param count at least 1
   */
  @Override
  public void threads(int count) {
    JniUtils.setNumThreads(count);
  }

  @Override
  public void close() {
    manager.close();
  }
}
