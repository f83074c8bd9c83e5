package io.ranking4j.examples.data;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;

import io.ranking4j.data.Columns;
import io.ranking4j.data.CsvOptions;
import io.ranking4j.data.LogDatabase;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.TaskGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * People of the Census-Income (KDD) data with two unrelated tasks, the classic of multi-task
 * learning: income above 50,000, and never married. Split by chance into 60% for training, 20% for
 * validation and 20% for testing.
 *
 * @see <a href="https://archive.ics.uci.edu/dataset/117">where the data is published</a>
 */
public final class CensusExample implements ExampleData {
  /** Income above 50,000. */
  public static final String INCOME = "income_over_50k";

  /** Never married. */
  public static final String NEVER_MARRIED = "never_married";

  private static final String FILE = "census-income.test.gz";
  private static final double TRAIN_SHARE = 0.6;
  private static final double TRAIN_AND_VALIDATION_SHARE = 0.8;

  private static final List<String> COLUMNS =
      List.of(
          "age",
          "class_of_worker",
          "detailed_industry",
          "detailed_occupation",
          "education",
          "wage_per_hour",
          "enrolled_in_education",
          "marital_status",
          "major_industry",
          "major_occupation",
          "race",
          "hispanic_origin",
          "sex",
          "union_member",
          "reason_for_unemployment",
          "full_or_part_time",
          "capital_gains",
          "capital_losses",
          "dividends",
          "tax_filer_status",
          "region_of_previous_residence",
          "state_of_previous_residence",
          "detailed_household_status",
          "household_summary",
          "instance_weight",
          "migration_msa",
          "migration_region",
          "migration_within_region",
          "same_house_one_year_ago",
          "migration_sunbelt",
          "persons_worked_for_employer",
          "family_members_under_18",
          "father_country_of_birth",
          "mother_country_of_birth",
          "own_country_of_birth",
          "citizenship",
          "own_business",
          "veteran_questionnaire",
          "veterans_benefits",
          "weeks_worked",
          "year",
          "income");

  /** The labels, what all but is one of them, and the weight of the survey. */
  private static final Set<String> NO_FEATURES =
      Set.of(
          "income",
          "marital_status",
          "tax_filer_status",
          "detailed_household_status",
          "household_summary",
          "instance_weight");

  private static final Set<String> AMOUNTS =
      Set.of("wage_per_hour", "capital_gains", "capital_losses", "dividends");

  private static final Set<String> NUMBERS =
      Set.of("age", "persons_worked_for_employer", "weeks_worked");

  private final Path file;
  private final long seed;
  private final TaskGraph tasks;
  private final FeatureSchema schema = makeSchema();
  private @Nullable Dataset people;

  /**
   * Names the file; nothing is read yet.
   *
   * @param folder where {@code census-income.test.gz} is
   * @param names the tasks; empty for both
   * @param links how they depend on one another
   * @param seed decides who is in which part
   * @throws io.ranking4j.error.UnknownNameException where a task is not known
   */
  public CensusExample(Path folder, List<String> names, TaskLinks links, long seed) {
    this.file = folder.resolve(FILE);
    this.seed = seed;
    List<String> known = List.of(INCOME, NEVER_MARRIED);
    this.tasks = links.graph(names.isEmpty() ? known : names, known);
  }

  private static FeatureSchema makeSchema() {
    List<Feature> features = new ArrayList<>();
    for (String name : COLUMNS) {
      if (AMOUNTS.contains(name)) {
        features.add(numeric(name).log());
      } else if (NUMBERS.contains(name)) {
        features.add(numeric(name));
      } else if (!NO_FEATURES.contains(name)) {
        features.add(categorical(name));
      }
    }
    return FeatureSchema.builder().candidate(features.toArray(Feature[]::new)).build();
  }

  @Override
  public FeatureSchema schema() {
    return schema;
  }

  @Override
  public TaskGraph tasks() {
    return tasks;
  }

  @Override
  public Dataset train() {
    return part(0, TRAIN_SHARE);
  }

  @Override
  public Dataset validation() {
    return part(TRAIN_SHARE, TRAIN_AND_VALIDATION_SHARE);
  }

  @Override
  public Optional<Dataset> test(FeatureSchema features, TaskGraph labels) {
    return Optional.of(part(TRAIN_AND_VALIDATION_SHARE, 1));
  }

  @Override
  public Optional<String> userColumn() {
    return Optional.empty();
  }

  @Override
  public Optional<String> idColumn() {
    return Optional.empty();
  }

  @Override
  public List<String> signals() {
    return List.of();
  }

  private Dataset part(double from, double to) {
    Dataset all = people;
    if (all == null) {
      all = read();
      people = all;
    }
    return all.select(
        IntStream.range(0, all.rows())
            .filter(row -> share(row) >= from && share(row) < to)
            .toArray());
  }

  /** A number in [0, 1) that follows from the seed and the row alone (SplitMix64, Steele 2014). */
  private double share(int row) {
    long z = seed + (row + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }

  private Dataset read() {
    CsvOptions csv = CsvOptions.defaults().noHeader(COLUMNS);
    Map<String, String> selected = new LinkedHashMap<>();
    for (String name : COLUMNS) {
      csv = csv.type(name, "VARCHAR");
      selected.put(name, "trim(" + name + ") as " + name);
    }
    selected.put(INCOME, "trim(income) like '50000+%' as " + INCOME);
    selected.put(NEVER_MARRIED, "trim(marital_status) = 'Never married' as " + NEVER_MARRIED);
    TaskGraph both =
        new TaskLinks.Named(Map.of())
            .graph(List.of(INCOME, NEVER_MARRIED), List.of(INCOME, NEVER_MARRIED));
    try (LogDatabase db = LogDatabase.open()) {
      db.csv("people", csv, file);
      return db.read(
          "select " + String.join(", ", selected.values()) + " from people",
          Columns.of(schema, both));
    }
  }
}
