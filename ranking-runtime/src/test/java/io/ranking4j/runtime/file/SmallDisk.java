package io.ranking4j.runtime.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk that is soon full: a file system in memory, where the test's user may mount one. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one of so many KiB on an empty folder; the test is skipped where that is not allowed.
   */
  public static SmallDisk mount(Path folder, int kibibytes) throws IOException {
    Files.createDirectories(folder);
    boolean mounted = false;
    try {
      mounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString());
    } catch (IOException e) {
      Assumptions.abort("no command to mount with: " + e.getMessage());
    }
    Assumptions.assumeTrue(mounted, "this user may not mount a small disk");
    return new SmallDisk(folder);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  private static boolean run(String... command) throws IOException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!run("umount", folder.toString())) {
      throw new IOException("'" + folder + "' cannot be unmounted");
    }
  }
}
