package io.ranking4j.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.TableSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StochasticAveragingTest {
  private static final int ROWS = 3;

  /** 10 steps an epoch: cycles of 4 steps, the first of which starts after 20. */
  private static final StochasticAveraging AVERAGING = new StochasticAveraging(2, 0.4);

  @Test
  void should_be_the_mean_of_the_weights_at_the_ends_of_cycles() {
    long seed = 4;
    EmbeddingTable table = EmbeddingTable.zeros(new TableSpec("t", ROWS, 1));
    WeightAverage average = new WeightAverage(AVERAGING.rule(10), List.of(table));
    Random random = new Random(seed);
    float[] parameter = new float[1];
    double[] sums = new double[ROWS + 1];
    int taken = 0;
    for (int step = 1; step <= 90; step++) {
      parameter[0] += (float) random.nextGaussian();
      average.nextStep();
      average.add(parameter, new float[0]);
      int row = random.nextInt(step < 50 ? ROWS : ROWS - 1);
      average.beforeUpdate(0, row);
      table.values()[row] += (float) random.nextGaussian();
      if (step > 20 && (step - 20) % 4 == 0) {
        taken++;
        sums[ROWS] += parameter[0];
        for (int r = 0; r < ROWS; r++) {
          sums[r] += table.values()[r];
        }
      }
      String where = "seed " + seed + ", step " + step;
      float expected = taken == 0 ? parameter[0] : (float) (sums[ROWS] / taken);
      assertThat(average.parameters()[0]).as(where).isCloseTo(expected, within(1e-5f));
      if (step % 7 == 0) {
        float[] averaged = average.tables().get(0).values();
        for (int r = 0; r < ROWS; r++) {
          float mean = taken == 0 ? table.values()[r] : (float) (sums[r] / taken);
          assertThat(averaged[r]).as(where + ", row " + r).isCloseTo(mean, within(1e-5f));
        }
      }
    }
    assertThat(taken).isEqualTo(17);
  }

  @Test
  void should_refuse_cycles_that_take_no_time() {
    assertThatThrownBy(() -> new StochasticAveraging(0, 0)).hasMessageContaining("but was 0");
    assertThatThrownBy(() -> new StochasticAveraging(-1, 1)).hasMessageContaining("but was -1");
    assertThatThrownBy(() -> new ExponentialAveraging(11)).hasMessageContaining("(0, 10]");
  }
}
