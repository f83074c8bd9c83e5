package io.ranking4j.examples;

import static io.ranking4j.task.Task.binary;
import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.data.Columns;
import io.ranking4j.data.LogDatabase;
import io.ranking4j.data.simulator.Action;
import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.error.ErrorCode;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.examples.report.CsvFile;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.EpochReport;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.nn.training.TrainingRun;
import io.ranking4j.nn.update.UpdateResult;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.RankRequest;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.ShadowReport;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.TimedRanking;
import io.ranking4j.runtime.publish.ModelDirectory;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide shows code that is compiled and run, from a log in files to a ranked list. */
class GuideTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  private static final String LOG =
      "SELECT * FROM impressions JOIN items USING (item_id) ORDER BY day, request_id, position";

  @Test
  void should_show_each_marked_part_once_and_nothing_else_when_it_shows_java() throws IOException {
    Path guide = MODULE.resolveSibling("docs").resolve("guide.md");
    List<String> shown =
        matches("(?s)```java\\R(.*?)```", Files.readString(guide)).stream()
            .map(GuideTest::withoutSpaces)
            .toList();
    assertThat(shown).isNotEmpty().isEqualTo(marked());
  }

  @Test
  void should_have_every_place_that_is_pointed_to_when_it_is_linked() throws IOException {
    Path docs = MODULE.resolveSibling("docs");
    String guide = Files.readString(docs.resolve("guide.md"));
    String readme = Files.readString(MODULE.resolveSibling("README.md"));
    List<String> headings =
        guide
            .lines()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
            .toList();
    List<String> anchors = matches("guide\\.md#([a-z-]+)", readme);
    anchors.addAll(matches("\\]\\(#([a-z-]+)\\)", guide));
    assertThat(anchors).hasSizeGreaterThan(1).isSubsetOf(headings);
    List<String> files = matches("\\]\\(([^#)]+)\\)", guide);
    assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(docs.resolve(file)).exists());
  }

  @Test
  void should_go_from_files_to_a_ranked_list_when_its_code_runs(@TempDir Path folder)
      throws IOException {
    FeatureSchema schema = GuideSnippets.schema();
    TaskGraph tasks = GuideSnippets.tasks();
    Path[] impressions = writeLog(folder);
    Path items = folder.resolve("items.csv");
    GuideSnippets.Days days = GuideSnippets.read(impressions, items, schema, tasks);
    assertThat(days.train().rows()).isEqualTo(3 * days.test().rows());

    List<Dataset> counted = GuideSnippets.count(schema, days);
    Dataset train = counted.get(0);
    Dataset validation = counted.get(1);
    assertThat(train.rateTables()).containsOnlyKeys("item_ctr");

    List<EpochReport> dashboard = new ArrayList<>();
    RankingModel plain = GuideSnippets.train(schema, tasks, train, validation, dashboard::add);
    assertThat(dashboard).isNotEmpty();
    assertThat(plain.tasks().names()).containsExactly("click", "order", "order_if_clicked");

    Trainer trainer =
        Trainer.of(Network.of(schema, ResFlow.of(16), tasks))
            .options(TrainerOptions.defaults().epochs(2));
    TrainingRun run = GuideSnippets.run(trainer, train, validation);
    assertThat(run.history()).hasSize(2);
    assertThat(run.model().provenance().toString()).contains("validation auc");

    List<RankingModel> sampled = GuideSnippets.sample(trainer, tasks, train, validation);
    assertThat(sampled.get(0).outputs())
        .extracting(TaskOutput::logitShift)
        .containsExactly(Math.log(0.25), Math.log(0.25), 0.0);
    assertThat(sampled.get(1).outputs()).extracting(TaskOutput::logitShift).containsOnly(0.0);

    Path file = folder.resolve("model.r4j");
    List<String> warnings = new ArrayList<>();
    RankingModel calibrated =
        GuideSnippets.calibrate(sampled.get(0), days.calibration(), file, warnings::add);
    assertThat(calibrated.outputs().get(0).calibrator()).as("%s", warnings).isPresent();

    List<Fusion> fusions = GuideSnippets.fuse(calibrated);
    assertThat(fusions.get(2)).isEqualTo(fusions.get(0));
    List<Explanation> explained = new ArrayList<>();
    List<Ranking> rankings =
        GuideSnippets.serve(file, fusions.get(0), fusions.get(1), explained::add);
    assertThat(rankings).hasSize(2);
    assertThat(rankings)
        .allSatisfy(
            ranking -> assertThat(ranking.ids()).containsExactlyInAnyOrder("lamp", "unknown"));
    assertThat(explained)
        .extracting(Explanation::value)
        .containsExactly(rankings.get(0).get(0).utility());

    Path newer = folder.resolve("newer.r4j");
    plain.save(newer);
    replacesTheModel(file, newer, fusions.get(1));
    assertThat(GuideSnippets.tune(plain, validation)).isInstanceOf(LinearFusion.class);
    // Too few of these held-out rows have a click for the calibration of what is given one.
    Network frequent =
        Network.of(schema, ResFlow.of(16), binary("click"), binary("order").residualFrom("click"));
    updates(
        folder.resolve("models"),
        Trainer.of(frequent).options(TrainerOptions.defaults().epochs(2)),
        train,
        validation,
        fusions.get(1));

    Map<String, Double> metrics = GuideSnippets.evaluate(plain, days.test());
    assertThat(metrics.get("auc")).as(RocAuc.class.getSimpleName()).isBetween(0.55, 1.0);
    assertThat(metrics).containsEntry("request auc", metrics.get("gauc"));

    fallsBack(calibrated, fusions.get(0));
  }

  private static void updates(
      Path folder, Trainer trainer, Dataset train, Dataset heldOut, Fusion fusion)
      throws IOException {
    UpdateResult first = GuideSnippets.update(folder, trainer, train, heldOut);
    assertThat(first.published()).as("%s", first.report()).isPresent();
    List<RankRequest> requests =
        List.of(new RankRequest(Features.empty(), List.of(Candidate.of("a", Features.empty()))));
    assertThat(GuideSnippets.follow(ModelDirectory.of(folder), fusion, requests)).isTrue();
  }

  private static void replacesTheModel(Path file, Path newer, Fusion fusion) throws IOException {
    List<Candidate> candidates =
        List.of(Candidate.of("a", Features.empty()), Candidate.of("b", Features.empty()));
    List<ShadowReport> reports = new ArrayList<>();
    TimedRanking answer =
        GuideSnippets.keepRanking(
            file, newer, fusion, Features.empty(), candidates, Runnable::run, reports::add);
    // So few candidates are one block, which is scored however short the time is.
    assertThat(answer.ranking().ids()).containsExactlyInAnyOrder("a", "b");
    assertThat(reports).extracting(ShadowReport::requests).containsExactly(1L);
  }

  @Test
  void should_set_options_and_write_a_report_when_the_parts_on_them_run(@TempDir Path folder)
      throws IOException {
    TrainerOptions options = GuideSnippets.regularise();
    assertThat(options.tables().decay()).isEqualTo(1e-3);
    assertThat(options.averaging()).isPresent();

    FeatureSchema schema =
        FeatureSchema.builder()
            .context(Feature.categorical("device"))
            .candidate(
                Feature.categorical("item_id"), Feature.numeric("position").buckets(1.5, 2.5, 3.5))
            .build();
    assertThat(GuideSnippets.unbias(schema, GuideSnippets.tasks()).architecture().name())
        .isEqualTo("resflow+bias");

    Path page = folder.resolve("report.html");
    double[] labels = {0, 1, 0, 0, 1, 0};
    GuideSnippets.report(labels, new double[] {0.1, 0.6, 0.3, 0.2, 0.4, 0.5}, page);
    assertThat(page).content().contains("Clicks of ResFlow").contains("<html");
  }

  private static void fallsBack(RankingModel model, Fusion fusion) {
    List<ErrorCode> failures = new ArrayList<>();
    List<Candidate> withoutPrice = List.of(Candidate.of("a", Features.empty()));
    try (Ranker ranker = Ranker.of(model, fusion)) {
      assertThat(GuideSnippets.fallback(ranker, Features.empty(), withoutPrice, failures::add))
          .containsExactly("a");
    }
    assertThat(failures).containsExactly(ErrorCode.BAD_DATA);
  }

  @Test
  void should_stream_counted_and_sampled_rows_when_the_log_is_read_as_a_source(@TempDir Path folder)
      throws IOException {
    FeatureSchema schema = GuideSnippets.schema();
    TaskGraph tasks = GuideSnippets.tasks();
    Path[] impressions = writeLog(folder);
    try (LogDatabase database = LogDatabase.open()) {
      database.table("impressions", impressions).table("items", folder.resolve("items.csv"));
      database.load("log", LOG);
      Columns columns = Columns.of(schema, tasks).number("day");
      DatasetSource source = GuideSnippets.stream(database, columns, schema, tasks);
      assertThat(source.negativeSampling()).isPresent();
      assertThat(source.rateTables()).containsOnlyKeys("item_ctr");
      try (DatasetSource.Chunks chunks = source.open()) {
        assertThat(chunks.next().has("item_ctr")).isTrue();
      }
    }
  }

  @Test
  void should_make_a_schema_of_every_kind_of_feature_when_it_lists_them() {
    assertThat(GuideSnippets.kinds().features()).hasSize(12);
  }

  /** Six days: a file for each part of the simulated log, and one of the items. */
  private static Path[] writeLog(Path folder) throws IOException {
    SimulatedLog log =
        ImpressionSimulator.simulate(
            SimulatorOptions.builder()
                .actions(Action.CLICK, Action.CART, Action.ORDER)
                .users(100)
                .items(50)
                .requestsPerDay(300)
                .trainDays(4)
                .build());
    Path whole = folder.resolve("whole.csv");
    Path last = folder.resolve("last.csv");
    Path test = folder.resolve("test.csv");
    CsvFile.write(whole, log.train());
    CsvFile.write(last, log.validation());
    CsvFile.write(test, log.test());
    try (LogDatabase database = LogDatabase.open()) {
      database.table("whole", whole, last, test);
      CsvFile.write(
          folder.resolve("items.csv"),
          database.read(
              "SELECT item_id, min(brand) AS brand, min(price) AS price, min(tags) AS tags"
                  + " FROM whole GROUP BY item_id ORDER BY item_id",
              Columns.bySqlType()));
      CsvFile.write(
          folder.resolve("impressions.csv"),
          database.read("SELECT * EXCLUDE (brand, price, tags) FROM whole", Columns.bySqlType()));
    }
    return new Path[] {folder.resolve("impressions.csv")};
  }

  private static List<String> marked() throws IOException {
    Path source = MODULE.resolve("src/test/java/io/ranking4j/examples/GuideSnippets.java");
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean inside = false;
    for (String line : Files.readAllLines(source)) {
      if (line.strip().equals("// guide:start")) {
        inside = true;
      } else if (line.strip().equals("// guide:end")) {
        inside = false;
        parts.add(withoutSpaces(part.toString()));
        part.setLength(0);
      } else if (inside) {
        part.append(line);
      }
    }
    return parts;
  }

  private static List<String> matches(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Line breaks and indents are the formatter's. */
  private static String withoutSpaces(String code) {
    return code.replaceAll("\\s+", "");
  }
}
