package io.ranking4j.runtime.publish;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is published together with a model, such as what its next training continues from. It
 * lies beside the model, and goes with it.
 *
 * @param extension of its name, 1 to 16 letters and digits
 * @param writer writes it
 */
public record Companion(String extension, Writer writer) {
  /** Refuses an extension that is no plain word, or that of models. */
  public Companion {
    if (ModelVersion.name(1, extension).equals(ModelVersion.name(1))) {
      throw new IllegalArgumentException("the extension of a companion must not be that of models");
    }
  }

  /** Writes a file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes the file; it is not there yet. */
    void write(Path file) throws IOException;
  }
}
