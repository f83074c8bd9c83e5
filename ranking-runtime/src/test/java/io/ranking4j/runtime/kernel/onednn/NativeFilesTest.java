package io.ranking4j.runtime.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeFilesTest {
  /** All platforms at once: their natives are on the class path together. */
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64, libdnnl.so.3",
    "Linux, aarch64, linux-arm64, libdnnl.so.3",
    "Mac OS X, x86_64, macosx-x86_64, libdnnl.3.dylib",
    "Windows 11, amd64, windows-x86_64, dnnl.dll"
  })
  void should_unpack_into_one_folder(
      String system, String processor, String platform, String last, @TempDir Path parent)
      throws IOException {
    NativeFiles files = NativeFiles.of(system, processor);

    Path library = files.unpack(parent);

    assertThat(files.platform()).isEqualTo(platform);
    assertThat(library.getFileName()).hasToString(last);
    List<Path> folders = list(parent);
    assertThat(folders).hasSize(1);
    assertThat(folders.get(0)).isEqualTo(library.getParent());
    assertThat(names(folders.get(0)))
        .containsExactlyInAnyOrderElementsOf(
            files.resources().stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList());
  }

  @Test
  void should_keep_what_is_whole_and_replace_what_is_not(@TempDir Path folder) throws IOException {
    NativeFiles files = NativeFiles.of("Linux", "amd64");
    Path library = files.unpack(folder);
    Path openMp = library.resolveSibling("libgomp.so.1");
    Object before = Files.readAttributes(library, "unix:ino").get("ino");
    Files.write(openMp, new byte[7]);

    files.unpack(folder);

    assertThat(Files.readAttributes(library, "unix:ino").get("ino")).isEqualTo(before);
    assertThat(Files.size(openMp)).isGreaterThan(7);
  }

  @Test
  void should_name_the_platforms_when_there_is_nothing_for_one() {
    assertThatThrownBy(() -> NativeFiles.of("Mac OS X", "aarch64"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("macosx-x86_64");
  }

  @Test
  void should_say_what_the_class_path_lacks(@TempDir Path folder) {
    NativeFiles files = new NativeFiles("linux-x86_64", List.of("org/bytedeco/dnnl/none.so"));

    assertThatThrownBy(() -> files.unpack(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("the class path has no org/bytedeco/dnnl/none.so");
  }

  private static List<String> names(Path of) throws IOException {
    return list(of).stream().map(file -> String.valueOf(file.getFileName())).toList();
  }

  private static List<Path> list(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.toList();
    }
  }
}
