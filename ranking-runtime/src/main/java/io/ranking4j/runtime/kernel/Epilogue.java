package io.ranking4j.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What follows a product before it is stored, in this order: add the bias, activate, scale and
 * shift, add the residual. Vectors are matrices of one row with a column for each output.
 *
 * @param bias added to the sums, or null; of a product also the output itself, whose numbers the
 *     sums are then added to
 * @param activation applied to them
 * @param slope the slopes of {@link Activation#PRELU}, else null
 * @param scale multiplied after the activation, or null; with a scale there is a shift
 * @param shift added after the scale, or null
 * @param residual a matrix of the output's shape that is added last, or null
 */
public record Epilogue(
    @Nullable Matrix bias,
    Activation activation,
    @Nullable Matrix slope,
    @Nullable Matrix scale,
    @Nullable Matrix shift,
    @Nullable Matrix residual) {
  /** Checks that what belongs together is there together. */
  public Epilogue {
    if ((activation == Activation.PRELU) != (slope != null)) {
      throw new IllegalArgumentException("PRELU and its slopes go together");
    }
    if ((scale == null) != (shift == null)) {
      throw new IllegalArgumentException("scale and shift go together");
    }
    if (residual != null && residual.equals(bias)) {
      throw new IllegalArgumentException("the output can be added once only: bias or residual");
    }
  }

  /** A bias and an activation without parameters. */
  public static Epilogue of(@Nullable Matrix bias, Activation activation) {
    return new Epilogue(bias, activation, null, null, null, null);
  }

  /** Whether sums are added to what the output holds, in place of a bias. */
  public boolean accumulates(Matrix out) {
    return out.equals(bias);
  }

  /** The same without a bias. */
  public Epilogue withoutBias() {
    return new Epilogue(null, activation, slope, scale, shift, residual);
  }
}
