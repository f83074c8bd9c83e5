package io.ranking4j.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that this process holds; alone, a process that does nothing else. */
public final class Resident {
  private static final int COLLECTIONS = 3;

  private static final String RESIDENT = "VmRSS:";

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
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(RESIDENT)) {
        String number = line.substring(RESIDENT.length(), line.indexOf("kB")).strip();
        return Long.parseLong(number) * 1024;
      }
    }
    throw new IOException("/proc/self/status has no line " + RESIDENT);
  }
}
