package io.ranking4j.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  private final Path folder;

  FullDiskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void should_keep_the_old_model_when_there_is_no_space_for_the_new_one() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1024)) {
      Path file = disk.folder().resolve("model.r4j");
      ModelFileWriter.write(file, "{\"a\": 1}", List.of(Section.floats("f", new float[1000])));
      byte[] before = Files.readAllBytes(file);

      assertThatThrownBy(
              () ->
                  ModelFileWriter.write(
                      file, "{}", List.of(Section.floats("f", new float[1 << 19]))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file + ": no space is left for it in '" + disk.folder() + "'");

      assertThat(Files.readAllBytes(file)).isEqualTo(before);
      try (Stream<Path> files = Files.list(disk.folder())) {
        assertThat(files).containsExactly(file);
      }
      // What was deleted is free again.
      ModelFileWriter.write(file, "{}", List.of(Section.floats("f", new float[1 << 16])));
      try (ModelFileReader reader = ModelFileReader.open(file)) {
        assertThat(reader.floats("f", 1 << 16)).hasSize(1 << 16);
      }
    }
  }
}
