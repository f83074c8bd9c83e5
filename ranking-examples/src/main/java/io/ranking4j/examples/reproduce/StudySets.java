package io.ranking4j.examples.reproduce;

import io.ranking4j.data.simulator.Action;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.error.DataException;
import io.ranking4j.examples.data.CensusExample;
import io.ranking4j.examples.data.KuaiRandExample;
import io.ranking4j.examples.data.KuaiRandInputs;
import io.ranking4j.examples.data.SimulatedExample;
import io.ranking4j.examples.data.TaskLinks;
import io.ranking4j.examples.reproduce.StudyData.Conditional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The data sets of the experiments, each read when it is first asked for, and only once. */
final class StudySets {
  /** What a folder with data must have for KuaiRand. */
  static final String KUAIRAND_FOLDER = "kuairand-pure";

  /** What a folder with data must have for the census. */
  static final String CENSUS_FOLDER = "census-income";

  /** How long somebody watched, in milliseconds. */
  static final String PLAY_TIME = "play_time_ms";

  /** The same, at most {@link #CLIP}. */
  static final String CLIPPED_PLAY_TIME = "play_time_to_96_s";

  /** What longer play times are taken for in the ResFlow write-up, in milliseconds. */
  static final double CLIP = 96_000;

  private static final long WORLD = 1;
  private static final int SLATE = 10;
  private static final int TRAIN_DAYS = 2;
  private static final double DENSE_CLICK = 0.4;
  private static final double DENSE_CART = 0.2;
  private static final double DENSE_ORDER = 0.1;
  private static final double RARE_CART = 0.02;
  private static final double RARE_ORDER = 0.001;

  private static final List<Conditional> KUAIRAND_CONDITIONALS =
      List.of(new Conditional("long_view", "is_click"));

  private static final List<Conditional> FUNNEL_CONDITIONALS =
      List.of(new Conditional("cart", "click"), new Conditional("order", "click"));

  private final Optional<Path> folder;
  private final int simulatedRows;
  private final Map<String, StudyData> read = new LinkedHashMap<>();

  /**
   * Names where data is; nothing is read yet.
   *
   * @param folder with the folders of the real logs; empty for the simulator alone
   * @param simulatedRows how many rows of a simulated log there are to learn from
   */
  StudySets(Optional<Path> folder, int simulatedRows) {
    this.folder = folder;
    this.simulatedRows = simulatedRows;
  }

  /** Whether there are files of that data set. */
  boolean has(String name) {
    return folder.isPresent() && Files.isDirectory(folder.get().resolve(name));
  }

  /**
   * KuaiRand.
   *
   * @param tasks how many of its tasks there are: rates of exactly those are features
   * @param inputs which features there are beside
   */
  StudyData kuairand(int tasks, KuaiRandInputs inputs) {
    String name = "kuairand" + tasks;
    return once(
        name + inputs,
        () -> {
          Path files = files(KUAIRAND_FOLDER);
          StudyData rows =
              StudyData.read(
                  name,
                  fingerprint(files),
                  new KuaiRandExample(
                          files,
                          Optional.empty(),
                          Optional.empty(),
                          KuaiRandExample.LABELS.subList(0, tasks),
                          new TaskLinks.Chain(),
                          inputs)
                      .values(PLAY_TIME),
                  KUAIRAND_CONDITIONALS);
          return rows.clipped(CLIPPED_PLAY_TIME, PLAY_TIME, CLIP);
        });
  }

  /** KuaiRand with the features that it has when nothing else is said. */
  StudyData kuairand(int tasks) {
    return kuairand(tasks, KuaiRandInputs.DEFAULT);
  }

  /** The census, always divided in the same way. */
  StudyData census() {
    return once(
        "census",
        () -> {
          Path files = files(CENSUS_FOLDER);
          return StudyData.read(
              "census",
              fingerprint(files),
              new CensusExample(files, List.of(), TaskLinks.parse(TaskLinks.NONE), WORLD),
              List.of());
        });
  }

  /** A simulated chain of dense actions. */
  StudyData dense() {
    return simulated("dense", DENSE_CLICK, DENSE_CART, DENSE_ORDER);
  }

  /** A simulated chain whose last action is rare. */
  StudyData rare() {
    return simulated("rare", Action.CLICK.defaultRate(), RARE_CART, RARE_ORDER);
  }

  private StudyData simulated(String name, double click, double cart, double order) {
    return once(
        name,
        () -> {
          SimulatorOptions options =
              SimulatorOptions.builder()
                  .actions(Action.CLICK)
                  .rate(Action.CLICK, click)
                  .rate(Action.CART, cart)
                  .rate(Action.ORDER, order)
                  .trainDays(TRAIN_DAYS)
                  .requestsPerDay(Math.max(1, simulatedRows / TRAIN_DAYS / SLATE))
                  .slateLength(SLATE)
                  .seed(WORLD)
                  .build();
          return StudyData.read(
              name,
              options.toString(),
              new SimulatedExample(options, List.of(), Optional.empty()),
              FUNNEL_CONDITIONALS);
        });
  }

  private StudyData once(String name, Supplier<StudyData> reader) {
    StudyData known = read.get(name);
    if (known == null) {
      known = reader.get();
      read.put(name, known);
    }
    return known;
  }

  private Path files(String name) {
    return folder
        .map(all -> all.resolve(name))
        .filter(Files::isDirectory)
        .orElseThrow(() -> new DataException("there is no folder " + name + " within --data"));
  }

  /** Names and sizes: other files are other data. */
  private static String fingerprint(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> sizes =
          files
              .filter(file -> file.getFileName().toString().endsWith(".gz"))
              .sorted()
              .map(file -> file.getFileName() + ":" + file.toFile().length())
              .toList();
      return String.join(" ", sizes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
