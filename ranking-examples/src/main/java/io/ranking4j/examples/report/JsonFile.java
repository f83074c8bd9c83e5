package io.ranking4j.examples.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ranking4j.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what was measured as JSON, where a number that is not defined is null. */
public final class JsonFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonFile() {}

  /**
   * Writes maps, lists, texts and numbers; folders that are missing are made.
   *
   * @throws IOException where the file cannot be written
   */
  public static void write(Path file, Map<String, ?> content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    AtomicFile.writeString(
        file, MAPPER.writeValueAsString(withoutNaN(content)) + System.lineSeparator());
  }

  private static @Nullable Object withoutNaN(@Nullable Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, inner) -> copy.put(String.valueOf(name), withoutNaN(inner)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonFile::withoutNaN).toList();
    }
    return value;
  }
}
