package io.ranking4j.benchmarks.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.Adam;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The embedding tables of {@link DjlTrainingPeer}, joined to one. */
final class DjlTables {
  private static final String NAME = "tables";
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final TrainingRows data;
  private final Adam adam;
  private final double learningRate;
  private final TableSetting setting;
  private final int[] firstRow;
  private final int width;
  private final @Nullable NDArray table;
  private final @Nullable NDArray means;
  private final @Nullable NDArray variances;
  private @Nullable NDArray touched;
  private @Nullable NDArray rows;
  private int step;
  private ByteBuffer ids = ByteBuffer.allocateDirect(0);

  DjlTables(
      TrainingRows data, NDManager manager, Adam adam, double learningRate, TableSetting setting) {
    this.data = data;
    this.adam = adam;
    this.learningRate = learningRate;
    this.setting = setting;
    List<EmbeddingTable> parts = data.start().tables();
    this.firstRow = new int[parts.size() + 1];
    for (int t = 0; t < parts.size(); t++) {
      firstRow[t + 1] = firstRow[t] + parts.get(t).spec().rows();
    }
    this.width = parts.isEmpty() ? 0 : parts.get(0).spec().width();
    if (parts.isEmpty()) {
      table = null;
      means = null;
      variances = null;
      return;
    }
    float[] joined = new float[Math.multiplyExact(firstRow[parts.size()], width)];
    for (int t = 0; t < parts.size(); t++) {
      float[] values = parts.get(t).values();
      System.arraycopy(values, 0, joined, firstRow[t] * width, values.length);
    }
    NDArray all = manager.create(joined, new Shape(firstRow[parts.size()], width));
    boolean lazy = setting == TableSetting.LAZY_ADAM;
    all.setRequiresGradient(!lazy);
    table = all;
    means = lazy ? all.zerosLike() : null;
    variances = lazy ? all.zerosLike() : null;
  }

  /** The rows of the joined table that a batch reads, field by field within each row. */
  ByteBuffer ids(int[] batch) {
    List<EmbeddingField> fields = data.features().layout().embeddings();
    ids = DjlTrainingPeer.room(ids, batch.length * fields.size());
    IntBuffer target = ids.asIntBuffer();
    for (EmbeddingField field : fields) {
      int[] column = data.features().ids(field.index());
      int first = firstRow[field.table()];
      for (int r = 0; r < batch.length; r++) {
        target.put(r * fields.size() + field.index(), first + column[batch[r]]);
      }
    }
    return ids;
  }

  /** The network's input, with its gradient recorded. */
  NDArray training(NDArray input) {
    NDArray all = table;
    if (all == null) {
      return input;
    }
    if (setting != TableSetting.LAZY_ADAM) {
      SparseFormat format =
          setting == TableSetting.SPARSE_SGD ? SparseFormat.COO : SparseFormat.DENSE;
      return joined(Embedding.embedding(input, all, format).get(0));
    }
    NDList unique = input.unique(null, true, true, false);
    touched = unique.get(0);
    // The table itself records nothing: what is gathered from it is where gradients end.
    NDArray gathered = Embedding.embedding(touched, all, SparseFormat.DENSE).get(0);
    gathered.setRequiresGradient(true);
    rows = gathered;
    NDArray places = unique.get(1).reshape(input.getShape());
    return joined(Embedding.embedding(places, gathered, SparseFormat.DENSE).get(0));
  }

  /** The network's input. */
  NDArray serving(NDArray input) {
    NDArray all = table;
    return all == null ? input : joined(Embedding.embedding(input, all, SparseFormat.DENSE).get(0));
  }

  private NDArray joined(NDArray embeddings) {
    return embeddings.reshape(embeddings.getShape().get(0), (long) data.fields() * width);
  }

  /** Updates the table after the gradients of a step were computed. */
  void update() {
    NDArray all = table;
    if (all == null) {
      return;
    }
    step++;
    switch (setting) {
      case DENSE_ADAM -> denseAdam(all);
      case SPARSE_SGD -> sparseDescent(all);
      case LAZY_ADAM -> lazyAdam(all);
    }
  }

  private void denseAdam(NDArray all) {
    try (NDArray gradient = all.getGradient()) {
      adam.update(NAME, all, gradient);
    }
  }

  private void sparseDescent(NDArray all) {
    try (NDArray gradient = all.getGradient();
        NDArray change = gradient.mul((float) learningRate)) {
      all.subi(change);
    }
    JniUtils.zeroGrad((PtNDArray) all);
  }

  private void lazyAdam(NDArray all) {
    NDArray index = touched;
    NDArray gathered = rows;
    if (means == null || variances == null || index == null || gathered == null) {
      throw new IllegalStateException("there was no step before the update");
    }
    NDArray gradient = gathered.getGradient();
    NDArray m = Embedding.embedding(index, means, SparseFormat.DENSE).get(0);
    NDArray v = Embedding.embedding(index, variances, SparseFormat.DENSE).get(0);
    m.muli(BETA1).addi(gradient.mul(1 - BETA1));
    v.muli(BETA2).addi(gradient.square().muli(1 - BETA2));
    double rate = learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    NDArray change = m.mul((float) rate).divi(v.sqrt().addi(EPSILON));
    NDArray changed = gathered.stopGradient().sub(change);
    NDIndex places = new NDIndex("{}, :", index);
    means.set(places, m);
    variances.set(places, v);
    all.set(places, changed);
    touched = null;
    rows = null;
  }

  /** All tables, one after the other: a copy. */
  float[] values() {
    return table == null ? new float[0] : table.toFloatArray();
  }
}
