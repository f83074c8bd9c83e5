package io.ranking4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.file.ReadLimits;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.runtime.json.JsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes are a model or refused. An ordinary build runs the inputs among the resources; with
 * {@code JAZZER_FUZZ=1} in the environment Jazzer looks for more.
 */
class ModelFileFuzzTest {
  private static final ReadLimits LIMITS = new ReadLimits(1 << 20, 1 << 18, 50, 100);
  private static final byte[] MAGIC = {(byte) 0x89, 'R', 'K', '4', 'J', '\r', '\n', 0x1a};
  private static final int HEADER = 32;

  private final Path file;

  ModelFileFuzzTest(@TempDir Path folder) {
    this.file = folder.resolve("model.r4j");
  }

  /** The content of a file, put between a header and a checksum that fit it. */
  @FuzzTest(maxDuration = "60s")
  void should_read_or_refuse_a_model(byte[] content) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER + content.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putInt(2);
    bytes.put(HEADER, content);
    // How many sections, and the lengths of manifest and index, are the content's first bytes.
    bytes.putInt(content.length > 0 ? content[0] : 0).putLong(bytes.capacity());
    bytes.putInt(content.length > 4 ? bytes.getInt(HEADER + 1) & 0xFFFF : 0);
    bytes.putInt(content.length > 6 ? bytes.getShort(HEADER + 5) : 0);
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, bytes.capacity() - Integer.BYTES);
    bytes.putInt(bytes.capacity() - Integer.BYTES, (int) crc.getValue());
    Files.write(file, bytes.array());
    try {
      RankingModel.load(file, LIMITS);
    } catch (ModelFileException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "60s")
  void should_read_or_refuse_json(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    Json read;
    try {
      read = Json.read(text, 50);
    } catch (JsonException e) {
      return;
    }
    String written = read.toString();
    assertThat(Json.read(written, 50)).hasToString(written);
  }
}
