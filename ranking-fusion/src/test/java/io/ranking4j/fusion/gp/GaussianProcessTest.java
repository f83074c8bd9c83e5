package io.ranking4j.fusion.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianProcessTest {
  private static final double[][] X = {{.1, .2}, {.4, .9}, {.5, .5}, {.8, .1}, {.9, .7}};
  private static final double[] Y = {.3, -.2, 1.1, .4, -.7};
  private static final Offset<Double> EXACT = within(1e-8);

  private static GaussianProcess process() {
    return GaussianProcess.of(
        Observations.of(X, Y), Kernel.of(new double[] {.3, .7}, 1.5), .04, 0, 0);
  }

  @Test
  void should_have_the_marginal_likelihood_of_an_independent_implementation() {
    assertThat(process().logMarginalLikelihood()).isEqualTo(-6.449607883449915, EXACT);
  }

  @Test
  void should_predict_as_an_independent_implementation() {
    GaussianProcess.Posterior posterior =
        process().predict(new double[] {.3, .3}, new double[] {.7, .6});
    assertThat(posterior.mean()).containsExactly(new double[] {.73265286, .29538238}, EXACT);
    assertThat(posterior.covariance()[0][0]).isEqualTo(.38424258, EXACT);
    assertThat(posterior.covariance()[0][1]).isEqualTo(-.09802093, EXACT);
    assertThat(posterior.covariance()[1][1]).isEqualTo(.32616125, EXACT);
    assertThat(posterior.standardDeviation(1)).isEqualTo(Math.sqrt(.32616125), EXACT);
  }

  @Test
  void should_leave_one_out_as_an_independent_implementation() {
    LeaveOneOut left = process().leaveOneOut();
    assertThat(left.mean())
        .containsExactly(
            new double[] {.24778799, .73238256, -.00957569, .18494309, .25051072}, EXACT);
    assertThat(left.variance())
        .containsExactly(
            new double[] {1.35868164, .72216636, .60856848, .92681143, 1.04080675}, EXACT);
    assertThat(left.observed()).containsExactly(Y);
    assertThat(left.rSquared()).isLessThan(0);
    assertThat(left.coverage()).isEqualTo(1);
  }

  @Test
  void should_predict_the_same_a_period_later() {
    TimeCorrelation weekly = TimeCorrelation.periodic(24, 168);
    double[][] points = {{.1, 0}, {.5, 30}, {.9, 100}};
    GaussianProcess process =
        GaussianProcess.of(
            Observations.of(points, new double[] {1, -1, 2}),
            new Kernel(Kernel.Shape.MATERN_5_2, new double[] {.4}, 1, weekly),
            .01,
            0,
            0);
    GaussianProcess.Posterior now = process.predict(new double[] {.3, 7});
    GaussianProcess.Posterior later = process.predict(new double[] {.3, 7 + 168});
    assertThat(later.mean()[0]).isEqualTo(now.mean()[0]);
    assertThat(later.covariance()[0][0]).isEqualTo(now.covariance()[0][0]);
    assertThat(process.predict(new double[] {.3, 7 + 12}).mean()[0]).isNotEqualTo(now.mean()[0]);
  }

  @Test
  void should_forget_what_is_old() {
    TimeCorrelation forgetting = TimeCorrelation.forgetting(.1);
    assertThat(forgetting.at(0)).isEqualTo(1);
    assertThat(forgetting.at(-4)).isEqualTo(.81, EXACT);
    assertThatThrownBy(() -> TimeCorrelation.forgetting(1))
        .hasMessage("forgetting must be in [0, 1), but was 1.0");
  }

  @Test
  void should_find_the_hyperparameters_that_made_the_data() {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      int n = 60;
      double[][] points = new double[n][2];
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        points[i] = new double[] {random.nextDouble(), random.nextDouble()};
        values[i] = 100 + 7 * Math.sin(6 * points[i][0]) + .5 * random.nextGaussian();
      }
      GaussianProcess process =
          GaussianProcess.fit(
              Observations.of(points, values), TimeCorrelation.none(), FitOptions.defaults(), seed);
      assertThat(process.kernel().lengthScales()[1])
          .as("the input without effect, seed %d", seed)
          .isGreaterThan(3 * process.kernel().lengthScales()[0]);
      assertThat(Math.sqrt(process.noise())).as("seed %d", seed).isEqualTo(.5, within(.2));
      assertThat(process.mean(new double[] {.25, .5}))
          .as("seed %d", seed)
          .isEqualTo(100 + 7 * Math.sin(1.5), within(1.0));
      assertThat(process.leaveOneOut().rSquared()).as("seed %d", seed).isGreaterThan(.95);
      assertThat(process.leaveOneOut().coverage()).as("seed %d", seed).isGreaterThan(.85);
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.Shape.class)
  void should_have_the_gradient_of_differences_when_fitting(Kernel.Shape shape) {
    double[][] points = {{.1, .2, 0}, {.4, .9, 5}, {.5, .5, 9}, {.8, .1, 30}, {.9, .7, 31}};
    Observations observations =
        new Observations(
            points, new double[] {.3, -.2, 1.1, .4, -.7}, new double[0], new int[] {0, 0, 1, 1, 1});
    Fit fit = new Fit(observations, shape, TimeCorrelation.periodic(24), FitOptions.defaults());
    double[] x = {-.7, .4, .3, -2, -1.5};
    double[] gradient = new double[x.length];
    fit.negativeLogPosterior(x, gradient);
    for (int i = 0; i < x.length; i++) {
      double h = 1e-5;
      double[] up = x.clone();
      double[] down = x.clone();
      up[i] += h;
      down[i] -= h;
      double slope =
          (fit.negativeLogPosterior(up, new double[x.length])
                  - fit.negativeLogPosterior(down, new double[x.length]))
              / (2 * h);
      assertThat(gradient[i]).as("parameter %d", i).isEqualTo(slope, within(1e-6));
    }
  }

  @Test
  void should_take_the_likelier_kernel() {
    double[][] points = new double[25][];
    double[] smooth = new double[25];
    double[] rough = new double[25];
    for (int i = 0; i < 25; i++) {
      double x = i / 24.0;
      points[i] = new double[] {x};
      smooth[i] = Math.sin(7 * x);
      rough[i] = Math.abs(x - .33) + Math.abs(x - .71);
    }
    assertThat(shape(points, smooth)).isEqualTo(Kernel.Shape.SQUARED_EXPONENTIAL);
    assertThat(shape(points, rough)).isEqualTo(Kernel.Shape.MATERN_5_2);
  }

  private static Kernel.Shape shape(double[][] points, double[] values) {
    Observations observations =
        new Observations(points, values, new double[values.length], new int[0]);
    return GaussianProcess.fit(observations, TimeCorrelation.none(), FitOptions.defaults(), 1)
        .kernel()
        .shape();
  }

  @Test
  void should_see_through_the_offsets_of_batches() {
    Random random = new Random(5);
    int n = 40;
    double[][] points = new double[n][1];
    double[] values = new double[n];
    int[] batches = new int[n];
    double[] known = new double[n];
    for (int i = 0; i < n; i++) {
      points[i][0] = random.nextDouble();
      batches[i] = i / 4;
      known[i] = .01;
      values[i] = 3 * points[i][0] + 2 * Math.sin(17 * batches[i]) + .1 * random.nextGaussian();
    }
    GaussianProcess process =
        GaussianProcess.fit(
            new Observations(points, values, known, batches),
            TimeCorrelation.none(),
            FitOptions.defaults(),
            1);
    double gain = process.mean(new double[] {1}) - process.mean(new double[] {0});
    assertThat(gain).isEqualTo(3, within(.4));
    assertThat(process.batchVariance()).isGreaterThan(.3);
  }

  @Test
  void should_survive_equal_points_and_equal_values() {
    double[][] points = {{.5}, {.5}, {.5}};
    GaussianProcess process =
        GaussianProcess.fit(
            new Observations(points, new double[] {2, 2, 2}, new double[3], new int[0]),
            TimeCorrelation.none(),
            FitOptions.defaults(),
            1);
    assertThat(process.mean(new double[] {.5})).isEqualTo(2, within(1e-6));
    assertThat(process.leaveOneOut().rSquared()).isNaN();
  }

  @Test
  void should_refuse_observations_when_they_do_not_fit() {
    assertThatThrownBy(() -> Observations.of(X, new double[] {1}))
        .hasMessage("there must be as many values as points, 5, but were 1");
    assertThatThrownBy(() -> Observations.of(new double[][] {{1}}, new double[] {Double.NaN}))
        .hasMessage("values must be finite, but one was NaN");
    assertThatThrownBy(() -> process().mean(new double[] {1}))
        .hasMessage("points must have 2 coordinates, as the kernel, but had 1");
  }
}
