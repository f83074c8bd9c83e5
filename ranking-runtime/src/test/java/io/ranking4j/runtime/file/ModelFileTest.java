package io.ranking4j.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final String MANIFEST = "{\"name\":\"Grüße\",\"list\":[1,2,{\"a\":null}]}";
  private static final int CHECKSUM = 4;

  private final Path folder;
  private final Path file;

  ModelFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("model.rk4j");
  }

  private void writeSmall() throws IOException {
    ModelFileWriter.write(
        file,
        MANIFEST,
        List.of(
            Section.floats("weights", new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE}),
            Section.bytes("b", new byte[] {1, 2, 3}),
            Section.bytes("empty", new byte[0])));
  }

  private void alter(Consumer<ByteBuffer> change, boolean mendChecksum) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    if (mendChecksum) {
      int end = bytes.length - CHECKSUM;
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, end);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(end, (int) crc.getValue());
    }
    Files.write(file, bytes);
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> ModelFileReader.open(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void should_read_what_was_written_bit_for_bit() throws IOException {
    writeSmall();

    try (ModelFileReader reader = ModelFileReader.open(file)) {
      assertThat(reader.manifest()).hasToString(MANIFEST);
      assertThat(reader.sections()).containsExactly("weights", "b", "empty");
      assertThat(reader.floats("weights", 4))
          .containsExactly(1.5f, -0f, Float.NaN, Float.MIN_VALUE);
      assertThat(reader.bytes("b", 3)).containsExactly(1, 2, 3);
      assertThat(reader.length("empty")).isZero();
      assertThat(reader.bytes("empty", 0)).isEmpty();
    }
  }

  @Test
  void should_read_every_type_when_a_section_is_larger_than_the_buffers() throws IOException {
    Random random = new Random(7);
    float[] floats = new float[700_001];
    byte[] bytes = new byte[1_500_001];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = random.nextFloat();
    }
    random.nextBytes(bytes);
    long length = 1 + 4L * floats.length + bytes.length + 4 + 8 + 8;
    Section mixed =
        Section.of(
            "mixed",
            length,
            out -> {
              out.writeBytes(new byte[] {42}, 0, 1);
              out.writeFloats(floats, 0, 1);
              out.writeFloats(floats, 1, floats.length - 1);
              out.writeBytes(bytes, 0, bytes.length);
              out.writeInt(Integer.MIN_VALUE);
              out.writeLong(Long.MIN_VALUE);
              out.writeDouble(Double.MIN_VALUE);
            });

    ModelFileWriter.write(file, "[]", List.of(mixed, Section.floats("again", floats)));

    try (ModelFileReader reader = ModelFileReader.open(file)) {
      SectionInput in = reader.read("mixed");
      byte[] first = new byte[1];
      float[] readFloats = new float[floats.length];
      byte[] readBytes = new byte[bytes.length];
      in.readBytes(first, 0, 1);
      in.readFloats(readFloats, 0, floats.length);
      in.readBytes(readBytes, 0, bytes.length);
      assertThat(first[0]).isEqualTo((byte) 42);
      assertThat(Arrays.equals(readFloats, floats)).isTrue();
      assertThat(Arrays.equals(readBytes, bytes)).isTrue();
      assertThat(in.readInt()).isEqualTo(Integer.MIN_VALUE);
      assertThat(in.remaining()).isEqualTo(16);
      assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE);
      assertThat(in.readDouble()).isEqualTo(Double.MIN_VALUE);
      in.end();
      assertThatThrownBy(in::readInt)
          .isInstanceOf(ModelFileException.class)
          .hasMessageContainingAll("'mixed'", length + " bytes", Long.toString(length + 4));
      assertThat(Arrays.equals(reader.floats("again", floats.length), floats)).isTrue();
    }
  }

  @Test
  void should_start_sections_at_multiples_of_64() throws IOException {
    writeSmall();

    byte[] bytes = Files.readAllBytes(file);
    boolean found = false;
    for (int at = 0; at < bytes.length; at += 64) {
      found |= Arrays.equals(bytes, at, at + 3, new byte[] {1, 2, 3}, 0, 3);
    }
    assertThat(found).isTrue();
  }

  @Test
  void should_refuse_every_truncation() throws IOException {
    writeSmall();
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ModelFileReader.open(file))
          .as("cut to %d bytes", length)
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining(length < 8 ? "not a model file" : "truncated");
    }
    Files.write(file, Arrays.copyOf(whole, 100));
    assertRefused("expected " + whole.length + " bytes, has 100");
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertRefused("should have " + whole.length + " bytes, but has " + (whole.length + 1));
  }

  @Test
  void should_refuse_every_flipped_byte() throws IOException {
    writeSmall();
    byte[] whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at++) {
      for (int flip : new int[] {0x01, 0x80, 0xFF}) {
        byte[] altered = whole.clone();
        altered[at] ^= (byte) flip;
        Files.write(file, altered);
        assertThatThrownBy(() -> ModelFileReader.open(file))
            .as("byte %d xor %d", at, flip)
            .isInstanceOf(ModelFileException.class);
      }
    }
    Files.write(file, whole);
    alter(bytes -> bytes.put(70, (byte) (bytes.get(70) ^ 4)), false);
    assertRefused("altered", "checksum");
  }

  @Test
  void should_say_which_formats_it_reads_when_a_file_is_newer() throws IOException {
    writeSmall();
    alter(bytes -> bytes.putInt(8, 3), true);

    assertRefused("written by format 3, this library reads up to 2");
  }

  @Test
  void should_refuse_impossible_sizes_even_when_the_checksum_fits() throws IOException {
    for (int at : new int[] {12, 24, 28}) {
      for (int value : new int[] {-1, Integer.MAX_VALUE, 0, 7}) {
        writeSmall();
        alter(bytes -> bytes.putInt(at, value), true);
        assertThatThrownBy(() -> ModelFileReader.open(file))
            .as("%d at %d", value, at)
            .isInstanceOf(ModelFileException.class);
      }
    }
    int index = 32 + MANIFEST.getBytes(StandardCharsets.UTF_8).length;
    for (int at : new int[] {index + 4 + 7, index + 4 + 7 + 8}) {
      for (long value : new long[] {-1, Long.MAX_VALUE, 1 << 20}) {
        writeSmall();
        alter(bytes -> bytes.putLong(at, value), true);
        assertRefused("section 'weights'", "does not lie within");
      }
    }
    writeSmall();
    alter(bytes -> bytes.putInt(index, 1 << 30), true);
    assertRefused("index", "section 0");
  }

  @Test
  void should_keep_the_limits_when_reading() throws IOException {
    writeSmall();
    long size = Files.size(file);

    assertBeyond(new ReadLimits(size - 1, 1000, 100, 100), "at most " + (size - 1) + " bytes");
    assertBeyond(new ReadLimits(size, 10, 100, 100), "at most 10 bytes of manifest");
    assertBeyond(new ReadLimits(size, 1000, 2, 100), "manifest", "depth");
    assertBeyond(new ReadLimits(size, 1000, 100, 2), "at most 2 sections");
    ModelFileReader.open(file, new ReadLimits(size, 1000, 3, 3)).close();
    assertThatThrownBy(() -> new ReadLimits(1, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxManifestBytes must be at least 1, but was 0");
  }

  private void assertBeyond(ReadLimits limits, String... parts) {
    assertThatThrownBy(() -> ModelFileReader.open(file, limits))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void should_refuse_a_manifest_that_is_no_json() throws IOException {
    for (String broken : List.of("", "{", "{\"a\":1,\"a\":2}", "[] []", "nonsense")) {
      assertThatThrownBy(() -> ModelFileWriter.write(file, broken, List.of()))
          .as(broken)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("manifest");
    }
    assertThat(file).doesNotExist();
    writeSmall();
    alter(bytes -> bytes.put(32, (byte) '!'), true);
    assertRefused("manifest", "not valid");
    writeSmall();
    alter(bytes -> bytes.put(34, (byte) 0xFF), true);
    assertRefused("manifest", "UTF-8");
  }

  @Test
  void should_name_the_section_when_it_is_absent_or_of_another_length() throws IOException {
    writeSmall();

    try (ModelFileReader reader = ModelFileReader.open(file)) {
      assertThatThrownBy(() -> reader.floats("bias", 4))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("no section 'bias'");
      assertThatThrownBy(() -> reader.floats("weights", 5))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContainingAll("'weights'", "should have 20 bytes, but has 16");
      assertThatThrownBy(() -> reader.read("b").end())
          .isInstanceOf(ModelFileException.class)
          .hasMessageContainingAll("'b'", "3 bytes", "only 0");
    }
  }

  @Test
  void should_refuse_other_files() throws IOException {
    Files.writeString(file, "PK and so on, long enough to have a header and a checksum, but none");
    assertRefused("not a model file");
    assertThatThrownBy(() -> ModelFileReader.open(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void should_leave_the_target_alone_when_a_section_fails_half_way() throws IOException {
    writeSmall();
    byte[] before = Files.readAllBytes(file);
    byte[] large = new byte[3 << 20];
    Section failing =
        Section.of(
            "failing",
            2L * large.length,
            out -> {
              out.writeBytes(large, 0, large.length);
              throw new IOException("no more");
            });
    Section tooShort = Section.of("short", 5, out -> out.writeInt(1));
    Section tooLong = Section.of("long", 3, out -> out.writeInt(1));

    assertThatThrownBy(() -> ModelFileWriter.write(file, "{}", List.of(failing)))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": it cannot be written: no more");
    assertThatThrownBy(() -> ModelFileWriter.write(file, "{}", List.of(tooShort)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("section 'short' was declared with 5 bytes, but only 4 were written");
    assertThatThrownBy(() -> ModelFileWriter.write(file, "{}", List.of(tooLong)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("section 'long' was declared with 3 bytes, but 4 are written");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void should_read_a_file_of_format_1_with_its_longer_checksum() throws Exception {
    writeSmall();
    byte[] now = Files.readAllBytes(file);
    int end = now.length - CHECKSUM;
    byte[] old = Arrays.copyOf(now, end + 32);
    ByteBuffer.wrap(old).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1).putLong(16, old.length);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(old, 0, end);
    System.arraycopy(digest.digest(), 0, old, end, 32);
    Files.write(file, old);

    try (ModelFileReader reader = ModelFileReader.open(file)) {
      assertThat(reader.bytes("b", 3)).containsExactly(1, 2, 3);
    }
    alter(bytes -> bytes.put(70, (byte) (bytes.get(70) ^ 4)), false);
    assertRefused("was altered");
  }

  @Test
  void should_go_on_reading_the_old_file_when_it_is_replaced() throws IOException {
    writeSmall();

    try (ModelFileReader reader = ModelFileReader.open(file)) {
      ModelFileWriter.write(file, "{}", List.of());
      assertThat(reader.bytes("b", 3)).containsExactly(1, 2, 3);
    }
    try (ModelFileReader reader = ModelFileReader.open(file)) {
      assertThat(reader.sections()).isEmpty();
    }
  }

  @Test
  void should_refuse_names_that_are_given_twice_or_too_long() {
    Section one = Section.bytes("a", new byte[1]);
    Section longName = Section.bytes("x".repeat(1025), new byte[1]);

    assertThatThrownBy(() -> ModelFileWriter.write(file, "{}", List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' is given twice");
    assertThatThrownBy(() -> ModelFileWriter.write(file, "{}", List.of(longName)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024");
  }
}
