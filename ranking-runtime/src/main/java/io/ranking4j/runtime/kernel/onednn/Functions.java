package io.ranking4j.runtime.kernel.onednn;

/**
 * The library's C functions that serving needs, by their own names and in their order of
 * parameters: longs are addresses, and an array of one long receives an address. {@link
 * DnnlLibrary} binds them.
 */
final class Functions {
  private Functions() {}

  static native int dnnl_engine_create(long[] engine, int kind, long index);

  static native int dnnl_stream_create(long[] stream, long engine, int flags);

  static native int dnnl_stream_destroy(long stream);

  static native int dnnl_memory_desc_create_with_strides(
      long[] descriptor, int dimensions, long[] shape, int type, long[] strides);

  static native int dnnl_memory_desc_create_with_tag(
      long[] descriptor, int dimensions, long[] shape, int type, int tag);

  static native int dnnl_memory_desc_destroy(long descriptor);

  static native int dnnl_memory_desc_equal(long left, long right);

  static native long dnnl_memory_desc_get_size(long descriptor);

  static native int dnnl_memory_create(long[] memory, long descriptor, long engine, long at);

  static native int dnnl_memory_destroy(long memory);

  static native int dnnl_post_ops_create(long[] list);

  static native int dnnl_post_ops_destroy(long list);

  static native int dnnl_post_ops_append_sum(long list, float scale, int zeroPoint, int type);

  static native int dnnl_post_ops_append_eltwise(long list, int kind, float alpha, float beta);

  static native int dnnl_post_ops_append_binary(long list, int kind, long descriptor);

  static native int dnnl_post_ops_append_prelu(long list, int mask);

  static native int dnnl_primitive_attr_create(long[] attributes);

  static native int dnnl_primitive_attr_destroy(long attributes);

  static native int dnnl_primitive_attr_set_scratchpad_mode(long attributes, int mode);

  static native int dnnl_primitive_attr_set_post_ops(long attributes, long list);

  static native int dnnl_matmul_primitive_desc_create(
      long[] description, long engine, long x, long w, long bias, long out, long attributes);

  static native int dnnl_binary_primitive_desc_create(
      long[] description, long engine, int kind, long a, long b, long out, long attributes);

  static native int dnnl_eltwise_forward_primitive_desc_create(
      long[] description,
      long engine,
      int pass,
      int kind,
      long x,
      long out,
      float alpha,
      float beta,
      long attributes);

  static native int dnnl_prelu_forward_primitive_desc_create(
      long[] description, long engine, int pass, long x, long slope, long out, long attributes);

  static native int dnnl_reorder_primitive_desc_create(
      long[] description, long from, long fromEngine, long to, long toEngine, long attributes);

  static native int dnnl_primitive_desc_destroy(long description);

  static native int dnnl_primitive_desc_query(long description, int what, int index, long[] result);

  static native long dnnl_primitive_desc_query_md(long description, int what, int index);

  static native int dnnl_primitive_create(long[] primitive, long description);

  static native int dnnl_primitive_destroy(long primitive);

  static native int dnnl_primitive_get_primitive_desc(long primitive, long[] description);

  static native int dnnl_primitive_execute(long primitive, long stream, int count, long arguments);
}
