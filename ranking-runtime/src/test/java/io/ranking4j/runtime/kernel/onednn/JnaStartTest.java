package io.ranking4j.runtime.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JnaStartTest {
  @Test
  void should_read_the_folders_of_a_linker(@TempDir Path folder) throws IOException {
    Path more = Files.createDirectory(folder.resolve("more"));
    Files.write(more.resolve("b.conf"), List.of("# of b", "", "/opt/b/lib  # its libraries"));
    Files.write(more.resolve("a.conf"), List.of("/opt/a/lib", "/usr/local/lib"));
    Files.write(more.resolve("README"), List.of("/not/a/configuration"));
    Path configuration = folder.resolve("ld.so.conf");
    Files.write(configuration, List.of("/usr/local/lib", "include " + more + "/*.conf", ""));

    assertThat(folders(configuration))
        .containsExactly("/usr/local/lib", "/opt/a/lib", "/opt/b/lib");
  }

  @Test
  void should_read_files_beside_the_one_that_includes_them(@TempDir Path folder)
      throws IOException {
    Path more = Files.createDirectory(folder.resolve("conf.d"));
    Files.write(more.resolve("a.conf"), List.of("/opt/a/lib"));
    Path configuration = folder.resolve("ld.so.conf");
    Files.write(configuration, List.of("include conf.d/*.conf", "include none.d/*.conf"));

    assertThat(folders(configuration)).containsExactly("/opt/a/lib");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"include /etc/*/x.conf", "include /etc/x/a.conf", "hwcap 0 nosegneg", "lib"})
  void should_leave_to_others_what_it_does_not_know(String line, @TempDir Path folder)
      throws IOException {
    Path configuration = folder.resolve("ld.so.conf");
    Files.write(configuration, List.of(line));

    assertThatThrownBy(() -> folders(configuration))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(line.replace("include ", ""));
  }

  private static Set<String> folders(Path configuration) throws IOException {
    Set<String> folders = new LinkedHashSet<>();
    JnaStart.addConfigured(configuration, folders);
    return folders;
  }
}
