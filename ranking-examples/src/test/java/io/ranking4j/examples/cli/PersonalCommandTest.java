package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.fusion.personal.PersonalWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonalCommandTest {
  private final Path folder;

  PersonalCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Two kinds of request, each better off with one of two arms, where these make a difference. */
  private Path log(String header, boolean differ) throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of(header));
    for (int row = 0; row < 6_000; row++) {
      int kind = random.nextInt(2);
      int arm = random.nextInt(4) == 0 ? 0 : 1;
      double rate = differ && kind == arm ? .5 : .2;
      lines.add(
          "u%d,%d,%d,%s,%d"
              .formatted(
                  row / 3, kind, arm, arm == 0 ? .25 : .75, random.nextDouble() < rate ? 1 : 0));
    }
    return Files.write(folder.resolve("log.csv"), lines);
  }

  private static CommandRun run(Path log, String... more) {
    return CommandRun.of(
        List.of(
            "personal",
            "--log",
            log.toString(),
            "--features",
            "kind",
            "--user",
            "user",
            "--arm-weights",
            "click=1,order=5",
            "--arm-weights",
            "click=1,order=20",
            "--seed",
            "3"),
        more);
  }

  @Test
  void should_write_weights_by_request_when_they_pay() throws IOException {
    Path policy = folder.resolve("policy.json");
    Path json = folder.resolve("out.json");
    CommandRun run =
        run(
            log("user,kind,arm,propensity,reward", true),
            "--out",
            policy.toString(),
            "--json",
            json.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("gain, SNIPS", "personal weights are used");
    assertThat(CommandRun.json(json).path("personal").asBoolean()).isTrue();
    PersonalWeights weights = PersonalWeights.fromJson(Files.readString(policy));
    assertThat(weights.weights(new double[] {0})).isEqualTo(Map.of("click", 1.0, "order", 5.0));
    assertThat(weights.weights(new double[] {1})).isEqualTo(Map.of("click", 1.0, "order", 20.0));
  }

  @Test
  void should_keep_the_best_single_weights_when_requests_do_not_differ() throws IOException {
    CommandRun run = run(log("user,kind,arm,propensity,reward", false), "--value-head");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("the best single weights are used");
  }

  @Test
  void should_refuse_a_log_that_it_cannot_learn_from() throws IOException {
    CommandRun without = run(log("user,kind,arm,something,reward", true));
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err()).contains("the log has no propensities");
    assertThat(run(folder.resolve("none.csv")).err()).contains("does not exist");
    CommandRun misuse = run(folder.resolve("none.csv"), "--arm-weights", "click");
    assertThat(misuse.code()).isEqualTo(2);
    assertThat(misuse.err()).contains("a weight must be NAME=CURRENT");
    CommandRun half = run(log("user,kind,propensity,arm,reward", true));
    assertThat(half.err()).contains("arms must be whole numbers");
  }
}
