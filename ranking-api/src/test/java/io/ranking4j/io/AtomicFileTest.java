package io.ranking4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private final Path folder;

  AtomicFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void assertOnly(Path file) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void should_replace_what_was_there() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.writeString(file, "first, and longer");
    AtomicFile.writeString(file, "zweite, kürzer");

    assertThat(file).hasContent("zweite, kürzer");
    assertOnly(file);
  }

  @Test
  void should_write_large_arrays_to_a_stream() throws IOException {
    byte[] bytes = new byte[(3 << 20) + 17];
    new Random(1).nextBytes(bytes);
    Path file = folder.resolve("bytes");
    AtomicFile.writeStream(file, out -> out.write(bytes, 1, bytes.length - 1));

    assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  @Test
  void should_leave_everything_as_it_was_when_the_content_fails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "older");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[100]));
                      throw new IOException("no more");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": it cannot be written: no more")
        .hasRootCauseMessage("no more");
    assertThatThrownBy(
            () ->
                AtomicFile.writeStream(
                    file,
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("misuse");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("misuse");
    assertThat(file).hasContent("older");
    assertOnly(file);
  }

  @Test
  void should_say_that_space_is_missing_in_whatever_words_the_system_does() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "older");
    for (String words :
        new String[] {
          "No space left on device",
          "There is not enough space on the disk",
          "Disk quota exceeded",
          "File too large"
        }) {
      assertThatThrownBy(
              () ->
                  AtomicFile.write(
                      file,
                      channel -> {
                        throw new IOException(words);
                      }))
          .hasMessage(file + ": no space is left for it in '" + folder + "' (" + words + ")");
    }
    assertThat(file).hasContent("older");
    assertOnly(file);
  }

  @Test
  void should_name_the_folder_when_it_is_none() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> AtomicFile.writeString(missing.resolve("file"), "text"))
        .isInstanceOf(IOException.class)
        .hasMessage(missing.resolve("file") + ": '" + missing + "' does not exist")
        .hasCauseInstanceOf(NoSuchFileException.class);

    Path other = Files.writeString(folder.resolve("other"), "a file");
    assertThatThrownBy(() -> AtomicFile.writeString(other.resolve("file"), "text"))
        .isInstanceOf(IOException.class)
        .hasMessage(other.resolve("file") + ": '" + other + "' is not a folder");
    assertOnly(other);
  }

  @Test
  void should_refuse_a_folder_in_the_place_of_the_file() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path kept = Files.writeString(inner.resolve("kept"), "older");
    assertThatThrownBy(() -> AtomicFile.writeString(inner, "text"))
        .isInstanceOf(IOException.class)
        .hasMessage(inner + ": it is a folder");
    assertThat(kept).hasContent("older");
    assertOnly(inner);
    Path root = folder.getRoot();
    assertThatThrownBy(() -> AtomicFile.writeString(root, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + root + "' is a folder, not a file");
  }

  @Test
  void should_say_that_permission_is_missing() throws IOException, InterruptedException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path file = Files.writeString(closed.resolve("file"), "older");
    boolean forUsers = closed.toFile().setWritable(false) && !Files.isWritable(closed);
    // Permissions do not hold for the root user; an attribute of some file systems does.
    boolean forRoot = !forUsers && attribute("+i", closed);
    try {
      Assumptions.assumeTrue(forUsers || forRoot, "this user may write everywhere");
      assertThatThrownBy(() -> AtomicFile.writeString(file, "text"))
          .isInstanceOf(IOException.class)
          .hasMessage(file + ": no permission to write to the folder '" + closed + "'");
      assertThat(file).hasContent("older");
    } finally {
      if (forRoot) {
        assertThat(attribute("-i", closed)).isTrue();
      }
      assertThat(closed.toFile().setWritable(true)).isTrue();
    }
  }

  private static boolean attribute(String change, Path path)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of("/usr/bin/chattr"))) {
      return false;
    }
    Process process =
        new ProcessBuilder("/usr/bin/chattr", change, path.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }
}
