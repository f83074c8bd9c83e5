package io.ranking4j.data;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.vector;
import static io.ranking4j.task.Task.binary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogDatabaseTest {
  private static final String LOG =
      """
      user_id,tags,price,click,mask,day,score
      900719925474099301,"a, b",1.5,1,1,2022-04-25,3.0
      7,,,0,0,2022-04-26,0.25
      7,b,-2,,1,2022-04-27,
      """;

  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(categorical("user_id"), categorical("score"))
          .candidate(categorical("tags").multiValued(Pooling.MEAN), numeric("price"))
          .build();

  private static final TaskGraph TASKS = TaskGraph.of(binary("click").mask("mask"));

  private final Path folder;

  LogDatabaseTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path gzip(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private Path parquet(Path csv) {
    Path file = folder.resolve("log.parquet");
    try (LogDatabase db = LogDatabase.open(LogOptions.defaults().unrestrictedAccess())) {
      db.table("t", csv);
      db.execute("copy", "COPY t TO " + Sql.text(file.toString()));
    }
    return file;
  }

  private static void check(Dataset data) {
    assertThat(data.rows()).isEqualTo(3);
    CategoricalColumn user = data.column("user_id", CategoricalColumn.class);
    assertThat(user.get(0)).isEqualTo("900719925474099301");
    assertThat(user.codes()).containsExactly(0, 1, 1);
    CategoricalColumn score = data.column("score", CategoricalColumn.class);
    assertThat(score.get(0)).isEqualTo("3");
    assertThat(score.get(1)).isEqualTo("0.25");
    assertThat(score.get(2)).isNull();
    ListColumn tags = data.column("tags", ListColumn.class);
    assertThat(tags.get(0)).containsExactly("a", "b");
    assertThat(tags.get(1)).isEmpty();
    assertThat(tags.get(2)).containsExactly("b");
    NumericColumn price = data.column("price", NumericColumn.class);
    assertThat(price.values()[0]).isEqualTo(1.5);
    assertThat(price.isMissing(1)).isTrue();
    assertThat(price.values()[2]).isEqualTo(-2);
    NumericColumn click = data.column("click", NumericColumn.class);
    assertThat(click.values()[0]).isEqualTo(1);
    assertThat(click.isMissing(1)).isFalse();
    assertThat(click.isMissing(2)).isTrue();
    assertThat(data.column("mask", NumericColumn.class).values()).containsExactly(1, 0, 1);
    assertThat(data.column("day", NumericColumn.class).values())
        .containsExactly(19107, 19108, 19109);
  }

  @Test
  void should_read_what_schema_and_tasks_need_when_files_are_csv_gzip_or_parquet()
      throws IOException {
    Path csv = write("log.csv", LOG);
    Columns columns = Columns.of(SCHEMA, TASKS).number("day");
    for (Path file : List.of(csv, gzip("log.csv.gz", LOG), parquet(csv))) {
      try (LogDatabase db = LogDatabase.open()) {
        Dataset data = db.table("log", file).read("select * from log; ", columns);
        check(data);
        assertThat(data.columns().keySet())
            .containsExactly("user_id", "score", "tags", "price", "click", "mask", "day");
      }
    }
  }

  @Test
  void should_follow_sql_types_when_no_schema_is_given() {
    try (LogDatabase db = LogDatabase.open()) {
      Dataset data =
          db.read(
              """
              select 1::utinyint as small, 2.5::decimal(5, 2) as exact, true as flag, 'x' as text,
                timestamp '1970-01-02 00:00:01' as time, [1.5, 2]::float[2] as vec,
                [3, null, 4] as items, ['p', 'q'] as words, 7::hugeint as huge, 'e' as num -- end
              """,
              Columns.bySqlType().category("huge"));
      assertThat(data.column("small", NumericColumn.class).values()).containsExactly(1);
      assertThat(data.column("exact", NumericColumn.class).values()).containsExactly(2.5);
      assertThat(data.column("flag", NumericColumn.class).values()).containsExactly(1);
      assertThat(data.column("text", CategoricalColumn.class).get(0)).isEqualTo("x");
      assertThat(data.column("time", NumericColumn.class).values()).containsExactly(86401);
      assertThat(data.column("vec", VectorColumn.class).values()).containsExactly(1.5f, 2f);
      assertThat(data.column("items", ListColumn.class).get(0)).containsExactly("3", "4");
      assertThat(data.column("words", ListColumn.class).get(0)).containsExactly("p", "q");
      assertThat(data.column("huge", CategoricalColumn.class).get(0)).isEqualTo("7");
    }
  }

  @Test
  void should_read_vectors_and_mark_missing_ones_when_the_column_is_a_list() {
    FeatureSchema schema = FeatureSchema.builder().candidate(vector("v", 2)).build();
    try (LogDatabase db = LogDatabase.open()) {
      VectorColumn column =
          db.read("select unnest([[1, 2], null, [3, 4]]) as v", Columns.of(schema))
              .column("v", VectorColumn.class);
      assertThat(column.values()).containsExactly(1, 2, 0, 0, 3, 4);
      assertThat(column.isMissing(0)).isFalse();
      assertThat(column.isMissing(1)).isTrue();
    }
  }

  @Test
  void should_split_lists_when_the_delimiter_is_another() {
    try (LogDatabase db = LogDatabase.open()) {
      ListColumn column =
          db.read("select ' a |b|| c' as l", Columns.bySqlType().list("l").listDelimiter('|'))
              .column("l", ListColumn.class);
      assertThat(column.get(0)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void should_code_texts_numbers_and_doubles_alike_when_there_are_many() {
    try (LogDatabase db = LogDatabase.open()) {
      String sql =
          "select (i * 7919) % 5003 - 2500 as n, ((i * 7919) % 5003 - 2500)::varchar as t,"
              + " ((i * 7919) % 5003 - 2500)::double as d, 0.1::float as f from range(20000) r(i)";
      Dataset data = db.read(sql, Columns.bySqlType().category("n", "t", "d", "f"));
      CategoricalColumn number = data.column("n", CategoricalColumn.class);
      CategoricalColumn text = data.column("t", CategoricalColumn.class);
      CategoricalColumn floating = data.column("d", CategoricalColumn.class);
      assertThat(number.dictionary()).hasSize(5003).isEqualTo(text.dictionary());
      assertThat(floating.dictionary()).isEqualTo(text.dictionary());
      assertThat(number.codes()).isEqualTo(text.codes()).isEqualTo(floating.codes());
      for (int i = 0; i < 20000; i += 997) {
        assertThat(number.get(i)).isEqualTo(String.valueOf(((long) i * 7919) % 5003 - 2500));
      }
      assertThat(data.column("f", CategoricalColumn.class).get(5)).isEqualTo("0.1");
    }
  }

  @Test
  void should_give_the_same_rows_in_order_when_read_in_chunks_of_any_size() {
    String sql =
        "select i, i % 13 as c, case when i % 5 = 0 then null else i / 2 end as x,"
            + " list_transform(range(i % 4), e -> e + i % 3) as l,"
            + " case when i % 7 = 0 then null else [i, 1] end as v"
            + " from range(3001) r(i)";
    try (LogDatabase db = LogDatabase.open(LogOptions.defaults().threads(4))) {
      db.load("t", sql);
      String query = "select * from t order by (i * 1009) % 3001";
      Columns columns = Columns.bySqlType().category("c").vector("v", 2);
      List<String> whole = rows(db.read(query, columns));
      assertThat(whole).hasSize(3001);
      for (int chunkRows : new int[] {1, 100, 2048, 3001, 9000}) {
        DatasetSource source = db.source(query, columns, chunkRows);
        for (int reading = 0; reading < 2; reading++) {
          assertThat(rows(source)).as("chunks of %s", chunkRows).isEqualTo(whole);
        }
      }
      assertThat(rows(db.source("select * from t", columns, 64)).get(3000)).startsWith("3000.0|");
    }
  }

  @Test
  void should_keep_the_order_of_the_query_when_it_runs_on_many_threads() {
    try (LogDatabase db = LogDatabase.open(LogOptions.defaults().threads(4))) {
      String sql = "select (i * 7919) % 400009 as x from range(400009) r(i)";
      Dataset sorted = db.read(sql + " order by x", Columns.bySqlType());
      double[] values = sorted.column("x", NumericColumn.class).values();
      Dataset plain = db.load("t", sql).read("from t", Columns.bySqlType());
      double[] inserted = plain.column("x", NumericColumn.class).values();
      assertThat(values).hasSize(400_009);
      for (int i = 0; i < values.length; i++) {
        if (values[i] != i || inserted[i] != (i * 7919L) % 400_009) {
          throw new AssertionError("row " + i + ": " + values[i] + ", " + inserted[i]);
        }
      }
    }
  }

  /** Each row as text, whatever it is coded by. */
  static List<String> rows(DatasetSource source) {
    List<String> rows = new ArrayList<>();
    try (DatasetSource.Chunks chunks = source.open()) {
      while (chunks.hasNext()) {
        Dataset chunk = chunks.next();
        assertThat(chunk.rows()).isPositive();
        for (int row = 0; row < chunk.rows(); row++) {
          int at = row;
          rows.add(
              String.join(
                  "|",
                  chunk.columns().values().stream()
                      .map(column -> RowText.of(column, at))
                      .toList()));
        }
      }
    }
    return rows;
  }

  @Test
  void should_read_two_sources_at_once_when_they_are_interleaved() {
    try (LogDatabase db = LogDatabase.open()) {
      DatasetSource source = db.source("select i from range(5000) r(i)", Columns.bySqlType(), 1000);
      try (DatasetSource.Chunks one = source.open();
          DatasetSource.Chunks two = source.open()) {
        for (int i = 0; i < 5; i++) {
          assertThat(rows(one.next())).isEqualTo(rows(two.next()));
        }
        assertThat(one.hasNext()).isFalse();
        assertThat(two.hasNext()).isFalse();
      }
    }
  }

  @Test
  void should_stream_and_spill_when_the_log_is_larger_than_the_memory_limit() {
    LogOptions options = LogOptions.defaults().memoryLimitMb(64).threads(2).tempDirectory(folder);
    try (LogDatabase db = LogDatabase.open(options)) {
      db.load("t", "select i, hash(i) as h, 'text ' || hash(i + 1) as s from range(1500000) r(i)");
      DatasetSource source =
          db.source("select i from t where i % 1000 = 0 order by h", Columns.bySqlType(), 1000);
      assertThat(rows(source)).hasSize(1500).doesNotHaveDuplicates();
      DatasetSource all = db.source("select i, s from t", Columns.bySqlType(), 100_000);
      double sum = 0;
      try (DatasetSource.Chunks chunks = all.open()) {
        while (chunks.hasNext()) {
          for (double value : chunks.next().column("i", NumericColumn.class).values()) {
            sum += value;
          }
        }
      }
      assertThat(sum).isEqualTo(1500000.0 * 1499999.0 / 2);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void should_join_files_in_the_order_given_when_a_table_has_several() throws IOException {
    Path one = write("1.csv", "id,x\nb,1\na,2\n");
    Path two = gzip("2.csv.gz", "id,x\n3,2.5\n4,3\n");
    try (LogDatabase db = LogDatabase.open()) {
      Dataset data = db.table("t", one, two).read("from t", Columns.bySqlType());
      assertThat(rows(data)).containsExactly("b|1.0", "a|2.0", "3|2.5", "4|3.0");
    }
  }

  @Test
  void should_take_names_and_types_when_a_file_has_no_header() throws IOException {
    Path file = write("people.data", "007; x ;?\n08;y;1\n");
    CsvOptions csv =
        CsvOptions.defaults()
            .delimiter(';')
            .noHeader(List.of("id", "b", "n"))
            .type("id", "VARCHAR")
            .type("n", "BIGINT")
            .nullText("?");
    try (LogDatabase db = LogDatabase.open()) {
      Dataset data = db.csv("t", csv, file).read("from t", Columns.bySqlType());
      assertThat(rows(data)).containsExactly("007| x |-", "08|y|1.0");
    }
  }

  @Test
  void should_read_the_very_file_when_its_name_is_special() throws IOException {
    Path special = write("a'); drop table x; --{1}%_.csv", "id\n1\n");
    write("a'); drop table x; --1.csv", "id\n2\n");
    try (LogDatabase db = LogDatabase.open()) {
      Dataset data =
          db.table("my \"log\"", special).read("from \"my \"\"log\"\"\"", Columns.bySqlType());
      assertThat(rows(data)).containsExactly("1.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*.csv", "a?.csv", "a[1].csv"})
  void should_refuse_a_name_that_the_database_takes_for_a_pattern(String name) throws IOException {
    Path special = write(name, "id\n1\n");
    try (LogDatabase db = LogDatabase.open()) {
      assertThatThrownBy(() -> db.table("t", special))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(special.getFileName().toString())
          .hasMessageContaining("* ? [");
    }
  }

  @Test
  void should_reach_no_other_file_when_access_is_restricted() throws IOException {
    Path named = write("named.csv", "id\n1\n");
    Path other = write("other.csv", "secret\n2\n");
    Columns all = Columns.bySqlType();
    try (LogDatabase db = LogDatabase.open()) {
      db.table("t", named);
      assertThat(rows(db.read("from t", all))).containsExactly("1.0");
      for (String sql :
          List.of(
              "from read_csv('" + other + "')",
              "from '" + other + "'",
              "select content from read_text('" + other + "')",
              "from read_csv('https://example.invalid/log.csv')")) {
        assertThat(ErrorsTest.failure(() -> db.read(sql, all)))
            .contains("disabled by configuration");
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> db.table("u", other))
          .withMessageContaining("before the first query");
    }
    try (LogDatabase db = LogDatabase.open(LogOptions.defaults().unrestrictedAccess())) {
      assertThat(rows(db.read("from '" + other + "'", all))).containsExactly("2.0");
      assertThat(rows(db.table("t", named).read("from t", all))).containsExactly("1.0");
    }
  }

  @Test
  void should_refuse_misuse_when_names_endings_or_options_are_wrong() throws IOException {
    Path file = write("a.csv", "id\n1\n");
    try (LogDatabase db = LogDatabase.open()) {
      db.table("t", file);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> db.table("T", file))
          .withMessage("table 't' is named twice");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> db.table("u", folder.resolve("a.json")))
          .withMessageContaining("the ending of");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> db.source("from t", Columns.bySqlType(), 0))
          .withMessage("chunkRows must be at least 1, but was 0");
    }
    LogDatabase closed = LogDatabase.open();
    closed.close();
    closed.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> closed.read("select 1", Columns.bySqlType()))
        .withMessage("the database is closed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogOptions.defaults().memoryLimitMb(1))
        .withMessage("the memory limit must be at least 64 MB, but was 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CsvOptions.defaults().type("a", "INT'}, x"))
        .withMessageContaining("must be one of SQL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Columns.of(SCHEMA).number("user_id"))
        .withMessageContaining("column 'user_id' is needed as numbers");
  }

  @Test
  void should_leave_no_file_behind_when_closed() {
    LogDatabase db = LogDatabase.open(LogOptions.defaults().tempDirectory(folder));
    try (Stream<Path> made = Files.list(folder)) {
      assertThat(made).hasSize(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    db.close();
    assertThat(folder).isEmptyDirectory();
  }
}
