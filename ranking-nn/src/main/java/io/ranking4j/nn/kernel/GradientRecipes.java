package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.onednn.DnnlPrimitive;
import io.ranking4j.runtime.kernel.onednn.PostOp;
import io.ranking4j.runtime.kernel.onednn.Recipe;
import io.ranking4j.runtime.kernel.onednn.Tensor;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.prelu_backward;
import org.bytedeco.dnnl.prelu_forward;
import org.bytedeco.dnnl.primitive_attr;

/** Recipes of the primitives that only training needs. */
final class GradientRecipes {
  private GradientRecipes() {}

  private static primitive_attr attributes() {
    return PostOp.attributes(List.of());
  }

  /** {@code dx = dOut function'(x)}, all of one shape without gaps. */
  record EltwiseBackward(dnnl.algorithm kind, float alpha, Tensor shape) implements Recipe {
    @Override
    public DnnlPrimitive make(engine cpu) {
      memory.desc plain = shape.descriptor();
      eltwise_forward.primitive_desc forward =
          new eltwise_forward.primitive_desc(
              cpu,
              dnnl.prop_kind.forward_training,
              kind,
              plain,
              plain,
              alpha,
              0,
              attributes(),
              false);
      eltwise_backward.primitive_desc backward =
          new eltwise_backward.primitive_desc(
              cpu, kind, plain, plain, plain, alpha, 0, forward, attributes(), false);
      return new DnnlPrimitive(new eltwise_backward(backward), backward);
    }
  }

  /** The gradients of PReLU by its input and by the slopes, which are one row. */
  record PreluBackward(Tensor shape, Tensor slope) implements Recipe {
    @Override
    public DnnlPrimitive make(engine cpu) {
      memory.desc plain = shape.descriptor();
      memory.desc row = slope.descriptor();
      prelu_forward.primitive_desc forward =
          new prelu_forward.primitive_desc(
              cpu, dnnl.prop_kind.forward_training, plain, row, plain, attributes(), false);
      prelu_backward.primitive_desc backward =
          new prelu_backward.primitive_desc(
              cpu, plain, row, plain, row, plain, forward, attributes(), false);
      return new DnnlPrimitive(new prelu_backward(backward), backward);
    }
  }

  /** Batch normalisation with the batch's own statistics, with scale and shift. */
  record BatchNorm(Tensor shape, float epsilon) implements Recipe {
    @Override
    public DnnlPrimitive make(engine cpu) {
      batch_normalization_forward.primitive_desc description = describe(cpu);
      return new DnnlPrimitive(new batch_normalization_forward(description), description);
    }

    private batch_normalization_forward.primitive_desc describe(engine cpu) {
      memory.desc plain = shape.descriptor();
      return new batch_normalization_forward.primitive_desc(
          cpu,
          dnnl.dnnl_forward_training,
          plain,
          plain,
          epsilon,
          dnnl.dnnl_use_scale | dnnl.dnnl_use_shift,
          attributes(),
          false);
    }
  }

  /** The gradients of {@link BatchNorm} by its input, scale and shift. */
  record BatchNormBackward(BatchNorm forward) implements Recipe {
    @Override
    public DnnlPrimitive make(engine cpu) {
      memory.desc plain = forward.shape.descriptor();
      batch_normalization_backward.primitive_desc description =
          new batch_normalization_backward.primitive_desc(
              cpu,
              dnnl.dnnl_backward,
              plain,
              plain,
              plain,
              forward.epsilon,
              dnnl.dnnl_use_scale | dnnl.dnnl_use_shift,
              forward.describe(cpu),
              attributes(),
              false);
      return new DnnlPrimitive(new batch_normalization_backward(description), description);
    }
  }
}
