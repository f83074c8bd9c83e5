package io.ranking4j.data;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.task.Task.binary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.error.DataException;
import io.ranking4j.error.RankingException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsTest {
  private final LogDatabase db = LogDatabase.open();
  private final Path folder;

  ErrorsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    db.close();
  }

  /** The message of the one kind of exception that bad input may give. */
  static String failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(RankingException.class);
    return String.valueOf(thrown.getMessage());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String tableFailure(String name, String text) throws IOException {
    Path file = write(name, text);
    return failure(() -> db.table("t", file)).replace(folder.toString() + "/", "");
  }

  private String queryFailure(String sql, Columns columns) {
    return failure(() -> db.read(sql, columns));
  }

  @Test
  void should_name_the_file_when_it_is_missing_empty_or_a_folder() throws IOException {
    Path none = folder.resolve("none.csv");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> db.table("t", none))
        .withMessage("file " + none + " does not exist or is no regular file");
    Path directory = Files.createDirectory(folder.resolve("dir.csv"));
    assertThat(failure(() -> db.table("t", directory))).contains("is no regular file");
    assertThat(tableFailure("empty.csv", "")).isEqualTo("file empty.csv is empty");
    assertThat(tableFailure("header.csv", "id,x\n"))
        .isEqualTo("table 't' of [header.csv] has no rows");
    assertThat(tableFailure("bad.parquet", "id,x\n1,2\n3,4\n5,6\n"))
        .contains("bad.parquet", "arquet");
  }

  @Test
  void should_name_the_file_when_gzip_is_truncated_altered_or_none() throws IOException {
    StringBuilder text = new StringBuilder("id,x\n");
    for (int i = 0; i < 50_000; i++) {
      text.append(i).append(",1\n");
    }
    Path good = folder.resolve("good.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(good))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(good);
    byte[] altered = bytes.clone();
    altered[bytes.length / 2] ^= 0x55;
    Path bad = folder.resolve("bad.csv.gz");
    for (byte[] content :
        new byte[][] {
          Arrays.copyOf(bytes, bytes.length / 2),
          Arrays.copyOf(bytes, bytes.length - 1),
          Arrays.copyOf(bytes, 5),
          altered,
          "id,x\n1,2\n".getBytes(StandardCharsets.UTF_8)
        }) {
      Files.write(bad, content);
      assertThat(failure(() -> db.table("t", bad)))
          .startsWith("file " + bad + " is no intact gzip file");
    }
    assertThat(db.table("t", good).read("from t", Columns.bySqlType()).rows()).isEqualTo(50_000);
  }

  @Test
  void should_name_file_and_line_when_a_csv_line_is_ragged() throws IOException {
    assertThat(tableFailure("short.csv", "id,x,y\n1,2,3\n1,2\n4,5,6\n"))
        .isEqualTo("short.csv, line 3: expected 3 fields, but there were 2");
    assertThat(tableFailure("long.csv", "id,x,y\n1,2,3\n4,5,6\n1,2,3,4\n"))
        .isEqualTo("long.csv, line 4: expected 3 fields, but there were 4");
    StringBuilder text = new StringBuilder("id,x\n");
    for (int i = 0; i < 150_000; i++) {
      text.append(i).append(i == 140_000 ? ",1,2\n" : ",1\n");
    }
    Path late = write("late.csv", text.toString());
    db.table("late", late);
    assertThat(queryFailure("from late", Columns.bySqlType()))
        .isEqualTo(late + ", line 140002: expected 2 fields, but there were 3");
  }

  /** The driver may end a broken stream in silence, depending on timing: hence many tries. */
  @RepeatedTest(25)
  void should_never_give_a_part_of_the_rows_when_a_stream_fails_on_the_way() {
    String sql =
        "select case when i = 140000 then error('on purpose') else i::varchar end as x"
            + " from range(150000) r(i)";
    assertThat(queryFailure(sql, Columns.bySqlType())).contains("on purpose");
    DatasetSource source = db.source(sql, Columns.bySqlType(), 5000);
    assertThat(failure(() -> LogDatabaseTest.rows(source))).contains("on purpose");
    assertThat(failure(() -> db.load("t", sql))).contains("on purpose");
  }

  @Test
  void should_name_column_and_line_when_a_late_value_has_another_type() throws IOException {
    StringBuilder text = new StringBuilder("id,x\n");
    for (int i = 0; i < 150_000; i++) {
      text.append(i == 140_000 ? "oops" : String.valueOf(i)).append(",1\n");
    }
    Path late = write("late.csv", text.toString());
    db.csv("late", CsvOptions.defaults().sampleRows(1000), late);
    assertThat(queryFailure("from late", Columns.bySqlType()))
        .startsWith(late + ", line 140002: column 'id' must be BIGINT")
        .contains("'oops'")
        .doesNotContain("sample_size");
  }

  @Test
  void should_say_what_differs_when_files_of_a_table_have_other_columns() throws IOException {
    Path one = write("1.csv", "id,x\n1,2\n");
    Path two = write("2.csv", "x,id\n1,2\n");
    assertThat(failure(() -> db.table("t", one, two)))
        .isEqualTo("file " + two + " has the columns [x, id], but " + one + " has [id, x]");
    CsvOptions three = CsvOptions.defaults().noHeader(java.util.List.of("a", "b", "c"));
    assertThat(failure(() -> db.csv("t", three, one)))
        .isEqualTo("file " + one + ", line 1: expected 3 fields, [a, b, c], but there were 2");
  }

  @Test
  void should_list_what_is_known_when_a_name_is_not() throws IOException {
    db.table("log", write("log.csv", "user,click\n1,0\n"));
    FeatureSchema schema =
        FeatureSchema.builder().context(categorical("user_id"), numeric("age")).build();
    assertThatExceptionOfType(UnknownNameException.class)
        .isThrownBy(() -> db.read("from log", Columns.of(schema)))
        .withMessage("unknown column 'user_id', known are [user, click]");
    assertThatExceptionOfType(UnknownNameException.class)
        .isThrownBy(() -> db.read("select clik from log", Columns.bySqlType()))
        .withMessage("unknown column 'clik', known are [user, click]");
    assertThatExceptionOfType(UnknownNameException.class)
        .isThrownBy(() -> db.read("select log.clik from log", Columns.bySqlType()))
        .withMessage("unknown column 'clik', known are [user, click]");
    assertThatExceptionOfType(UnknownNameException.class)
        .isThrownBy(() -> db.read("from logs", Columns.bySqlType()))
        .withMessage("unknown table 'logs', known are [log]");
    Path file = write("typed.csv", "user,click\n1,0\n");
    assertThat(queryFailure("selec 1", Columns.bySqlType()))
        .contains("the query failed", "syntax error");
    try (LogDatabase other = LogDatabase.open()) {
      CsvOptions typed = CsvOptions.defaults().type("usr", "VARCHAR");
      assertThat(failure(() -> other.csv("t", typed, file)))
          .isEqualTo("unknown column 'usr', known are [user, click]");
    }
  }

  @Test
  void should_name_column_row_and_value_when_a_number_is_none() {
    Columns numbers = Columns.bySqlType().number("x");
    assertThat(queryFailure("select unnest(['1', ' 2.5 ', 'two']) as x", numbers))
        .isEqualTo("column 'x', row 3: expected a number, but was 'two'");
    assertThat(queryFailure("select unnest(['1', '1d']) as x", numbers))
        .isEqualTo("column 'x', row 2: expected a number, but was '1d'");
    assertThat(queryFailure("select unnest([1, 'nan'::double]) as x", numbers))
        .isEqualTo("column 'x', row 2: expected a finite number (or none), but was NaN");
    assertThat(queryFailure("select unnest(['NaN']) as x", numbers))
        .isEqualTo("column 'x', row 1: expected a finite number (or none), but was NaN");
    assertThat(queryFailure("select '-inf'::double as x", numbers))
        .isEqualTo("column 'x', row 1: expected a finite number (or none), but was -Infinity");
    assertThat(queryFailure("select 'nan'::double as x", Columns.bySqlType().category("x")))
        .isEqualTo("column 'x', row 1: expected a category (or none), but was the number NaN");
  }

  @Test
  void should_name_the_row_of_the_whole_result_when_a_late_chunk_is_bad() {
    DatasetSource source =
        db.source(
            "select case when i = 4567 then 'x' else i::varchar end as v from range(6000) r(i)",
            Columns.bySqlType().number("v"),
            100);
    assertThat(failure(() -> LogDatabaseTest.rows(source)))
        .isEqualTo("column 'v', row 4568: expected a number, but was 'x'");
  }

  @Test
  void should_name_the_row_when_a_label_or_mask_is_out_of_range() {
    FeatureSchema schema = FeatureSchema.builder().context(categorical("u")).build();
    Columns columns = Columns.of(schema, TaskGraph.of(binary("click").mask("m")));
    assertThat(queryFailure("select 1 u, unnest([1, 0, null, 2]) click, 1 m", columns))
        .isEqualTo("column 'click', row 4: expected 0 or 1, but was 2");
    assertThat(queryFailure("select 1 u, 1 click, unnest([1, 0, 0.5]) m", columns))
        .isEqualTo("column 'm', row 3: expected 0 or 1, but was 0.5");
  }

  @Test
  void should_say_what_is_needed_when_a_column_has_another_type() {
    assertThat(queryFailure("select [1] as x", Columns.bySqlType().number("x")))
        .isEqualTo(
            "column 'x' is read as numbers and must be a number, BOOLEAN, DATE, TIMESTAMP or"
                + " VARCHAR, but is INTEGER[]");
    assertThat(queryFailure("select [1] as x", Columns.bySqlType().category("x")))
        .contains("must be one value a row", "INTEGER[]");
    assertThat(queryFailure("select {'a': 1} as x", Columns.bySqlType()))
        .contains("must be one value a row", "STRUCT(a INTEGER)");
    assertThat(queryFailure("select 1 as x", Columns.bySqlType().vector("x", 2)))
        .contains("must be a LIST or ARRAY of numbers, but is INTEGER");
    assertThat(queryFailure("select [[1]] as x", Columns.bySqlType().list("x")))
        .contains("must be a LIST of text or numbers");
  }

  @Test
  void should_name_row_and_element_when_a_vector_is_bad() {
    Columns columns = Columns.bySqlType().vector("v", 2);
    assertThat(queryFailure("select unnest([[1, 2], [3]]) as v", columns))
        .isEqualTo("column 'v', row 2: expected a vector of width 2, but was 1");
    assertThat(queryFailure("select [1, null] as v", columns))
        .isEqualTo("column 'v', row 1: element 1 must be a finite number, but was null");
    assertThat(queryFailure("select ['nan'::float, 1] as v", columns))
        .isEqualTo("column 'v', row 1: element 0 must be a finite number, but was NaN");
  }

  @Test
  void should_say_so_when_a_query_gives_no_rows_or_fails_on_the_way() {
    assertThat(queryFailure("select 1 as x where false", Columns.bySqlType()))
        .contains("the query gave no rows");
    assertThat(queryFailure("select error('on purpose') as x", Columns.bySqlType()))
        .contains("the query failed", "on purpose");
  }
}
