package io.ranking4j.runtime;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does not do until its first ranking: each takes a good part of that time. */
class StartTest {
  private static final String CLICK = "click";
  private static final String ORDER = "order";

  /** A network of all that the usual one has: embeddings, activations, residuals, two heads. */
  private static RankingModel model() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("user"))
            .candidate(categorical("item"), numeric("price"))
            .build();
    Dataset data =
        Dataset.builder()
            .column("user", CategoricalColumn.of(List.of("a", "b")))
            .column("item", CategoricalColumn.of(List.of("x", "y")))
            .column("price", NumericColumn.of(1, 2))
            .build();
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, 8);
    PlanBuilder builder = new PlanBuilder(encoder.layout().width());
    Value click = tower(builder, "click");
    Value order = tower(builder, "order");
    Value both = builder.add(click, order);
    builder.output(CLICK, builder.dense("head.click", click, 1));
    builder.output(ORDER, builder.dense("head.order", both, 1));
    Plan plan = builder.build();
    float[] parameters = new float[plan.parameterCount()];
    for (Parameter parameter : plan.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        parameters[parameter.offset() + i] = (float) Math.sin(i);
      }
    }
    List<EmbeddingTable> tables =
        encoder.layout().tables().stream().map(EmbeddingTable::zeros).toList();
    return new RankingModel(
        encoder,
        tables,
        plan,
        parameters,
        new float[0],
        List.of(
            TaskOutput.uncorrected(Task.binary(CLICK)), TaskOutput.uncorrected(Task.binary(ORDER))),
        Provenance.of(Map.of()));
  }

  private static Value tower(PlanBuilder builder, String name) {
    Value x = builder.dense("tower." + name, builder.input(), 32);
    return builder.activate("tower." + name + ".activation", x, Activation.RELU);
  }

  /** Loads a model and ranks once. */
  static final class RankOnce {
    private RankOnce() {}

    public static void main(String[] arguments) throws IOException {
      RankingModel model = RankingModel.load(Path.of(arguments[0]));
      List<Candidate> candidates = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Features features = Features.builder().set("item", "x").set("price", i).build();
        candidates.add(Candidate.of(String.valueOf(i), features));
      }
      try (Ranker ranker = Ranker.of(model, new OneTask(ORDER, 1))) {
        Features context = Features.builder().set("user", "a").build();
        if (ranker.rank(context, candidates).size() != candidates.size()) {
          throw new IllegalStateException("candidates are missing");
        }
      }
    }
  }

  @Test
  void should_not_make_what_is_slow_at_a_start(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.r4j");
    model().save(file);
    Path log = folder.resolve("classes.txt");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                classPath,
                RankOnce.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("output.txt"))).isZero();
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded)
        .as("what shows that the log is one")
        .anyMatch(is("io.ranking4j.runtime.Ranker"));
    assertThat(loaded)
        .as("equality and hashes of records that nobody wrote")
        .noneMatch(is("java.lang.runtime.ObjectMethods"));
    assertThat(loaded).as("another process").noneMatch(is("java.lang.ProcessImpl"));
    assertThat(
            loaded.stream()
                .filter(line -> line.contains("io.ranking4j") && line.contains("$$Lambda")))
        .as("functions that the JVM generates when they are first used")
        .hasSizeLessThan(30);
  }

  private static Predicate<String> is(String type) {
    return line -> line.contains(" " + type + " ");
  }
}
