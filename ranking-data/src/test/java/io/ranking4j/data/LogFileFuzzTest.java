package io.ranking4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.RankingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes are a log or refused. An ordinary build runs the inputs among the resources; with
 * {@code JAZZER_FUZZ=1} in the environment Jazzer looks for more.
 */
class LogFileFuzzTest {
  private static final LogOptions OPTIONS = LogOptions.defaults().memoryLimitMb(256).threads(1);

  private final Path folder;

  LogFileFuzzTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void check(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    try (LogDatabase db = LogDatabase.open(OPTIONS)) {
      Dataset data = db.table("t", file).read("SELECT * FROM t", Columns.bySqlType());
      assertThat(data.rows()).isPositive();
      assertThat(data.columns()).isNotEmpty();
    } catch (RankingException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "60s")
  void should_read_or_refuse_csv(byte[] content) throws IOException {
    check("log.csv", content);
  }

  @FuzzTest(maxDuration = "60s")
  void should_read_or_refuse_gzip(byte[] content) throws IOException {
    check("log.csv.gz", content);
  }

  @FuzzTest(maxDuration = "60s")
  void should_read_or_refuse_parquet(byte[] content) throws IOException {
    check("log.parquet", content);
  }
}
