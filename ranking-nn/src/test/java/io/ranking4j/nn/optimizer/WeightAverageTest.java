package io.ranking4j.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.TableSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private static final int LOOK_BACK = 4;

  /** Weights walk at random; of the table only one row at each step. */
  @Test
  void should_be_the_moving_average_of_all_weights_at_every_step() {
    EmbeddingTable table = EmbeddingTable.zeros(new TableSpec("t", 3, 2));
    WeightAverage average = new WeightAverage(ExponentialAveraging.over(LOOK_BACK), List.of(table));
    Random random = new Random(2);
    float[] parameters = new float[2];
    double[] expectedParameters = new double[2];
    double[] expectedTable = new double[6];
    for (int step = 1; step <= 60; step++) {
      parameters[step % 2] += (float) random.nextGaussian();
      average.nextStep();
      average.add(parameters, new float[] {-parameters[0]});
      int row = random.nextInt(step < 30 ? 3 : 2);
      average.beforeUpdate(0, row);
      table.values()[2 * row] += (float) random.nextGaussian();

      double share = step <= LOOK_BACK ? 1 : 1.0 / LOOK_BACK;
      move(expectedParameters, parameters, share);
      move(expectedTable, table.values(), share);
      if (step % 7 == 0 || step < 12) {
        float[] averaged = average.tables().get(0).values();
        for (int i = 0; i < 6; i++) {
          assertThat((double) averaged[i])
              .as("step " + step + ", element " + i)
              .isCloseTo(expectedTable[i], within(1e-5));
        }
        assertThat((double) average.parameters()[0]).isCloseTo(expectedParameters[0], within(1e-5));
        assertThat(average.states()[0]).isEqualTo(-average.parameters()[0]);
      }
    }
  }

  private static void move(double[] average, float[] values, double share) {
    for (int i = 0; i < average.length; i++) {
      average[i] += share * (values[i] - average[i]);
    }
  }

  /** More steps than shares are kept for. */
  @Test
  void should_catch_up_with_many_steps_at_once() {
    EmbeddingTable table = EmbeddingTable.zeros(new TableSpec("t", 2, 1));
    WeightAverage average = new WeightAverage(ExponentialAveraging.over(5000), List.of(table));
    for (int step = 1; step <= 15_000; step++) {
      average.nextStep();
      if (step == 5001) {
        average.beforeUpdate(0, 1);
        table.values()[1] = 1;
      }
    }

    assertThat(average.tables().get(0).values()[0]).isZero();
    assertThat((double) average.tables().get(0).values()[1])
        .isCloseTo(1 - Math.pow(1 - 1.0 / 5000, 10_000), within(1e-6));
  }

  @Test
  void should_hand_out_copies() {
    EmbeddingTable table = EmbeddingTable.zeros(new TableSpec("t", 1, 1));
    WeightAverage average = new WeightAverage(ExponentialAveraging.over(1), List.of(table));
    average.tables().get(0).values()[0] = 7;

    assertThat(table.values()[0]).isZero();
    assertThat(average.tables().get(0).values()[0]).isZero();
  }

  @Test
  void should_refuse_to_look_back_on_nothing() {
    assertThatThrownBy(() -> ExponentialAveraging.over(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("steps must be at least 1, but was 0");
  }
}
