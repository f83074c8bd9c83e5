package io.ranking4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.RankingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs that were altered at random: reading one ends in rows or in one error. What is within a file
 * without a checksum may become other values; a gzip file with one altered byte must not.
 */
class AlteredLogFilesTest {
  private static final LogOptions OPTIONS = LogOptions.defaults().memoryLimitMb(256).threads(1);
  private static final int ROWS = 60;
  private static final String SYNTAX = "\",\n\r;'[]{}0";

  private final Path folder;

  AlteredLogFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String csv() {
    StringBuilder text = new StringBuilder("user,\"item, or not\",price,tags,day\n");
    for (int r = 0; r < ROWS; r++) {
      text.append("u").append(r % 7).append(",\"say \"\"").append(r).append("\"\"\",");
      text.append(r * 0.25).append(",\"a,b\",2022-04-").append(10 + r % 20).append('\n');
    }
    return text.toString();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private byte[] parquet() throws IOException {
    Path csv = Files.writeString(folder.resolve("source.csv"), csv());
    Path file = folder.resolve("source.parquet");
    try (LogDatabase db = LogDatabase.open(OPTIONS.unrestrictedAccess())) {
      db.csv("source", CsvOptions.defaults(), csv);
      db.execute(
          "writing",
          "COPY (SELECT *, [user, 'x'] AS list, [price, 1]::FLOAT[2] AS vector FROM source) TO "
              + Sql.text(file.toString())
              + " (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }
    return Files.readAllBytes(file);
  }

  /** One to three changes: bits, bytes, what texts and lengths are made of, cuts and copies. */
  private static byte[] altered(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int change = random.nextInt(3); change >= 0 && bytes.length > 1; change--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) -1);
        case 4 -> bytes = Arrays.copyOf(bytes, at);
        case 5 -> bytes = joined(bytes, at, at + random.nextInt(bytes.length - at));
        default -> bytes = joined(bytes, at + random.nextInt(bytes.length - at), at);
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int to, int from) {
    byte[] joined = Arrays.copyOf(bytes, to + bytes.length - from);
    System.arraycopy(bytes, from, joined, to, bytes.length - from);
    return joined;
  }

  /** Whether rows came of it; whatever is thrown but the project's own goes through. */
  private static boolean reads(Path file) {
    try (LogDatabase db = LogDatabase.open(OPTIONS)) {
      Dataset data = db.table("t", file).read("SELECT * FROM t", Columns.bySqlType());
      assertThat(data.rows()).isPositive();
      return true;
    } catch (RankingException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }

  private void check(String name, byte[] original, int files, boolean checksum, long seed)
      throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, original);
    assertThat(reads(file)).isTrue();
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < files; i++) {
      byte[] bytes = altered(original, random);
      Files.write(file, bytes);
      try {
        read += reads(file) ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError("file " + i + " of " + name + ", seed " + seed, e);
      }
    }
    if (!checksum) {
      assertThat(read).as("altered %s that were read, seed %d", name, seed).isPositive();
    }
  }

  private void check(int files) throws IOException {
    long seed = System.nanoTime();
    byte[] csv = csv().getBytes(StandardCharsets.UTF_8);
    check("log.csv", csv, files, false, seed);
    check("log.csv.gz", gzip(csv), files, true, seed);
    check("log.parquet", parquet(), files, false, seed);
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void should_read_or_refuse_logs_that_were_altered() throws IOException {
    check(100);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void should_read_or_refuse_many_logs_that_were_altered() throws IOException {
    check(3_000);
  }

  @Test
  void should_read_the_file_that_was_named_and_no_other_whatever_it_is_called() throws IOException {
    Files.writeString(folder.resolve("log1.csv"), "x\nother\n");
    Files.writeString(folder.resolve("secret.csv"), "x\nother\n");
    for (String name :
        new String[] {
          "log[12].csv",
          "l*.csv",
          "*.csv",
          "log?.csv",
          "{log1,secret}.csv",
          "o'clock.csv",
          "a\", (SELECT 1), \".csv",
          "x'] ); COPY t TO 'y.csv",
          "back\\slash.csv",
          "%41.csv"
        }) {
      Path file = Files.writeString(folder.resolve(name), "x\nown\n");
      try (LogDatabase db = LogDatabase.open(OPTIONS)) {
        String[] read;
        try {
          Dataset data = db.csv("t", CsvOptions.defaults(), file).read("from t", texts());
          read = data.column("x", CategoricalColumn.class).dictionary();
        } catch (RankingException e) {
          assertThat(e.getMessage()).as(name).contains(name);
          continue;
        } finally {
          Files.delete(file);
        }
        assertThat(read).as(name).containsExactly("own");
      }
    }
  }

  private static Columns texts() {
    return Columns.bySqlType().category("x");
  }

  @Test
  void should_take_names_of_columns_for_names_and_nothing_else() throws IOException {
    String hostile = "x\"); DROP VIEW t; --', 'y";
    Path file =
        Files.writeString(
            folder.resolve("names.csv"), "\"" + hostile.replace("\"", "\"\"") + "\",b\n7,8\n");
    try (LogDatabase db = LogDatabase.open(OPTIONS)) {
      Dataset data = db.table("a\"; DROP", file).read("from \"a\"\"; DROP\"", Columns.bySqlType());

      assertThat(data.columns().keySet()).containsExactly(hostile, "b");
    }
  }

  @Test
  void should_let_no_query_leave_its_brackets() throws IOException {
    Path file = Files.writeString(folder.resolve("log.csv"), "x\n1\n");
    Path secret = Files.writeString(folder.resolve("secret.csv"), "x\nsecret\n");
    Path written = folder.resolve("written.csv");
    for (String sql :
        new String[] {
          "from t); COPY (from t) TO '" + written + "'; SELECT * FROM (from t",
          "from read_csv('" + secret + "')",
          "from t); SET lock_configuration = false; SELECT * FROM (from t",
          "from t); INSTALL httpfs; SELECT * FROM (from t",
          "from t); ATTACH '" + folder.resolve("db") + "' AS other; SELECT * FROM (from t",
          "from read_text('/etc/hostname')",
          "from glob('" + folder + "/*')"
        }) {
      try (LogDatabase db = LogDatabase.open(OPTIONS)) {
        db.table("t", file);
        assertThat(ErrorsTest.failure(() -> db.read(sql, Columns.bySqlType()))).isNotBlank();
        assertThat(ErrorsTest.failure(() -> db.load("l", sql))).isNotBlank();
      }
    }
    assertThat(written).doesNotExist();
    assertThat(folder.resolve("db")).doesNotExist();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void should_refuse_a_first_line_without_end() throws IOException {
    Path file = folder.resolve("bomb.csv.gz");
    byte[] block = new byte[1 << 20];
    for (byte filling : new byte[] {',', 'x', '"'}) {
      Arrays.fill(block, filling);
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        for (int i = 0; i < 256; i++) {
          out.write(block);
        }
      }
      try (LogDatabase db = LogDatabase.open(OPTIONS)) {
        assertThat(ErrorsTest.failure(() -> db.table("t", file)))
            .contains("the first line")
            .contains(file.toString());
      }
    }
  }
}
