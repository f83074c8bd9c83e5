package io.ranking4j.benchmarks.micro;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The benchmarks of this package, by JMH. */
public final class MicroSuite implements Suite {
  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String description() {
    return "fusion, encoding, one forward and one proposal of weights, by JMH; without peers";
  }

  @Override
  public void run(Report report) throws Exception {
    String here = MicroSuite.class.getPackageName();
    Options options = new OptionsBuilder().include(Pattern.quote(here + ".")).build();
    for (RunResult result : new Runner(options).run()) {
      String parameters =
          result.getParams().getParamsKeys().stream()
              .map(key -> "-" + result.getParams().getParam(key))
              .collect(Collectors.joining());
      report.alone(
          result.getPrimaryResult().getLabel() + parameters,
          "mean " + result.getPrimaryResult().getScoreUnit(),
          result.getPrimaryResult().getScore());
    }
  }
}
