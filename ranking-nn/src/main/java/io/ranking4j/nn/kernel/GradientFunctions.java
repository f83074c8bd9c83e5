package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.onednn.DnnlLibrary;

/**
 * oneDNN's C functions that only training needs, by their own names and in their order of
 * parameters: longs are addresses, and an array of one long receives an address.
 */
final class GradientFunctions {
  static {
    DnnlLibrary.bind(GradientFunctions.class);
  }

  private GradientFunctions() {}

  static native int dnnl_eltwise_backward_primitive_desc_create(
      long[] description,
      long engine,
      int kind,
      long dx,
      long dOut,
      long data,
      float alpha,
      float beta,
      long forward,
      long attributes);

  static native int dnnl_prelu_backward_primitive_desc_create(
      long[] description,
      long engine,
      long x,
      long slope,
      long dx,
      long dSlope,
      long dOut,
      long forward,
      long attributes);

  static native int dnnl_batch_normalization_forward_primitive_desc_create(
      long[] description,
      long engine,
      int pass,
      long x,
      long out,
      float epsilon,
      int flags,
      long attributes);

  static native int dnnl_batch_normalization_backward_primitive_desc_create(
      long[] description,
      long engine,
      int pass,
      long dx,
      long dOut,
      long x,
      float epsilon,
      int flags,
      long forward,
      long attributes);
}
