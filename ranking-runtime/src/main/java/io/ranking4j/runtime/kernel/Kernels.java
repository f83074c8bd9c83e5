package io.ranking4j.runtime.kernel;

/**
 * The arithmetic that plans are run with, by one kind of processor or library. Operations are bound
 * to matrices of this kernels' own memory; outputs must not overlap inputs unless said. Methods
 * that make operations may be called from several threads.
 */
public interface Kernels {
  /** What it is called in reports: {@code "onednn"}, {@code "java"}. */
  String name();

  /**
   * Prepares the calling thread for a run of operations; {@link #leave} undoes it. Operations run
   * outside of such a pair too, and give the same numbers up to rounding, but may take more threads
   * than were asked for. Cheap enough for every request.
   *
   * @return what {@link #leave} wants to know
   */
  default int enter() {
    return 0;
  }

  /**
   * Puts the calling thread back as it was.
   *
   * @param entered what {@link #enter} gave on this thread
   */
  default void leave(int entered) {}

  /** Zeroed memory for so many floats; whoever calls owns it. */
  Memory allocate(int floats);

  /**
   * {@code out = epilogue(x w)}.
   *
   * @param x rows x in
   * @param w in x out; may be repacked when the operation is made if {@code constantWeights}
   * @param epilogue what follows the product; its residual may be {@code out} itself
   * @param out rows x out
   * @param constantWeights whether the weights never change while the operation is in use; the
   *     epilogue's vectors may, between runs
   */
  Op dense(Matrix x, Matrix w, Epilogue epilogue, Matrix out, boolean constantWeights);

  /**
   * {@code out = act(x)}; {@code out} may be {@code x}.
   *
   * @param epilogue activation, scale, shift and residual as for {@link #dense}, applied to x
   */
  Op elementwise(Matrix x, Epilogue epilogue, Matrix out);

  /** {@code out = a + b}; {@code out} may be {@code a}. */
  Op add(Matrix a, Matrix b, Matrix out);

  /** {@code out = a * b}, element by element; {@code out} may be {@code a}. */
  Op multiply(Matrix a, Matrix b, Matrix out);

  /**
   * The logit of the product of two probabilities that are given as logits, element by element,
   * without cancellation: with {@code ln p = -softplus(-a) - softplus(-b)} it is {@code ln p - ln(1
   * - p)}; {@code out} may be {@code a}.
   */
  Op logitOfProduct(Matrix a, Matrix b, Matrix out);

  /**
   * Softmax within {@code groups} groups of columns of equal width; {@code out} may be {@code x}.
   */
  default Op softmax(Matrix x, int groups, Matrix out) {
    return RowWise.softmax(x, groups, out);
  }

  /**
   * Weighted sums of {@code count} values side by side, as many as there are times {@code count}
   * weights.
   *
   * @param weights rows x (sums count)
   * @param values rows x (count width)
   * @param out rows x (sums width)
   */
  default Op mixture(Matrix weights, Matrix values, int count, Matrix out) {
    return RowWise.mixture(weights, values, count, out);
  }

  /** {@code out = scale <a, b>}, for each of as many groups of columns as {@code out} has. */
  default Op dot(Matrix a, Matrix b, float scale, Matrix out) {
    return RowWise.dot(a, b, scale, out);
  }

  /**
   * {@code out = ((sum v)^2 - sum v^2) / 2} over the groups v of columns, as wide as {@code out}.
   */
  default Op pairs(Matrix x, Matrix out) {
    return RowWise.pairs(x, out);
  }
}
