package io.ranking4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The census, where it is there. */
class CensusExampleTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("ranking4j.shared.data", "none"), "census-income");

  private static CensusExample census(long seed) {
    return new CensusExample(FOLDER, List.of(), TaskLinks.parse("none"), seed);
  }

  private static double rate(Dataset data, String label) {
    return Arrays.stream(data.column(label, NumericColumn.class).values()).average().orElseThrow();
  }

  @Test
  void should_split_all_people_by_the_seed_when_the_file_is_there() {
    assumeTrue(Files.isDirectory(FOLDER), "ranking4j.shared.data has no census-income");
    CensusExample census = census(1);
    Dataset train = census.train();
    Dataset validation = census.validation();
    Dataset test = census.test(census.schema(), census.tasks()).orElseThrow();
    assertThat(train.rows() + validation.rows() + test.rows()).isEqualTo(99_762);
    assertThat(train.rows()).isCloseTo(59_857, within(600));
    assertThat(test.rows()).isCloseTo(19_952, within(500));
    assertThat(rate(train, CensusExample.INCOME)).isCloseTo(0.062, within(0.003));
    assertThat(rate(test, CensusExample.NEVER_MARRIED)).isCloseTo(0.4325, within(0.01));
    assertThat(census(2).train().rows()).isNotEqualTo(train.rows());
  }

  @Test
  void should_leave_out_what_gives_a_label_away_when_features_are_chosen() {
    CensusExample census = census(1);
    for (String name :
        List.of(
            "income",
            "marital_status",
            "tax_filer_status",
            "detailed_household_status",
            "household_summary",
            "instance_weight")) {
      assertThat(census.schema().contains(name)).as(name).isFalse();
    }
    assertThat(census.schema().features()).hasSize(36);
    assertThat(census.tasks().parent(CensusExample.NEVER_MARRIED)).isEmpty();
  }
}
