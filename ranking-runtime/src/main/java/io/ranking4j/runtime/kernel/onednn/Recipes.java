package io.ranking4j.runtime.kernel.onednn;

import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.prelu_forward;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;

/** Recipes of the primitives that matrices are computed with. */
public final class Recipes {
  private Recipes() {}

  private static primitive_attr attributes(List<PostOp> operations) {
    return PostOp.attributes(operations);
  }

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

    @Override
    public DnnlPrimitive make(engine cpu) {
      memory.desc row = bias ? Tensor.row(out.columns()).descriptor() : new memory.desc();
      matmul.primitive_desc description =
          new matmul.primitive_desc(
              cpu,
              x.descriptor(),
              w.descriptor(),
              row,
              out.descriptor(),
              attributes(postOps),
              false);
      return new DnnlPrimitive(new matmul(description), description);
    }
  }

  /** {@code out = postOps(a op b)}, where {@code b} may be one row for all. */
  public record Binary(dnnl.algorithm kind, Tensor a, Tensor b, Tensor out, List<PostOp> postOps)
      implements Recipe {
    /** Copies the list. */
    public Binary {
      postOps = List.copyOf(postOps);
    }

    @Override
    public DnnlPrimitive make(engine cpu) {
      binary.primitive_desc description =
          new binary.primitive_desc(
              cpu,
              kind,
              a.descriptor(),
              b.descriptor(),
              out.descriptor(),
              attributes(postOps),
              false);
      return new DnnlPrimitive(new binary(description), description);
    }
  }

  /** {@code out = function(x)}. */
  record Eltwise(PostOp.Eltwise function, Tensor x, Tensor out) implements Recipe {
    @Override
    public DnnlPrimitive make(engine cpu) {
      eltwise_forward.primitive_desc description =
          new eltwise_forward.primitive_desc(
              cpu,
              dnnl.prop_kind.forward_inference,
              function.kind(),
              x.descriptor(),
              out.descriptor(),
              function.alpha(),
              function.beta(),
              attributes(List.of()),
              false);
      return new DnnlPrimitive(new eltwise_forward(description), description);
    }
  }

  /** PReLU with a slope for each column. */
  record Prelu(Tensor x, Tensor out) implements Recipe {
    @Override
    public DnnlPrimitive make(engine cpu) {
      prelu_forward.primitive_desc description =
          new prelu_forward.primitive_desc(
              cpu,
              dnnl.prop_kind.forward_inference,
              x.descriptor(),
              Tensor.row(x.columns()).descriptor(),
              out.descriptor(),
              attributes(List.of()),
              false);
      return new DnnlPrimitive(new prelu_forward(description), description);
    }
  }

  /** {@code to = from}, or {@code to += from}. */
  record Reorder(Tensor from, Tensor to, boolean accumulate) implements Recipe {
    @Override
    public DnnlPrimitive make(engine cpu) {
      List<PostOp> postOps = accumulate ? List.of(new PostOp.Sum()) : List.of();
      reorder.primitive_desc description =
          new reorder.primitive_desc(
              cpu, from.descriptor(), cpu, to.descriptor(), attributes(postOps), false);
      return new DnnlPrimitive(new reorder(description), description);
    }
  }
}
