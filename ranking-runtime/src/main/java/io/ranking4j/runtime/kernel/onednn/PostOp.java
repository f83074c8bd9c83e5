package io.ranking4j.runtime.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** What a primitive does to its results before it stores them. */
public sealed interface PostOp {
  /** Appends it to the library's list. */
  void append(post_ops list);

  /** A function of one number. */
  record Eltwise(dnnl.algorithm kind, float alpha, float beta) implements PostOp {
    @Override
    public void append(post_ops list) {
      list.append_eltwise(kind, alpha, beta);
    }
  }

  /** Combines with another operand: one of the same shape, or a row for all rows. */
  record Binary(dnnl.algorithm kind, Tensor operand) implements PostOp {
    @Override
    public void append(post_ops list) {
      list.append_binary(kind, operand.descriptor());
    }
  }

  /** PReLU with a slope for each column. */
  record Prelu() implements PostOp {
    private static final int COLUMNS = 1 << 1;

    @Override
    public void append(post_ops list) {
      list.append_prelu(COLUMNS);
    }
  }

  /** Adds what the output holds. */
  record Sum() implements PostOp {
    @Override
    public void append(post_ops list) {
      list.append_sum(1, 0, memory.data_type.undef);
    }
  }

  /**
   * Attributes of a primitive: these operations, and scratch memory that the caller brings, without
   * which a primitive could not be run by two threads at once.
   */
  static primitive_attr attributes(Iterable<PostOp> operations) {
    post_ops list = new post_ops();
    operations.forEach(operation -> operation.append(list));
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    attributes.set_post_ops(list);
    return attributes;
  }
}
