package io.ranking4j.examples.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ranking4j.error.DataException;
import io.ranking4j.examples.report.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finished runs, a file each in a folder. A file is there whole or not at all, so that whatever was
 * interrupted can be taken up again. Safe to share between threads that write different runs.
 */
final class RunStore {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String BEST_EPOCH = "best_epoch";
  private static final String EPOCHS = "epochs";
  private static final String SECONDS = "seconds";
  private static final String VALIDATION = "validation";
  private static final String TEST = "test";
  private static final String FAILURE = "failure";
  private static final String SEED = "seed";

  private final Path folder;

  RunStore(Path folder) {
    this.folder = folder;
  }

  private Path file(String key) {
    return folder.resolve(key + ".json");
  }

  /**
   * The run of that key, where it is finished.
   *
   * @throws DataException where its file cannot be understood
   */
  Optional<RunResult> find(String key) throws IOException {
    Path file = file(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode run = MAPPER.readTree(file.toFile());
    for (String name : new String[] {SEED, BEST_EPOCH, EPOCHS, SECONDS, VALIDATION, TEST}) {
      if (!run.has(name)) {
        throw new DataException("file " + file + " is no run: it has no '" + name + "'");
      }
    }
    return Optional.of(
        new RunResult(
            run.get(SEED).asLong(),
            run.get(BEST_EPOCH).asInt(),
            run.get(EPOCHS).asInt(),
            run.get(SECONDS).asDouble(),
            numbers(run.get(VALIDATION)),
            numbers(run.get(TEST)),
            Optional.ofNullable(run.get(FAILURE)).map(JsonNode::asText)));
  }

  private static Map<String, Double> numbers(JsonNode values) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    values
        .properties()
        .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asDouble(Double.NaN)));
    return numbers;
  }

  /** Writes a finished run. */
  void put(String key, Experiment experiment, RunResult run) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("experiment", experiment.description());
    content.put(SEED, run.seed());
    content.put(BEST_EPOCH, run.bestEpoch());
    content.put(EPOCHS, run.epochs());
    content.put(SECONDS, run.seconds());
    content.put(VALIDATION, run.validation());
    content.put(TEST, run.test());
    run.failure().ifPresent(reason -> content.put(FAILURE, reason));
    JsonFile.write(file(key), content);
  }
}
