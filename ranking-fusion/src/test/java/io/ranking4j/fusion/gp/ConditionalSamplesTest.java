package io.ranking4j.fusion.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionalSamplesTest {
  private static final double[][] X = {{.1, .2}, {.4, .9}, {.5, .5}, {.8, .1}, {.9, .7}};
  private static final GaussianProcess PROCESS =
      GaussianProcess.of(
          Observations.of(X, new double[] {.3, -.2, 1.1, .4, -.7}),
          Kernel.of(new double[] {.3, .7}, 1.5),
          .04,
          0,
          0);

  private static double[][] normals(int draws, int size, long seed) {
    Random random = new Random(seed);
    double[][] normals = new double[draws][size];
    for (double[] row : normals) {
      for (int i = 0; i < size; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return normals;
  }

  @Test
  void should_draw_with_the_moments_of_the_posterior() {
    double[][] chosen = {{.3, .3}, {.7, .6}};
    int draws = 40_000;
    ConditionalSamples samples = new ConditionalSamples(PROCESS, chosen, normals(draws, 2, 1));
    double[] x = {.6, .4};
    ConditionalSamples.Evaluator evaluator = samples.evaluator();
    evaluator.moveTo(x);
    GaussianProcess.Posterior exact = PROCESS.predict(chosen[0], chosen[1], x);
    double mean = 0;
    double square = 0;
    double meanAtX = 0;
    double cross = 0;
    for (int s = 0; s < draws; s++) {
      double first = samples.at(s, 0) - exact.mean()[0];
      double last = evaluator.mean(s) - exact.mean()[2];
      mean += first / draws;
      square += first * first / draws;
      meanAtX += last / draws;
      cross += first * last / draws;
    }
    assertThat(mean).isEqualTo(0, within(.02));
    assertThat(square).isEqualTo(exact.covariance()[0][0], within(.02));
    assertThat(meanAtX).isEqualTo(0, within(.02));
    assertThat(cross).isEqualTo(exact.covariance()[0][2], within(.02));
  }

  @Test
  void should_give_the_draw_itself_at_a_chosen_point() {
    double[][] chosen = {{.3, .3}, {.7, .6}, X[2]};
    ConditionalSamples samples = new ConditionalSamples(PROCESS, chosen, normals(5, 3, 2));
    ConditionalSamples.Evaluator evaluator = samples.evaluator();
    for (int i = 0; i < chosen.length; i++) {
      evaluator.moveTo(chosen[i]);
      for (int s = 0; s < samples.count(); s++) {
        assertThat(evaluator.mean(s)).isEqualTo(samples.at(s, i), within(1e-6));
      }
      assertThat(evaluator.standardDeviation()).isLessThan(1e-4);
    }
  }

  @Test
  void should_have_the_gradient_of_differences() {
    double[][] chosen = {{.3, .3}, {.7, .6}};
    ConditionalSamples samples = new ConditionalSamples(PROCESS, chosen, normals(3, 2, 3));
    ConditionalSamples.Evaluator evaluator = samples.evaluator();
    double[] weights = {.5, -1, 2};
    double[] x = {.62, .35};
    evaluator.moveTo(x);
    double[] gradient = new double[2];
    evaluator.addGradient(weights, 1.7, gradient);
    for (int i = 0; i < 2; i++) {
      double h = 1e-6;
      double[] up = x.clone();
      double[] down = x.clone();
      up[i] += h;
      down[i] -= h;
      double slope = (sum(evaluator, up, weights) - sum(evaluator, down, weights)) / (2 * h);
      assertThat(gradient[i]).isEqualTo(slope, within(1e-6));
    }
  }

  private static double sum(ConditionalSamples.Evaluator evaluator, double[] x, double[] weights) {
    evaluator.moveTo(x);
    double sum = 1.7 * evaluator.standardDeviation();
    for (int s = 0; s < weights.length; s++) {
      sum += weights[s] * evaluator.mean(s);
    }
    return sum;
  }
}
