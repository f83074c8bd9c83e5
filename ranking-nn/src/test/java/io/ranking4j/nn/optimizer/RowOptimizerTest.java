package io.ranking4j.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.TableSpec;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowOptimizerTest {
  private static final int WIDTH = 3;
  private static final int STEPS = 200;

  @Test
  void should_be_adam_on_a_row_that_every_step_touches() {
    double rate = 0.05;
    LazyAdam adam = new LazyAdam(0.9, 0.99, 1e-3);
    EmbeddingTable table = table();
    float[] start = table.values().clone();
    RowOptimizer.State state = adam.start(table);
    double[] value = {start[3], start[4], start[5]};
    double[] m = new double[WIDTH];
    double[] v = new double[WIDTH];
    Random random = new Random(3);
    for (int t = 1; t <= STEPS; t++) {
      float[] gradient = gradient(random);
      state.nextStep();
      state.update(1, gradient, 2, rate);
      for (int c = 0; c < WIDTH; c++) {
        double g = gradient[2 + c];
        m[c] = 0.9 * m[c] + 0.1 * g;
        v[c] = 0.99 * v[c] + 0.01 * g * g;
        double first = m[c] / (1 - Math.pow(0.9, t));
        double second = v[c] / (1 - Math.pow(0.99, t));
        value[c] -= rate * first / (Math.sqrt(second) + 1e-3);
        assertThat((double) table.values()[3 + c]).isCloseTo(value[c], within(1e-4));
      }
    }
    for (int i = 0; i < start.length; i++) {
      if (i < 3 || i > 5) {
        assertThat(table.values()[i]).isEqualTo(start[i]);
      }
    }
  }

  @Test
  void should_leave_the_moments_of_an_untouched_row_as_they_are() {
    LazyAdam adam = LazyAdam.DEFAULT;
    EmbeddingTable table = table();
    RowOptimizer.State state = adam.start(table);
    float[] gradient = {1, 1, 1, 1, 1};
    state.nextStep();
    state.update(0, gradient, 0, 0.1);
    float[] after = table.values().clone();
    for (int step = 0; step < 50; step++) {
      state.nextStep();
    }
    assertThat(table.values()).isEqualTo(after);

    state.nextStep();
    state.update(0, gradient, 0, 0.1);

    // Dense Adam would have let the first moment decay to nearly its last tenth: m = 0.19 here.
    double correction = Math.sqrt(1 - Math.pow(0.999, 52)) / (1 - Math.pow(0.9, 52));
    double step = 0.1 * correction * 0.19 / Math.sqrt(0.001999);
    assertThat((double) after[0] - table.values()[0]).isCloseTo(step, within(1e-5));
  }

  @Test
  void should_divide_by_the_root_of_the_mean_squares_of_the_row() {
    RowAdagrad adagrad = new RowAdagrad(0.2, 1e-6);
    EmbeddingTable table = table();
    float[] start = table.values().clone();
    RowOptimizer.State state = adagrad.start(table);
    double[] value = {start[3], start[4], start[5]};
    double sum = 0.2;
    Random random = new Random(4);
    for (int t = 1; t <= STEPS; t++) {
      float[] gradient = gradient(random);
      state.nextStep();
      state.update(1, gradient, 2, 0.05);
      double squares = 0;
      for (int c = 0; c < WIDTH; c++) {
        squares += (double) gradient[2 + c] * gradient[2 + c];
      }
      sum += squares / WIDTH;
      for (int c = 0; c < WIDTH; c++) {
        value[c] -= 0.05 * gradient[2 + c] / (Math.sqrt(sum) + 1e-6);
        assertThat((double) table.values()[3 + c]).isCloseTo(value[c], within(1e-5));
      }
    }
    assertThat(table.values()[0]).isEqualTo(start[0]);
    assertThat(table.values()[6]).isEqualTo(start[6]);
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    assertThatThrownBy(() -> new LazyAdam(1, 0.9, 1e-8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decays must be in [0, 1), but were 1.0 and 0.9");
    assertThatThrownBy(() -> new LazyAdam(0.9, 0.9, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon must be above 0, but was 0.0");
    assertThatThrownBy(() -> new RowAdagrad(-1, 1e-8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initial must be at least 0 and epsilon above 0, but were -1.0, 1.0E-8");
  }

  private static float[] gradient(Random random) {
    float[] gradient = new float[2 + WIDTH];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    return gradient;
  }

  private static EmbeddingTable table() {
    EmbeddingTable table = EmbeddingTable.zeros(new TableSpec("t", 4, WIDTH));
    for (int i = 0; i < table.values().length; i++) {
      table.values()[i] = i / 10f;
    }
    return table;
  }
}
