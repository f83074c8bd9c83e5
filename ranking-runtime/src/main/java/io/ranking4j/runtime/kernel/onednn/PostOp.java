package io.ranking4j.runtime.kernel.onednn;

/** What a primitive does to its results before it stores them. */
public sealed interface PostOp {
  /**
   * Appends it to the library's list.
   *
   * @param list the list's address
   */
  void append(long list, Scope scope);

  /** A function of one number. */
  record Eltwise(int kind, float alpha, float beta) implements PostOp {
    // Written out: what a record generates is put together when it is first called.
    @Override
    public boolean equals(Object other) {
      return other instanceof Eltwise that
          && kind == that.kind
          && Float.compare(alpha, that.alpha) == 0
          && Float.compare(beta, that.beta) == 0;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * kind + Float.hashCode(alpha)) + Float.hashCode(beta);
    }

    @Override
    public void append(long list, Scope scope) {
      check(Functions.dnnl_post_ops_append_eltwise(list, kind, alpha, beta));
    }
  }

  /** Combines with another operand: one of the same shape, or a row for all rows. */
  record Binary(int kind, Tensor operand) implements PostOp {
    @Override
    public boolean equals(Object other) {
      return other instanceof Binary that && kind == that.kind && operand.equals(that.operand);
    }

    @Override
    public int hashCode() {
      return 31 * kind + operand.hashCode();
    }

    @Override
    public void append(long list, Scope scope) {
      check(Functions.dnnl_post_ops_append_binary(list, kind, scope.descriptor(operand)));
    }
  }

  /** PReLU with a slope for each column. */
  record Prelu() implements PostOp {
    private static final int COLUMNS = 1 << 1;

    @Override
    public boolean equals(Object other) {
      return other instanceof Prelu;
    }

    @Override
    public int hashCode() {
      return COLUMNS;
    }

    @Override
    public void append(long list, Scope scope) {
      check(Functions.dnnl_post_ops_append_prelu(list, COLUMNS));
    }
  }

  /** Adds what the output holds. */
  record Sum() implements PostOp {
    @Override
    public boolean equals(Object other) {
      return other instanceof Sum;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public void append(long list, Scope scope) {
      check(Functions.dnnl_post_ops_append_sum(list, 1, 0, Dnnl.UNDEFINED));
    }
  }

  private static void check(int status) {
    Dnnl.check(status, "append a post-operation");
  }
}
