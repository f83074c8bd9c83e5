package io.ranking4j.runtime.kernel;

import org.jspecify.annotations.Nullable;

/** An {@link Epilogue} applied to one row at a time, in arrays. */
final class RowEpilogue {
  private final Epilogue epilogue;
  private final int columns;

  /** Whether the bias is the output, of which a row is read when its sums are added. */
  private final boolean accumulates;

  private final float @Nullable [] bias;
  private final float @Nullable [] slope;
  private final float @Nullable [] scale;
  private final float @Nullable [] shift;
  private final float @Nullable [] residual;

  /** For an output of this shape. The vectors are not read before {@link #load()}. */
  RowEpilogue(Epilogue epilogue, Matrix out) {
    this.epilogue = epilogue;
    this.columns = out.columns();
    accumulates = epilogue.accumulates(out);
    bias = accumulates ? new float[columns] : vector("bias", epilogue.bias());
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
    if (!accumulates) {
      load(0, epilogue.bias(), bias);
    }
    load(0, epilogue.slope(), slope);
    load(0, epilogue.scale(), scale);
    load(0, epilogue.shift(), shift);
  }

  /** Turns the sums of row {@code r} into its output, in place. */
  void apply(int r, float[] row) {
    int n = columns;
    if (accumulates) {
      load(r, epilogue.bias(), bias);
    }
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

  private static void load(int row, @Nullable Matrix from, float @Nullable [] into) {
    if (from != null && into != null) {
      from.readRow(row, into);
    }
  }
}
