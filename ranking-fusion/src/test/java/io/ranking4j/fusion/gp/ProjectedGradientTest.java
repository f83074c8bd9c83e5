package io.ranking4j.fusion.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProjectedGradientTest {
  @Test
  void should_find_the_bottom_of_a_curved_valley() {
    ProjectedGradient.Minimum minimum =
        ProjectedGradient.minimise(
            (x, gradient) -> {
              double a = 1 - x[0];
              double b = x[1] - x[0] * x[0];
              gradient[0] = -2 * a - 400 * x[0] * b;
              gradient[1] = 200 * b;
              return a * a + 100 * b * b;
            },
            x -> x,
            new double[] {-1.2, 1},
            2000,
            1e-9);
    assertThat(minimum.x()).containsExactly(new double[] {1, 1}, within(1e-4));
  }

  @Test
  void should_stop_at_the_wall_of_a_box() {
    ProjectedGradient.Minimum minimum =
        ProjectedGradient.minimise(
            (x, gradient) -> {
              gradient[0] = 2 * (x[0] - 3);
              return (x[0] - 3) * (x[0] - 3);
            },
            x -> new double[] {Math.max(0, Math.min(1, x[0]))},
            new double[] {.2},
            50,
            1e-9);
    assertThat(minimum.x()[0]).isEqualTo(1);
  }
}
