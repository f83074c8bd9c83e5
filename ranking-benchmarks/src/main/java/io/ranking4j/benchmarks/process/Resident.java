package io.ranking4j.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory that this process holds; alone, a process that does nothing else. */
public final class Resident {
  private static final int COLLECTIONS = 3;

  private Resident() {}

  /** Prints what a virtual machine holds that has loaded nothing. */
  public static void main(String[] arguments) throws IOException {
    Lines.print(String.valueOf(bytes()));
  }

  /** Bytes of memory, after the garbage has gone. */
  static long bytes() throws IOException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return now();
  }

  /** Bytes of memory as they are. */
  public static long now() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("[^0-9]", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow()
          * 1024;
    }
  }
}
