package io.ranking4j.runtime.kernel;

import static io.ranking4j.runtime.kernel.KernelsContractFormulas.activate;
import static io.ranking4j.runtime.kernel.KernelsContractFormulas.finish;
import static io.ranking4j.runtime.kernel.KernelsContractFormulas.magnitude;
import static io.ranking4j.runtime.kernel.KernelsContractFormulas.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What all kernels must do, against formulas in double precision. Matrices lie in memory with gaps
 * between their rows; the gaps of inputs hold NaN, which would spoil what reads it, and those of
 * outputs are checked to be as before. Tolerances are relative to the sum of the absolute values
 * that went into a result.
 */
public abstract class KernelsContract extends KernelsContractMatrices {
  @Test
  void should_give_zeroed_memory_that_keeps_what_is_written() {
    Memory memory = kernels.allocate(5);
    memories.add(memory);
    float[] read = {9, 9, 9, 9, 9, 9};

    assertThat(memory.size()).isEqualTo(5);
    memory.read(0, read, 1, 5);
    assertThat(read).containsExactly(9, 0, 0, 0, 0, 0);

    memory.write(3, new float[] {1, 2, 3}, 1, 2);
    memory.read(2, read, 0, 3);
    assertThat(read).containsExactly(0, 2, 3, 0, 0, 0);
  }

