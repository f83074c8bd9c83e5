package io.ranking4j.nn.dl4j;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.kernel.Memory;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam (Kingma and Ba 2015) in the form that DL4J computes: {@code m = b1 m + (1 - b1) g}, {@code v
 * = b2 v + (1 - b2) g^2}, step {@code rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)}.
 * Numbers are copied to arrays a block at a time, since the JVM has vector instructions for loops
 * over arrays, and none for loops over native memory.
 */
final class PlanAdamUpdater implements GradientUpdater<Adam> {
  /** Gradients, two moments, parameters. */
  private static final int BLOCKS = 4;

  /** Floats of a block: those of a worker fit into the first-level cache. */
  private static final int BLOCK = 1024;

  private final PlanAdam config;
  private final Workers workers;
  private final float[][] blocks;
  private final GradientKernels kernels;
  private @Nullable Memory first;
  private @Nullable Memory second;

  /** The arrays that the moments lie in, kept so that their memory is. */
  private Map<String, INDArray> state = Map.of();

  private final View gradients = new View();
  private final View parameters = new View();

  PlanAdamUpdater(PlanAdam config, GradientKernels kernels, Workers workers) {
    this.config = config;
    this.kernels = kernels;
    this.workers = workers;
    this.blocks = new float[BLOCKS * workers.count()][BLOCK];
  }

  @Override
  public Adam getConfig() {
    return config;
  }

  @Override
  public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
    INDArray flat = view.reshape(view.length());
    if (initialize) {
      flat.assign(0);
    }
    long half = flat.length() / 2;
    INDArray m = flat.get(NDArrayIndex.interval(0, half));
    INDArray v = flat.get(NDArrayIndex.interval(half, 2 * half));
    state = Map.of("M", m, "V", v);
    first = kernels.wrap(NativeFloats.pointer(m));
    second = kernels.wrap(NativeFloats.pointer(v));
  }

  @Override
  public void setState(Map<String, INDArray> other, boolean initialize) {
    for (Map.Entry<String, INDArray> own : state.entrySet()) {
      INDArray values = other.get(own.getKey());
      if (initialize) {
        own.getValue().assign(0);
      } else if (values != null) {
        own.getValue().assign(values.reshape(own.getValue().shape()));
      }
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    return state;
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    run(gradients.of(gradient), null, iteration, epoch);
  }

  /**
   * Puts the update in the place of the gradient, and takes it from the parameters.
   *
   * @param gradient of all parameters
   * @param all parameters
   */
  void step(INDArray gradient, INDArray all, int iteration, int epoch) {
    run(gradients.of(gradient), parameters.of(all), iteration, epoch);
  }

  private void run(Memory gradient, @Nullable Memory all, int iteration, int epoch) {
    Memory m = first;
    Memory v = second;
    if (m == null || v == null) {
      throw new IllegalStateException("the updater has no state yet");
    }
    double power1 = Math.pow(config.getBeta1(), iteration + 1.0);
    double power2 = Math.pow(config.getBeta2(), iteration + 1.0);
    double rate = config.getLearningRate(iteration, epoch);
    float step = (float) (rate * Math.sqrt(1 - power2) / (1 - power1));
    workers.run(worker -> update(worker, gradient, m, v, all, step));
  }

  private void update(
      int worker,
      Memory gradient,
      Memory firsts,
      Memory seconds,
      @Nullable Memory all,
      float step) {
    float[] g = blocks[BLOCKS * worker];
    float[] m = blocks[BLOCKS * worker + 1];
    float[] v = blocks[BLOCKS * worker + 2];
    float[] p = blocks[BLOCKS * worker + 3];
    int end = workers.from(worker + 1, gradient.size());
    for (int at = workers.from(worker, gradient.size()); at < end; at += BLOCK) {
      int n = Math.min(BLOCK, end - at);
      gradient.read(at, g, 0, n);
      firsts.read(at, m, 0, n);
      seconds.read(at, v, 0, n);
      update(g, m, v, n, step);
      gradient.write(at, g, 0, n);
      firsts.write(at, m, 0, n);
      seconds.write(at, v, 0, n);
      if (all != null) {
        all.read(at, p, 0, n);
        for (int i = 0; i < n; i++) {
          p[i] -= g[i];
        }
        all.write(at, p, 0, n);
      }
    }
  }

  /** The memory of an array that is mostly the same one. */
  private final class View {
    private @Nullable Memory memory;
    private long address;

    Memory of(INDArray array) {
      long now = array.data().addressPointer().address();
      Memory known = memory;
      if (known == null || now != address || known.size() != array.length()) {
        known = kernels.wrap(NativeFloats.pointer(array));
        memory = known;
        address = now;
      }
      return known;
    }
  }

  private void update(float[] g, float[] m, float[] v, int n, float step) {
    float b1 = (float) config.getBeta1();
    float b2 = (float) config.getBeta2();
    float c1 = (float) (1 - config.getBeta1());
    float c2 = (float) (1 - config.getBeta2());
    float epsilon = (float) config.getEpsilon();
    for (int i = 0; i < n; i++) {
      m[i] = b1 * m[i] + c1 * g[i];
    }
    for (int i = 0; i < n; i++) {
      v[i] = b2 * v[i] + c2 * g[i] * g[i];
    }
    for (int i = 0; i < n; i++) {
      g[i] = step * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }
}
