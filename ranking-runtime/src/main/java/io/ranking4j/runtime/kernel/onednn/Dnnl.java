package io.ranking4j.runtime.kernel.onednn;

/** Numbers of the library's C headers, version 3. */
public final class Dnnl {
  /** What a primitive reads. */
  public static final int ARG_SRC = 1;

  /** The second operand that it reads. */
  public static final int ARG_SRC_1 = 2;

  /** What it writes. */
  public static final int ARG_DST = 17;

  /** Its weights, or the slopes of PReLU. */
  public static final int ARG_WEIGHTS = 33;

  /** The bias of a product. */
  public static final int ARG_BIAS = 41;

  /** The mean of a batch. */
  public static final int ARG_MEAN = 49;

  /** The variance of a batch. */
  public static final int ARG_VARIANCE = 50;

  /** The scale of a normalisation. */
  public static final int ARG_SCALE = 51;

  /** The shift of a normalisation. */
  public static final int ARG_SHIFT = 52;

  /** Memory that a primitive needs while it runs. */
  static final int ARG_SCRATCHPAD = 80;

  /** The gradient by what was read. */
  public static final int ARG_DIFF_SRC = 129;

  /** The gradient by what was written. */
  public static final int ARG_DIFF_DST = 145;

  /** The gradient by the weights. */
  public static final int ARG_DIFF_WEIGHTS = 161;

  /** The gradient by the scale. */
  public static final int ARG_DIFF_SCALE = 255;

  /** The gradient by the shift. */
  public static final int ARG_DIFF_SHIFT = 256;

  /** Times the number of a post-operation plus 1: its operands. */
  static final int ARG_POST_OP = 1 << 15;

  /** Sum. */
  public static final int BINARY_ADD = 0x1fff0;

  /** Product. */
  public static final int BINARY_MUL = 0x1fff1;

  /** ReLU. */
  public static final int ELTWISE_RELU = 32;

  /** Hyperbolic tangent. */
  public static final int ELTWISE_TANH = 33;

  /** Softplus. */
  public static final int ELTWISE_SOFT_RELU = 39;

  /** Sigmoid. */
  public static final int ELTWISE_LOGISTIC = 41;

  /** {@code x max(0, min(1, alpha x + beta))}. */
  static final int ELTWISE_HARDSWISH = 52;

  /** The gradient of the hyperbolic tangent from its results. */
  public static final int ELTWISE_TANH_BY_DST = 257;

  /** The gradient of the sigmoid from its results. */
  public static final int ELTWISE_LOGISTIC_BY_DST = 260;

  /** A forward pass that a backward pass follows. */
  public static final int FORWARD_TRAINING = 64;

  /** A forward pass alone. */
  static final int FORWARD_INFERENCE = 96;

  /** The gradients by input and weights. */
  public static final int BACKWARD = 128;

  /** Normalise with a scale and a shift. */
  public static final int USE_SCALE_AND_SHIFT = 2 | 4;

  static final int CPU = 1;
  static final int STREAM_IN_ORDER = 1;
  static final int UNDEFINED = 0;
  static final int BF16 = 2;
  static final int F32 = 3;
  static final int FORMAT_ANY = 1;
  static final int SCRATCHPAD_OF_USER = 1;
  static final int QUERY_IMPLEMENTATION = 8;
  static final int QUERY_WEIGHTS = 131;
  static final int QUERY_SCRATCHPAD = 136;

  private Dnnl() {}

  /**
   * Checks what a function of the library returned.
   *
   * @param what it should do: {@code "make a primitive"}
   * @throws IllegalStateException if it did not
   */
  public static void check(int status, String what) {
    if (status != 0) {
      throw new IllegalStateException("oneDNN could not " + what + ": status " + status);
    }
  }
}
