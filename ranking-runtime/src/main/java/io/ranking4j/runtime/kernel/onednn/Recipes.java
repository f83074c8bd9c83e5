package io.ranking4j.runtime.kernel.onednn;

import java.util.List;

/** Recipes of the primitives that matrices are computed with. */
public final class Recipes {
  private Recipes() {}

  /**
   * {@code out = postOps(x w + bias)}.
   *
   * @param x rows x in
   * @param w in x columns, which may be in any order
   * @param bias whether there is a row to add
   * @param out rows x columns
   * @param postOps what follows
   */
  public record Matmul(Tensor x, Tensor w, boolean bias, Tensor out, List<PostOp> postOps)
      implements Recipe {
    /** Copies the list. */
    public Matmul {
      postOps = List.copyOf(postOps);
    }

    // Written out: what a record generates is put together when it is first called.
    @Override
    public boolean equals(Object other) {
      return other instanceof Matmul that
          && bias == that.bias
          && x.equals(that.x)
          && w.equals(that.w)
          && out.equals(that.out)
          && postOps.equals(that.postOps);
    }

    @Override
    public int hashCode() {
      int shapes = 31 * (31 * x.hashCode() + w.hashCode()) + out.hashCode();
      return 31 * (31 * shapes + postOps.hashCode()) + Boolean.hashCode(bias);
    }

    @Override
    public long describe(Scope scope) {
      long[] made = new long[1];
      return scope.description(
          made,
          Functions.dnnl_matmul_primitive_desc_create(
              made,
              scope.cpu(),
              scope.descriptor(x),
              scope.descriptor(w),
              bias ? scope.descriptor(Tensor.row(out.columns())) : 0,
              scope.descriptor(out),
              scope.attributes(postOps)));
    }
  }

  /** {@code out = postOps(a op b)}, where {@code b} may be one row for all. */
  public record Binary(int kind, Tensor a, Tensor b, Tensor out, List<PostOp> postOps)
      implements Recipe {
    /** Copies the list. */
    public Binary {
      postOps = List.copyOf(postOps);
    }

    @Override
    public long describe(Scope scope) {
      long[] made = new long[1];
      return scope.description(
          made,
          Functions.dnnl_binary_primitive_desc_create(
              made,
              scope.cpu(),
              kind,
              scope.descriptor(a),
              scope.descriptor(b),
              scope.descriptor(out),
              scope.attributes(postOps)));
    }
  }

  /** {@code out = function(x)}, in a pass that a backward one may follow. */
  public record Eltwise(int pass, PostOp.Eltwise function, Tensor x, Tensor out) implements Recipe {
    @Override
    public long describe(Scope scope) {
      long[] made = new long[1];
      return scope.description(
          made,
          Functions.dnnl_eltwise_forward_primitive_desc_create(
              made,
              scope.cpu(),
              pass,
              function.kind(),
              scope.descriptor(x),
              scope.descriptor(out),
              function.alpha(),
              function.beta(),
              scope.attributes(List.of())));
    }
  }

  /** PReLU with a slope for each column, in a pass that a backward one may follow. */
  public record Prelu(int pass, Tensor x, Tensor out) implements Recipe {
    @Override
    public long describe(Scope scope) {
      long[] made = new long[1];
      return scope.description(
          made,
          Functions.dnnl_prelu_forward_primitive_desc_create(
              made,
              scope.cpu(),
              pass,
              scope.descriptor(x),
              scope.descriptor(Tensor.row(x.columns())),
              scope.descriptor(out),
              scope.attributes(List.of())));
    }
  }

  /** {@code to = from}, or {@code to += from}. */
  record Reorder(Tensor from, Tensor to, boolean accumulate) implements Recipe {
    @Override
    public long describe(Scope scope) {
      long[] made = new long[1];
      return scope.description(
          made,
          Functions.dnnl_reorder_primitive_desc_create(
              made,
              scope.descriptor(from),
              scope.cpu(),
              scope.descriptor(to),
              scope.cpu(),
              scope.attributes(accumulate ? List.of(new PostOp.Sum()) : List.of())));
    }
  }
}
