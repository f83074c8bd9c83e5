package io.ranking4j.benchmarks.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a process tells the one that started it: lines on its standard output. */
final class Lines {
  private Lines() {}

  static void print(String line) throws IOException {
    @SuppressWarnings("resource") // closing it would close the standard output
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
