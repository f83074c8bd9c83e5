package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.onednn.Dnnl;
import io.ranking4j.runtime.kernel.onednn.PostOp;
import io.ranking4j.runtime.kernel.onednn.Recipe;
import io.ranking4j.runtime.kernel.onednn.Recipes;
import io.ranking4j.runtime.kernel.onednn.Scope;
import io.ranking4j.runtime.kernel.onednn.Tensor;
import java.util.List;

/** Recipes of the primitives that only training needs. */
final class GradientRecipes {
  private GradientRecipes() {}

  /** {@code dx = dOut function'(x)}, all of one shape without gaps. */
  record EltwiseBackward(int kind, float alpha, Tensor shape) implements Recipe {
    @Override
    public long describe(Scope scope) {
      long plain = scope.descriptor(shape);
      long[] made = new long[1];
      return scope.description(
          made,
          GradientFunctions.dnnl_eltwise_backward_primitive_desc_create(
              made,
              scope.cpu(),
              kind,
              plain,
              plain,
              plain,
              alpha,
              0,
              new Recipes.Eltwise(
                      Dnnl.FORWARD_TRAINING, new PostOp.Eltwise(kind, alpha, 0), shape, shape)
                  .describe(scope),
              scope.attributes(List.of())));
    }
  }

  /** The gradients of PReLU by its input and by the slopes, which are one row. */
  record PreluBackward(Tensor shape, Tensor slope) implements Recipe {
    @Override
    public long describe(Scope scope) {
      long plain = scope.descriptor(shape);
      long row = scope.descriptor(slope);
      long[] made = new long[1];
      return scope.description(
          made,
          GradientFunctions.dnnl_prelu_backward_primitive_desc_create(
              made,
              scope.cpu(),
              plain,
              row,
              plain,
              row,
              plain,
              new Recipes.Prelu(Dnnl.FORWARD_TRAINING, shape, shape).describe(scope),
              scope.attributes(List.of())));
    }
  }

  /** Batch normalisation with the batch's own statistics, with scale and shift. */
  record BatchNorm(Tensor shape, float epsilon) implements Recipe {
    @Override
    public long describe(Scope scope) {
      long plain = scope.descriptor(shape);
      long[] made = new long[1];
      return scope.description(
          made,
          GradientFunctions.dnnl_batch_normalization_forward_primitive_desc_create(
              made,
              scope.cpu(),
              Dnnl.FORWARD_TRAINING,
              plain,
              plain,
              epsilon,
              Dnnl.USE_SCALE_AND_SHIFT,
              scope.attributes(List.of())));
    }
  }

  /** The gradients of {@link BatchNorm} by its input, scale and shift. */
  record BatchNormBackward(BatchNorm forward) implements Recipe {
    @Override
    public long describe(Scope scope) {
      long plain = scope.descriptor(forward.shape);
      long[] made = new long[1];
      return scope.description(
          made,
          GradientFunctions.dnnl_batch_normalization_backward_primitive_desc_create(
              made,
              scope.cpu(),
              Dnnl.BACKWARD,
              plain,
              plain,
              plain,
              forward.epsilon,
              Dnnl.USE_SCALE_AND_SHIFT,
              forward.describe(scope),
              scope.attributes(List.of())));
    }
  }
}
