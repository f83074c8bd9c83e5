package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradients of the operations of {@link Kernels}, on its memory. Vectors are matrices of one
 * row. Where {@code accumulate} is set the result is added to what the target holds, else it
 * replaces it.
 */
public interface GradientKernels {
  /**
   * The gradients that belong to these kernels.
   *
   * @throws IllegalArgumentException where there are none
   */
  static GradientKernels of(Kernels forward) {
    if (forward instanceof DnnlKernels dnnl) {
      return new DnnlGradientKernels(dnnl);
    }
    if (forward instanceof JavaKernels) {
      return new JavaGradientKernels();
    }
    if (forward instanceof TrainableKernels trainable) {
      return trainable.gradients();
    }
    throw new IllegalArgumentException(
        "there are no gradients for kernels '" + forward.name() + "'");
  }

  /** The kernels of the forward direction that these belong to. */
  Kernels forward();

  /** A view of native memory that somebody else owns, such as the parameters of a DL4J graph. */
  Memory wrap(FloatPointer floats);

  /**
   * A view of an ND4J array of floats in order 'c' without gaps. Where ND4J keeps arrays on a
   * device, only kernels of that device can give one.
   */
  default Memory wrap(INDArray array) {
    if (!Nd4j.getEnvironment().isCPU()) {
      throw new IllegalStateException(
          "kernels '"
              + forward().name()
              + "' do not work on arrays of a GPU: require the GPU, or put nd4j-native on the class"
              + " path in place of nd4j-cuda-11.6");
    }
    // The address is that of the view: its offset is in it.
    return wrap(new FloatPointer(array.data().addressPointer()).capacity(array.length()));
  }

  /** {@code dx (+)= dOut wᵀ}. */
  Op denseInputGradient(Matrix dOut, Matrix w, Matrix dx, boolean accumulate);

  /** {@code dw (+)= xᵀ dOut}, and {@code dBias (+)=} the column sums of {@code dOut}. */
  Op denseWeightGradient(
      Matrix x, Matrix dOut, Matrix dw, @Nullable Matrix dBias, boolean accumulate);

  /**
   * {@code dx (+)= dOut act'(x)}; for {@link Activation#PRELU} also {@code dSlope (+)=} the column
   * sums of {@code dOut min(x, 0)}. {@code dx} may be {@code dOut} where it does not accumulate.
   *
   * @param x what the activation was applied to
   * @param y what it gave
   */
  Op activationGradient(
      Activation activation,
      Matrix x,
      Matrix y,
      @Nullable Matrix slope,
      Matrix dOut,
      Matrix dx,
      @Nullable Matrix dSlope,
      boolean accumulate);

  /**
   * Batch normalisation in training: {@code out = gamma (x - mean) / sqrt(variance + epsilon) +
   * beta} with the mean and (biased) variance of the rows, which are stored for the gradient, and
   * from which the running ones are moved: {@code running = momentum running + (1 - momentum)
   * batch}, the variance unbiased.
   */
  Op batchNorm(
      Matrix x,
      Matrix gamma,
      Matrix beta,
      Matrix mean,
      Matrix variance,
      Matrix runningMean,
      Matrix runningVariance,
      float momentum,
      float epsilon,
      Matrix out);

  /** The gradients of {@link #batchNorm} by its input, gamma and beta. */
  Op batchNormGradient(
      Matrix x,
      Matrix gamma,
      Matrix mean,
      Matrix variance,
      float epsilon,
      Matrix dOut,
      Matrix dx,
      Matrix dGamma,
      Matrix dBeta,
      boolean accumulateInput);

  /** {@code da (+)= dOut * b}, the gradient of a product by one factor. */
  Op multiplyGradient(Matrix b, Matrix dOut, Matrix da, boolean accumulate);

  /** {@code target += source}, or {@code target = source}. */
  Op transfer(Matrix source, Matrix target, boolean accumulate);

  /** The gradients of {@link Kernels#logitOfProduct} by both logits. */
  Op logitOfProductGradient(
      Matrix a,
      Matrix b,
      Matrix dOut,
      Matrix da,
      Matrix db,
      boolean accumulateA,
      boolean accumulateB);

  /** The gradient of {@link Kernels#softmax}; {@code y} is what it gave. */
  default Op softmaxGradient(Matrix y, int groups, Matrix dOut, Matrix dx, boolean accumulate) {
    return RowWiseGradients.softmax(y, groups, dOut, dx, accumulate);
  }

  /** The gradients of {@link Kernels#mixture} by weights and values. */
  default Op mixtureGradient(
      Matrix weights,
      Matrix values,
      int count,
      Matrix dOut,
      Matrix dWeights,
      Matrix dValues,
      boolean accumulateWeights,
      boolean accumulateValues) {
    return RowWiseGradients.mixture(
        weights, values, count, dOut, dWeights, dValues, accumulateWeights, accumulateValues);
  }

  /** {@code da (+)= scale dOut b}, the gradient of {@link Kernels#dot} by one factor. */
  default Op dotGradient(Matrix b, float scale, Matrix dOut, Matrix da, boolean accumulate) {
    return RowWiseGradients.dot(b, scale, dOut, da, accumulate);
  }

  /** The gradient of {@link Kernels#pairs}. */
  default Op pairsGradient(Matrix x, Matrix dOut, Matrix dx, boolean accumulate) {
    return RowWiseGradients.pairs(x, dOut, dx, accumulate);
  }
}
