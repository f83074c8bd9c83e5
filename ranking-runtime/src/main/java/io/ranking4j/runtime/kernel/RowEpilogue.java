package io.ranking4j.runtime.kernel;

import org.jspecify.annotations.Nullable;

/** An {@link Epilogue} applied to one row at a time, in arrays. */
final class RowEpilogue {
  private final Epilogue epilogue;
  private final int columns;
  private final float @Nullable [] bias;
  private final float @Nullable [] slope;
  private final float @Nullable [] scale;
  private final float @Nullable [] shift;
  private final float @Nullable [] residual;

  /** For an output of this shape. The vectors are not read before {@link #load()}. */
  RowEpilogue(Epilogue epilogue, Matrix out) {
    this.epilogue = epilogue;
    this.columns = out.columns();
    bias = vector("bias", epilogue.bias());
    slope = vector("slope", epilogue.slope());
    scale = vector("scale", epilogue.scale());
    shift = vector("shift", epilogue.shift());
    if (epilogue.residual() != null) {
      epilogue.residual().requireShape("residual", out.rows(), columns);
      residual = new float[columns];
    } else {
      residual = null;
    }
  }

  /** Reads the vectors as they are now. */
  void load() {
    load(epilogue.bias(), bias);
    load(epilogue.slope(), slope);
    load(epilogue.scale(), scale);
    load(epilogue.shift(), shift);
  }

  /** Turns the sums of row {@code r} into its output, in place. */
  void apply(int r, float[] row) {
    int n = columns;
    if (bias != null) {
      Rows.add(row, bias, n);
    }
    Rows.activate(epilogue.activation(), row, slope, n);
    if (scale != null && shift != null) {
      Rows.scaleAndShift(row, scale, shift, n);
    }
    if (residual != null && epilogue.residual() != null) {
      epilogue.residual().readRow(r, residual);
      Rows.add(row, residual, n);
    }
  }

  private float @Nullable [] vector(String name, @Nullable Matrix vector) {
    if (vector == null) {
      return null;
    }
    vector.requireShape(name, 1, columns);
    return new float[columns];
  }

  private static void load(@Nullable Matrix from, float @Nullable [] into) {
    if (from != null && into != null) {
      from.readRow(0, into);
    }
  }
}