  @Test
  void should_do_nothing_when_memory_is_closed_again() {
    Memory memory = kernels.allocate(3);
    memory.close();
    memory.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 64, 32",
    "1, 7, 5",
    "2, 3, 1",
    "3, 17, 33",
    "16, 64, 64",
    "37, 5, 1",
    "20, 130, 19",
    "100, 41, 47"
  })
  void should_multiply_and_apply_the_epilogue(int rows, int in, int out) {
    for (Activation activation : Activation.values()) {
      for (boolean gaps : new boolean[] {false, true}) {
        for (boolean constantWeights : new boolean[] {false, true}) {
          checkDense(rows, in, out, activation, gaps, constantWeights, Residual.NONE);
          checkDense(rows, in, out, activation, gaps, constantWeights, Residual.APART);
          checkDense(rows, in, out, activation, gaps, constantWeights, Residual.OUTPUT);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 7, 5", "16, 64, 64", "37, 5, 1", "20, 130, 19"})
  void should_add_the_product_to_the_output_before_the_activation(int rows, int in, int columns) {
    for (Activation activation : Activation.values()) {
      for (int gap : new int[] {0, 3}) {
        Matrix x = input(rows, in, gap, 1);
        Matrix w = input(in, columns, gap, 1);
        Matrix before = input(rows, columns, 0, 1);
        Matrix residual = input(rows, columns, gap, 1);
        Matrix out = output(rows, columns, gap);
        out.write(before.toArray());
        Epilogue rest = epilogue(activation, columns, residual).withoutBias();

        Epilogue onto =
            new Epilogue(out, activation, rest.slope(), rest.scale(), rest.shift(), residual);
        kernels.dense(x, w, onto, out, true).run();

        check(
            out,
            (r, c) -> finish(rest, product(x, w, r, c, false) + at(before, r, c), r, c),
            (r, c) -> magnitude(rest, product(x, w, r, c, true) + 1, r, c));
      }
    }
  }

  @Test
  void should_multiply_when_the_epilogue_is_empty() {
    Matrix x = input(5, 9, 0, 1);
    Matrix w = input(9, 4, 0, 1);
    Matrix out = output(5, 4, 0);

    kernels.dense(x, w, Epilogue.of(null, Activation.NONE), out, true).run();

    check(out, (r, c) -> product(x, w, r, c, false), (r, c) -> product(x, w, r, c, true));
  }

  @Test
  void should_see_new_weights_when_they_are_not_constant() {
    Matrix x = input(3, 4, 0, 1);
    Matrix w = input(4, 6, 2, 1);
    Matrix bias = input(1, 6, 0, 1);
    Matrix out = output(3, 6, 0);
    Op op = kernels.dense(x, w, Epilogue.of(bias, Activation.NONE), out, false);
    op.run();

    w.write(floats(4 * 6, 1));
    x.write(floats(3 * 4, 1));
    bias.write(floats(6, 1));
    op.run();

    check(
        out,
        (r, c) -> product(x, w, r, c, false) + at(bias, 0, c),
        (r, c) -> product(x, w, r, c, true) + 1);
  }

  @Test
  void should_multiply_when_matrices_are_columns_of_one_memory() {
    Matrix all = input(11, 30, 0, 1);
    float[] before = all.toArray();
    Matrix x = all.columns(3, 9);
    Matrix out = all.columns(15, 7);
    Matrix w = input(9, 7, 0, 1);

    kernels.dense(x, w, Epilogue.of(null, Activation.RELU), out, true).run();

    check(
        out,
        (r, c) -> Math.max(0, product(x, w, r, c, false)),
        (r, c) -> product(x, w, r, c, true));
    float[] after = all.toArray();
    for (int i = 0; i < before.length; i++) {
      if (i % 30 < 15 || i % 30 >= 22) {
        assertThat(after[i]).as("element %d, seed %d", i, seed).isEqualTo(before[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void should_apply_an_epilogue_element_by_element(Activation activation) {
    int[][] shapes = {{1, 1}, {1, 23}, {7, 5}, {40, 64}};
    for (int[] shape : shapes) {
      for (int gap : new int[] {0, 3}) {
        Matrix x = input(shape[0], shape[1], gap, 4);
        Epilogue epilogue = epilogue(activation, shape[1], input(shape[0], shape[1], gap, 1));
        Matrix apart = output(shape[0], shape[1], gap);
        float[] values = x.toArray();
        Matrix copy = input(shape[0], shape[1], gap, 1);
        copy.write(values);

        kernels.elementwise(copy, epilogue, apart).run();
        kernels.elementwise(x, epilogue, x).run();

        Element expected = (r, c) -> finish(epilogue, at(copy, r, c), r, c);
        Element magnitude = (r, c) -> magnitude(epilogue, Math.abs(at(copy, r, c)), r, c);
        check(apart, expected, magnitude);
        check(x, expected, magnitude);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void should_stay_finite_when_inputs_are_extreme(Activation activation) {
    float[] values = {-1e30f, -1000, -100, -80, -20, -1e-6f, 0, 1e-6f, 20, 80, 100, 1000, 1e30f};
    Matrix x = input(1, values.length, 0, 1);
    x.write(values);
    Matrix slope = activation == Activation.PRELU ? input(1, values.length, 0, 1) : null;
    Matrix out = output(1, values.length, 0);

    kernels.elementwise(x, new Epilogue(null, activation, slope, null, null, null), out).run();

    float[] actual = out.toArray();
    for (int c = 0; c < values.length; c++) {
      double expected = activate(activation, values[c], slope == null ? 0 : at(slope, 0, c));
      assertThat((double) actual[c])
          .as("%s of %s", activation, values[c])
          .isCloseTo(expected, within(1e-7 + TOLERANCE * Math.abs(expected)));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void should_keep_nan_when_the_input_is_nan(Activation activation) {
    Matrix x = input(1, 20, 0, 1);
    float[] values = x.toArray();
    values[4] = Float.NaN;
    values[18] = Float.NaN;
    x.write(values);
    Matrix out = output(1, 20, 0);
    Matrix slope = activation == Activation.PRELU ? input(1, 20, 0, 1) : null;

    kernels.elementwise(x, new Epilogue(null, activation, slope, null, null, null), out).run();

    float[] actual = out.toArray();
    for (int c = 0; c < 20; c++) {
      assertThat(Float.isNaN(actual[c])).as("column %d", c).isEqualTo(c == 4 || c == 18);
    }
  }

  @Test
  void should_add_and_multiply_and_join_logits_element_by_element() {
    int[][] shapes = {{1, 1}, {1, 19}, {6, 1}, {9, 31}, {33, 16}};
    for (int[] shape : shapes) {
      for (int gap : new int[] {0, 5}) {
        checkBinary(shape, gap, kernels::add, Double::sum);
        checkBinary(shape, gap, kernels::multiply, (a, b) -> a * b);
        checkBinary(shape, gap, kernels::logitOfProduct, KernelsContractFormulas::logitOfProduct);
      }
    }
  }

  /** Expected values computed with 200 decimals. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, -1.0986122886681097",
    "1, -1, -1.4076059644443803",
    "2, 3, 1.6509877832318136",
    "20, 20, 19.306852818409478",
    "20, -20, -20.000000002061154",
    "80, 80, 79.306852819440055",
    "-80, -80, -160",
    "80, 3, 3",
    "-80, 3, -80.048587351573742",
    "50, 48, 47.873071988957028"
  })
  void should_join_logits_without_cancellation(float a, float b, double expected) {
    Matrix logitsA = input(1, 3, 0, 1);
    Matrix logitsB = input(1, 3, 0, 1);
    logitsA.write(new float[] {a, b, a});
    logitsB.write(new float[] {b, a, b});
    Matrix out = output(1, 3, 0);

    kernels.logitOfProduct(logitsA, logitsB, out).run();

    for (float actual : out.toArray()) {
      assertThat((double) actual)
          .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 2, 3", "7, 5, 1", "12, 3, 4"})
  void should_turn_groups_of_columns_into_shares(int rows, int groups, int width) {
    Matrix x = input(rows, groups * width, 2, 30);
    Matrix out = output(rows, groups * width, 3);

    kernels.softmax(x, groups, out).run();

    check(
        out,
        (r, c) -> {
          double sum = 0;
          for (int k = c / width * width; k < (c / width + 1) * width; k++) {
            sum += Math.exp(at(x, r, k) - at(x, r, c));
          }
          return 1 / sum;
        },
        (r, c) -> 1);
  }

  @Test
  void should_stay_finite_when_shares_are_extreme_and_keep_nan() {
    Matrix x = input(2, 3, 0, 1);
    x.write(new float[] {1e30f, -1e30f, 1e30f, Float.NaN, 0, 1});
    Matrix out = output(2, 3, 0);

    kernels.softmax(x, 1, out).run();

    float[] shares = out.toArray();
    assertThat(Arrays.copyOf(shares, 3)).containsExactly(0.5f, 0, 0.5f);
    assertThat(Arrays.copyOfRange(shares, 3, 6)).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "4, 1, 3, 5", "9, 3, 2, 4", "17, 2, 5, 33"})
  void should_mix_values_by_weights_of_each_row(int rows, int sums, int count, int width) {
    Matrix weights = input(rows, sums * count, 1, 1);
    Matrix values = input(rows, count * width, 2, 3);
    Matrix out = output(rows, sums * width, 3);

    kernels.mixture(weights, values, count, out).run();

    check(
        out,
        (r, c) -> {
          double sum = 0;
          for (int k = 0; k < count; k++) {
            sum += at(weights, r, c / width * count + k) * at(values, r, k * width + c % width);
          }
          return sum;
        },
        (r, c) -> 3 * count);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "6, 2, 5", "11, 4, 17"})
  void should_multiply_groups_of_columns_with_each_other(int rows, int groups, int width) {
    Matrix a = input(rows, groups * width, 1, 2);
    Matrix b = input(rows, groups * width, 0, 2);
    Matrix out = output(rows, groups, 2);

    kernels.dot(a, b, 0.25f, out).run();

    check(
        out,
        (r, g) -> {
          double sum = 0;
          for (int c = g * width; c < (g + 1) * width; c++) {
            sum += 0.25 * at(a, r, c) * at(b, r, c);
          }
          return sum;
        },
        (r, g) -> width);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 2, 3", "8, 6, 17"})
  void should_sum_the_products_of_all_pairs(int rows, int groups, int width) {
    Matrix x = input(rows, groups * width, 1, 2);
    Matrix out = output(rows, width, 2);

    kernels.pairs(x, out).run();

    check(
        out,
        (r, c) -> {
          double sum = 0;
          for (int i = 0; i < groups; i++) {
            for (int j = 0; j < i; j++) {
              sum += at(x, r, i * width + c) * at(x, r, j * width + c);
            }
          }
          return sum;
        },
        (r, c) -> 4 * groups * groups);
  }

  @Test
  void should_refuse_columns_that_do_not_divide() {
    Matrix x = input(3, 4, 0, 1);
    Matrix out = output(3, 4, 0);

    assertThatThrownBy(() -> kernels.softmax(x, 3, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must divide into 3 parts, but had 4 columns");
    assertThatThrownBy(() -> kernels.mixture(x, x, 3, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values must divide into 3 parts, but had 4 columns");
    assertThatThrownBy(() -> kernels.dot(x, x, 1, output(3, 3, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a must divide into 3 parts, but had 4 columns");
    assertThatThrownBy(() -> kernels.pairs(x, output(3, 3, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must have a multiple of 3 columns, but had 4");
  }

  @Test
  void should_refuse_operands_that_do_not_fit() {
    Matrix x = input(3, 4, 0, 1);
    Matrix w = input(5, 2, 0, 1);
    Matrix out = output(3, 2, 0);
    Epilogue none = Epilogue.of(null, Activation.NONE);

    assertThatThrownBy(() -> kernels.dense(x, w, none, out, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("w must be 4 x 2, but was 5 x 2");
    assertThatThrownBy(() -> kernels.elementwise(x, none, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("out must be 3 x 4, but was 3 x 2");
    assertThatThrownBy(() -> kernels.add(x, out, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("b must be 3 x 4, but was 3 x 2");
    assertThatThrownBy(
            () -> kernels.elementwise(x, Epilogue.of(input(1, 3, 0, 1), Activation.NONE), x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bias must be 1 x 4, but was 1 x 3");
  }

  private enum Residual {
    NONE,
    APART,
    OUTPUT
  }

  private void checkDense(
      int rows,
      int in,
      int columns,
      Activation activation,
      boolean gaps,
      boolean constantWeights,
      Residual kind) {
    Matrix x = input(rows, in, gaps ? 3 : 0, 1);
    Matrix w = input(in, columns, gaps ? 7 : 0, 1);
    Matrix out = output(rows, columns, gaps ? 2 : 0);
    Matrix residual = kind == Residual.NONE ? null : input(rows, columns, gaps ? 4 : 0, 1);
    Epilogue expectation = epilogue(activation, columns, residual);
    Matrix bound = residual;
    if (kind == Residual.OUTPUT && residual != null) {
      out.write(residual.toArray());
      bound = out;
    }
    Epilogue epilogue =
        new Epilogue(
            expectation.bias(),
            activation,
            expectation.slope(),
            expectation.scale(),
            expectation.shift(),
            bound);

    Op op = kernels.dense(x, w, epilogue, out, constantWeights);
    op.run();
    if (kind != Residual.OUTPUT) {
      op.run();
    }

    check(
        out,
        (r, c) -> finish(expectation, product(x, w, r, c, false), r, c),
        (r, c) -> magnitude(expectation, product(x, w, r, c, true), r, c));
  }

  private void checkBinary(int[] shape, int gap, Binary binary, DoubleBinaryOperator expected) {
    Matrix a = input(shape[0], shape[1], gap, 3);
    Matrix b = input(shape[0], shape[1], 0, 3);
    Matrix copy = input(shape[0], shape[1], 0, 1);
    copy.write(a.toArray());
    Matrix out = output(shape[0], shape[1], gap);

    binary.bind(a, b, out).run();
    binary.bind(a, b, a).run();

    Element value = (r, c) -> expected.applyAsDouble(at(copy, r, c), at(b, r, c));
    Element magnitude = (r, c) -> 1 + Math.abs(value.at(r, c));
    check(out, value, magnitude);
    check(a, value, magnitude);
  }

  private Epilogue epilogue(Activation activation, int columns, @Nullable Matrix residual) {
    Matrix slope = activation == Activation.PRELU ? input(1, columns, 0, 1) : null;
    return new Epilogue(
        input(1, columns, 0, 1),
        activation,
        slope,
        input(1, columns, 0, 1),
        input(1, columns, 0, 1),
        residual);
  }

  /** Makes an operation on two matrices. */
  @FunctionalInterface
  private interface Binary {
    Op bind(Matrix a, Matrix b, Matrix out);
  }
}
