package io.ranking4j.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.file.ModelFileReader;
import io.ranking4j.runtime.file.ModelFileWriter;
import io.ranking4j.runtime.file.ReadLimits;
import io.ranking4j.runtime.file.Section;
import io.ranking4j.runtime.input.EncoderCodec;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model as the sections of a model file, and back. */
final class ModelCodec {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PARAMETERS = "parameters";
  private static final String STATES = "states";
  private static final String TABLE = "table/";

  private ModelCodec() {}

  static void save(RankingModel model, Path file) throws IOException {
    ObjectNode manifest = MAPPER.createObjectNode();
    ObjectNode provenance = manifest.putObject("provenance");
    model.provenance().entries().forEach(provenance::put);
    ArrayNode tasks = manifest.putArray("tasks");
    model.outputs().forEach(output -> tasks.add(TaskCodec.write(output)));
    manifest.set("plan", parse(PlanCodec.write(model.plan())));
    List<Section> sections = new ArrayList<>();
    manifest.set("encoder", parse(EncoderCodec.write(model.encoder(), sections)));
    sections.add(Section.floats(PARAMETERS, model.parameters()));
    sections.add(Section.floats(STATES, model.states()));
    for (EmbeddingTable table : model.tables()) {
      sections.add(Section.floats(TABLE + table.spec().name(), table.values()));
    }
    ModelFileWriter.write(file, MAPPER.writeValueAsString(manifest), sections);
  }

  static RankingModel load(Path file, ReadLimits limits) throws IOException {
    try (ModelFileReader reader = ModelFileReader.open(file, limits)) {
      return read(file, reader);
    }
  }

  /** Adds the name of the file to what is wrong with its content. */
  private static RankingModel read(Path file, ModelFileReader reader) throws IOException {
    try {
      return read(reader);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelFileException(
          "the parts of '" + file + "' do not fit together: " + e.getMessage(), e);
    } catch (ModelFileException e) {
      throw new ModelFileException("'" + file + "' cannot be used: " + e.getMessage(), e);
    }
  }

  private static RankingModel read(ModelFileReader reader) throws IOException {
    JsonNode manifest = parse(reader.manifest());
    Plan plan = PlanCodec.read(manifest.path("plan").toString());
    FeatureEncoder encoder = EncoderCodec.read(manifest.path("encoder").toString(), reader);
    List<TaskOutput> outputs = new ArrayList<>();
    for (JsonNode task : manifest.path("tasks")) {
      outputs.add(TaskCodec.read(task));
    }
    float[] parameters = reader.floats(PARAMETERS, plan.parameterCount());
    float[] states = reader.floats(STATES, plan.stateCount());
    List<EmbeddingTable> tables = new ArrayList<>();
    for (TableSpec spec : encoder.layout().tables()) {
      int floats = Math.multiplyExact(spec.rows(), spec.width());
      tables.add(new EmbeddingTable(spec, reader.floats(TABLE + spec.name(), floats)));
    }
    return new RankingModel(
        encoder, tables, plan, parameters, states, outputs, provenance(manifest));
  }

  private static JsonNode parse(String manifest) {
    try {
      return MAPPER.readTree(manifest);
    } catch (JsonProcessingException e) {
      throw new ModelFileException("the manifest is not JSON", e);
    }
  }

  private static Provenance provenance(JsonNode manifest) {
    Map<String, String> entries = new TreeMap<>();
    manifest
        .path("provenance")
        .properties()
        .forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
    return Provenance.of(entries);
  }
}
