package io.ranking4j.runtime.plan;

import io.ranking4j.runtime.kernel.Activation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of a plan: reads values, gives one. */
public sealed interface Step {
  /** The values it reads. */
  List<Value> inputs();

  /** The value it gives. */
  Value output();

  /**
   * {@code output = input weights + bias}.
   *
   * @param input rows x in
   * @param weights in x out
   * @param bias 1 x out, or null
   * @param output rows x out
   */
  record Dense(Value input, Parameter weights, @Nullable Parameter bias, Value output)
      implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /**
   * {@code output = activation(input)}, element by element.
   *
   * @param activation which
   * @param slope the slopes of {@link Activation#PRELU}, 1 x width, else null
   * @param input what it is applied to
   * @param output what it gives
   */
  record Activate(Activation activation, @Nullable Parameter slope, Value input, Value output)
      implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /**
   * Batch normalisation (Ioffe and Szegedy 2015): by the statistics of the batch in training, by
   * the running ones in serving.
   *
   * @param gamma 1 x width
   * @param beta 1 x width
   * @param meanOffset where the running means start in the plan's array of states; the running
   *     variances follow them
   * @param momentum the share of the running statistics that a batch leaves
   * @param epsilon added to the variance
   * @param input what is normalised
   * @param output what it gives
   */
  record BatchNorm(
      Parameter gamma,
      Parameter beta,
      int meanOffset,
      float momentum,
      float epsilon,
      Value input,
      Value output)
      implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    /** Where the running variances start in the plan's array of states. */
    public int varianceOffset() {
      return meanOffset + input.width();
    }
  }

  /**
   * Sets elements to zero at random in training and scales the others up; nothing in serving.
   *
   * @param rate the share set to zero, in (0, 1)
   * @param input what it is applied to
   * @param output what it gives
   */
  record Dropout(float rate, Value input, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /**
   * {@code output = left + right}.
   *
   * @param left one term
   * @param right the other
   * @param output their sum
   */
  record Add(Value left, Value right, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * {@code output = left * right}, element by element.
   *
   * @param left one factor
   * @param right the other
   * @param output their product
   */
  record Multiply(Value left, Value right, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * Some columns of a value; a view, nothing is copied.
   *
   * @param from the first of them
   * @param input the value
   * @param output its columns
   */
  record Columns(int from, Value input, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /**
   * Values side by side.
   *
   * @param inputs the values, in order
   * @param output all their columns
   */
  record Concat(List<Value> inputs, Value output) implements Step {
    /** Copies the list. */
    public Concat {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * The logit of the product of two probabilities that are given as logits (ESMM).
   *
   * @param left one logit
   * @param right the other
   * @param output the logit of the product
   */
  record LogitOfProduct(Value left, Value right, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * Softmax within groups of columns of equal width: what is given is positive and sums to 1 in
   * each group of each row.
   *
   * @param groups how many groups there are side by side
   * @param input what it is applied to
   * @param output what it gives
   */
  record Softmax(int groups, Value input, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /**
   * Weighted sums of values side by side, by weights that differ from row to row: with {@code n}
   * values of width d and m times n weights, m sums of width d side by side, {@code sum_k = w_k1
   * v_1 + ... + w_kn v_n} (Jacobs et al. 1991; with m above 1, MMoE).
   *
   * @param count n
   * @param weights rows x (m n)
   * @param values rows x (n d)
   * @param output rows x (m d)
   */
  record Mixture(int count, Value weights, Value values, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(weights, values);
    }
  }

  /**
   * Inner products of groups of columns of equal width, times a constant: as many groups as the
   * output has columns.
   *
   * @param scale the constant
   * @param left one factor
   * @param right the other, of the same width
   * @param output a column for each group
   */
  record Dot(float scale, Value left, Value right, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * The sum over all pairs of groups of columns of their products, element by element, {@code ((sum
   * v)^2 - sum v^2) / 2}: bi-interaction pooling (He and Chua 2017). The sum of its columns is the
   * second-order term of a factorisation machine (Rendle 2010).
   *
   * @param input groups of columns, each as wide as the output
   * @param output what it gives
   */
  record Pairs(Value input, Value output) implements Step {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }
}
