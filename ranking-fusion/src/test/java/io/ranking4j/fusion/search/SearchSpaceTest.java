package io.ranking4j.fusion.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  private static final SearchSpace CUT =
      SearchSpace.simplex(List.of("a", "b", "c"), 10).withBounds("a", 1, 4).withBounds("b", -2, 9);

  @Test
  void should_spread_points_that_are_inside() {
    Random random = new Random(1);
    double[] sum = new double[3];
    for (int i = 0; i < 500; i++) {
      double[] point = CUT.ofUnit(CUT.spread(random.doubles(3).toArray()));
      CUT.check(point);
      for (int k = 0; k < 3; k++) {
        sum[k] += point[k] / 500;
      }
    }
    assertThat(sum[1]).as("seed 1").isBetween(0.0, 6.0);
  }

  @Test
  void should_be_even_on_a_plain_simplex() {
    SearchSpace simplex = SearchSpace.simplex(List.of("a", "b", "c"), 6);
    Sobol sobol = new Sobol(3, 7);
    double[] mean = new double[3];
    for (int i = 0; i < 256; i++) {
      double[] point = simplex.ofUnit(simplex.spread(sobol.next()));
      for (int k = 0; k < 3; k++) {
        mean[k] += point[k] / 256;
      }
    }
    assertThat(mean).containsExactly(new double[] {2, 2, 2}, within(.05));
  }

  @Test
  void should_project_onto_the_nearest_point() {
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      double[] unit = {3 * random.nextDouble() - 1, random.nextDouble(), 2 * random.nextDouble()};
      double[] nearest = CUT.project(unit.clone());
      CUT.check(CUT.ofUnit(nearest));
      double distance = distance(unit, nearest);
      for (int other = 0; other < 100; other++) {
        double[] inside = CUT.spread(random.doubles(3).toArray());
        assertThat(distance)
            .as("seed 2, point %d", i)
            .isLessThanOrEqualTo(distance(unit, inside) + 1e-9);
      }
    }
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void should_name_what_is_wrong_with_a_point() {
    assertThat(CUT.toPoint(Map.of("a", 1.0, "b", 2.0, "c", 7.0))).containsExactly(1, 2, 7);
    assertThat(CUT.toMap(new double[] {1, 2, 7})).containsEntry("c", 7.0);
    assertThatThrownBy(() -> CUT.toPoint(Map.of("a", 5.0, "b", 2.0, "c", 3.0)))
        .hasMessage("'a' must be in [1.0, 4.0], but was 5.0");
    assertThatThrownBy(() -> CUT.toPoint(Map.of("a", 2.0, "b", 2.0, "c", 3.0)))
        .hasMessage("the numbers of a point must add up to 10.0, but did to 7.0");
    assertThatThrownBy(() -> CUT.toPoint(Map.of("a", 2.0)))
        .hasMessageContaining("must have the names [a, b, c], but had [a]");
    assertThatThrownBy(() -> SearchSpace.box(List.of("a"), 1, 1))
        .hasMessage("the bounds of 'a' must be finite and ascending, but were 1.0 and 1.0");
    assertThatThrownBy(() -> SearchSpace.box(List.of("a", "b"), 0, 1).withTotal(2))
        .hasMessageContaining("must be between the sums of the bounds, 0.0 and 2.0, but was 2.0");
  }

  @Test
  void should_put_one_scrambled_point_into_every_stratum() {
    Sobol sobol = new Sobol(5, 3);
    boolean[][] seen = new boolean[5][64];
    for (int i = 0; i < 64; i++) {
      double[] point = sobol.next();
      for (int k = 0; k < 5; k++) {
        seen[k][(int) (64 * point[k])] = true;
      }
    }
    for (boolean[] strata : seen) {
      for (boolean stratum : strata) {
        assertThat(stratum).isTrue();
      }
    }
    assertThat(Arrays.equals(new Sobol(5, 3).next(), new Sobol(5, 4).next())).isFalse();
  }
}
