package io.ranking4j.runtime.kernel;

/**
 * Kernels in plain Java: the reference that others are tested against, and the last resort where no
 * native library loads. Their own memory is the heap, yet they work on any memory, through its
 * reads and writes of rows. Safe to share between threads.
 */
public final class JavaKernels implements Kernels {
  /** Makes them; they hold nothing. */
  public JavaKernels() {}

  @Override
  public String name() {
    return "java";
  }

  @Override
  public Memory allocate(int floats) {
    return new HeapMemory(floats);
  }

  @Override
  public Op dense(Matrix x, Matrix w, Epilogue epilogue, Matrix out, boolean constantWeights) {
    return new JavaDense(x, w, epilogue, out, constantWeights);
  }

  @Override
  public Op elementwise(Matrix x, Epilogue epilogue, Matrix out) {
    out.requireShape("out", x.rows(), x.columns());
    RowEpilogue rowEpilogue = new RowEpilogue(epilogue, out);
    float[] row = new float[x.columns()];
    return () -> {
      rowEpilogue.load();
      for (int r = 0; r < x.rows(); r++) {
        x.readRow(r, row);
        rowEpilogue.apply(r, row);
        out.writeRow(r, row);
      }
    };
  }

  @Override
  public Op add(Matrix a, Matrix b, Matrix out) {
    return combine(a, b, out, Rows::add);
  }

  @Override
  public Op multiply(Matrix a, Matrix b, Matrix out) {
    return combine(a, b, out, Rows::multiply);
  }

  @Override
  public Op logitOfProduct(Matrix a, Matrix b, Matrix out) {
    return combine(a, b, out, Rows::logitOfProduct);
  }

  private static Op combine(Matrix a, Matrix b, Matrix out, RowFunction function) {
    b.requireShape("b", a.rows(), a.columns());
    out.requireShape("out", a.rows(), a.columns());
    float[] rowA = new float[a.columns()];
    float[] rowB = new float[a.columns()];
    return () -> {
      for (int r = 0; r < a.rows(); r++) {
        a.readRow(r, rowA);
        b.readRow(r, rowB);
        function.apply(rowA, rowB, rowA.length);
        out.writeRow(r, rowA);
      }
    };
  }

  /** Replaces the first row by what it makes of both. */
  @FunctionalInterface
  private interface RowFunction {
    void apply(float[] a, float[] b, int n);
  }
}
