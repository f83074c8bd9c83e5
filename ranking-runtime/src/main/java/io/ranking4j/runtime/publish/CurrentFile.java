package io.ranking4j.runtime.publish;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The small file that says which version serves: names of model files, one a line, the one to serve
 * first, then those that a rollback goes back to. It is replaced in one step, so that a reader
 * meets the list of before or that of after.
 */
final class CurrentFile {
  static final String NAME = "current";

  /** Far more than names of all versions that may be retained. */
  private static final int MAX_BYTES = 1 << 20;

  private CurrentFile() {}

  /** The numbers in the file, the current one first; none where there is no such file. */
  static List<Long> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    String text;
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw new ModelFileException(
            "'" + file + "' may have at most " + MAX_BYTES + " bytes, but has " + bytes);
      }
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (CharacterCodingException e) {
      throw new ModelFileException("'" + file + "' is no text", e);
    }
    List<Long> numbers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      OptionalLong number = ModelVersion.modelNumber(line);
      if (number.isEmpty()) {
        throw new ModelFileException(
            "each line of '"
                + file
                + "' must be the name of a model such as "
                + ModelVersion.name(1)
                + ", but line "
                + (numbers.size() + 1)
                + " was '"
                + line
                + "'");
      }
      numbers.add(number.getAsLong());
    }
    if (numbers.isEmpty()) {
      throw new ModelFileException("'" + file + "' must name a model, but is empty");
    }
    return numbers;
  }

  /** Replaces the file. */
  static void write(Path folder, List<Long> numbers) throws IOException {
    StringBuilder text = new StringBuilder();
    numbers.forEach(number -> text.append(ModelVersion.name(number)).append('\n'));
    AtomicFile.writeString(folder.resolve(NAME), text.toString());
  }
}
