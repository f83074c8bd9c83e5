package io.ranking4j.nn.training;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.nn.optimizer.RowMemory;
import io.ranking4j.nn.optimizer.RowOptimizer;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.file.ModelFileReader;
import io.ranking4j.runtime.file.ModelFileWriter;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.runtime.json.JsonException;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training at one moment, in a file of its own that is open for reading: all that steps change,
 * down to the last bit, and what the training is. Parameters and tables are found by name, so that
 * another training can go on from them. Used by one thread.
 */
public final class TrainingState implements AutoCloseable {
  private static final String KEY = "trainingState";
  private static final int FORMAT = 1;

  private final ModelFileReader file;
  private final StateReader reader;
  private final Map<String, String> identity = new LinkedHashMap<>();
  private final Map<String, Place> parameters = new LinkedHashMap<>();
  private final List<TableSpec> tables = new ArrayList<>();
  private final List<Integer> memories = new ArrayList<>();

  /** Where a parameter of the plan is among all of them. */
  private record Place(int offset, int rows, int columns) {}

  /**
   * A parameter of the network and what Adam remembers of it: copies, row after row.
   *
   * @param rows of the matrix
   * @param columns of the matrix
   * @param values as they were after the last step, not those that were best
   * @param first the first moments
   * @param second the second moments
   */
  public record ParameterState(
      int rows, int columns, float[] values, float[] first, float[] second) {}

  /**
   * An embedding table and what its optimiser remembers.
   *
   * @param table a copy of it, as it was after the last step
   * @param memory what is remembered of its rows: the first {@link RowOptimizer#memory} floats of
   *     each are the optimiser's
   * @param optimizer what it remembers of the table as a whole; read while the file is open
   */
  public record TableState(EmbeddingTable table, RowMemory memory, StateReader optimizer) {}

  private TrainingState(ModelFileReader file) {
    this.file = file;
    this.reader = new StateReader(file);
    Json manifest = file.manifest().path(KEY);
    if (manifest.path("format").intValue() != FORMAT) {
      throw new ModelFileException(
          "its format must be " + FORMAT + ", but was " + manifest.path("format"));
    }
    Json of = manifest.path("of");
    of.names().forEach(name -> identity.put(name, of.path(name).text()));
    for (Json entry : manifest.path("parameters")) {
      parameters.put(
          entry.path("name").text(),
          new Place(
              entry.path("offset").intValue(),
              entry.path("rows").intValue(),
              entry.path("columns").intValue()));
    }
    for (Json entry : manifest.path("tables")) {
      tables.add(
          new TableSpec(
              entry.path("name").text(),
              entry.path("rows").intValue(),
              entry.path("width").intValue()));
      memories.add(entry.path("memory").intValue());
    }
  }

  /**
   * Opens a file and verifies its checksum.
   *
   * @throws ModelFileException where it is truncated, altered, of a newer format, or no such file
   * @throws IOException where it cannot be read
   */
  public static TrainingState open(Path path) throws IOException {
    ModelFileReader file = ModelFileReader.open(path);
    boolean done = false;
    try {
      if (!file.manifest().has(KEY)) {
        throw new ModelFileException("'" + path + "' holds no state of a training");
      }
      TrainingState state = new TrainingState(file);
      done = true;
      return state;
    } catch (JsonException | IllegalStateException e) {
      throw new ModelFileException(
          "the manifest of '" + path + "' is not that of a training: " + e.getMessage(), e);
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  /** Writes a state: whole or not at all, see {@link ModelFileWriter}. */
  static void write(
      Path path,
      Map<String, String> identity,
      Plan plan,
      List<EmbeddingTable> tables,
      TrainerOptions options,
      StateWriter state)
      throws IOException {
    Json file = Json.object();
    Json manifest = file.putObject(KEY).put("format", FORMAT);
    Json of = manifest.putObject("of");
    identity.forEach(of::put);
    Json parameters = manifest.putArray("parameters");
    for (Parameter parameter : plan.parameters()) {
      parameters
          .addObject()
          .put("name", parameter.name())
          .put("offset", parameter.offset())
          .put("rows", parameter.rows())
          .put("columns", parameter.columns());
    }
    Json ofTables = manifest.putArray("tables");
    for (EmbeddingTable table : tables) {
      ofTables
          .addObject()
          .put("name", table.spec().name())
          .put("rows", table.spec().rows())
          .put("width", table.spec().width())
          .put("memory", TrainingStep.memory(table.spec(), options));
    }
    ModelFileWriter.write(path, file.toString(), state.sections());
  }

  /** What the training is, by name: its data, options, seed, versions. */
  public Map<String, String> identity() {
    return Map.copyOf(identity);
  }

  /** How many steps were done. */
  public long steps() {
    return reader.number(TrainingStep.NUMBER);
  }

  /** The names of the network's parameters. */
  public List<String> parameters() {
    return List.copyOf(parameters.keySet());
  }

  /** The network's parameters by name; of all at once, since they lie in one array. */
  public Map<String, ParameterState> parameterStates() {
    StateReader graph = reader.part(TrainingStep.GRAPH);
    float[] values = graph.floats("parameters");
    float[] moments = graph.floats("moments");
    if (moments.length != 2 * values.length) {
      throw new ModelFileException(
          "there must be two moments of each of "
              + values.length
              + " parameters, but there are "
              + moments.length);
    }
    Map<String, ParameterState> states = new LinkedHashMap<>();
    parameters.forEach(
        (name, place) -> {
          int from = place.offset;
          int to = from + Math.multiplyExact(place.rows, place.columns);
          if (from < 0 || to < from || to > values.length) {
            throw new ModelFileException(
                "parameter '" + name + "' must lie within " + values.length + " floats");
          }
          states.put(
              name,
              new ParameterState(
                  place.rows,
                  place.columns,
                  Arrays.copyOfRange(values, from, to),
                  Arrays.copyOfRange(moments, from, to),
                  Arrays.copyOfRange(moments, values.length + from, values.length + to)));
        });
    return states;
  }

  /** The embedding tables. */
  public List<TableSpec> tables() {
    return List.copyOf(tables);
  }

  /** A table and its optimiser's state; empty where there is no table of that name. */
  public Optional<TableState> table(String name) {
    for (int t = 0; t < tables.size(); t++) {
      if (tables.get(t).name().equals(name)) {
        StateReader part = reader.part(TrainingStep.TABLE).part(Integer.toString(t));
        EmbeddingTable table = EmbeddingTable.zeros(tables.get(t));
        part.floats(TrainingStep.VALUES, table.values());
        RowMemory memory = new RowMemory(table.spec().rows(), memories.get(t));
        memory.load(part);
        return Optional.of(new TableState(table, memory, part.part("optimizer")));
      }
    }
    return Optional.empty();
  }

  /** All of it. */
  StateReader reader() {
    return reader;
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
