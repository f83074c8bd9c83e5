package io.ranking4j.runtime;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.error.RankingException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.file.ModelFileReader;
import io.ranking4j.runtime.file.ModelFileWriter;
import io.ranking4j.runtime.file.ReadLimits;
import io.ranking4j.runtime.file.Section;
import io.ranking4j.runtime.input.EncoderCodec;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.runtime.json.Json;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
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
  private static final String PARAMETERS = "parameters";
  private static final String STATES = "states";
  private static final String TABLE = "table/";

  private ModelCodec() {}

  static void save(RankingModel model, Path file) throws IOException {
    Json manifest = Json.object();
    Json provenance = manifest.putObject("provenance");
    model.provenance().entries().forEach(provenance::put);
    Json tasks = manifest.putArray("tasks");
    model.outputs().forEach(output -> tasks.add(TaskCodec.write(output)));
    manifest.put("plan", PlanCodec.tree(model.plan()));
    List<Section> sections = new ArrayList<>();
    manifest.put("encoder", EncoderCodec.write(model.encoder(), sections));
    sections.add(Section.floats(PARAMETERS, model.parameters()));
    sections.add(Section.floats(STATES, model.states()));
    for (EmbeddingTable table : model.tables()) {
      sections.add(Section.floats(TABLE + table.spec().name(), table.values()));
    }
    ModelFileWriter.write(file, manifest.toString(), sections);
  }

  static RankingModel load(Path file, ReadLimits limits) throws IOException {
    DnnlKernels.prepare();
    try (ModelFileReader reader = ModelFileReader.open(file, limits)) {
      return read(file, reader);
    }
  }

  static Provenance provenance(Path file) throws IOException {
    try (ModelFileReader reader = ModelFileReader.open(file)) {
      return provenance(reader.manifest());
    }
  }

  /** Adds the name of the file to what is wrong with its content. */
  private static RankingModel read(Path file, ModelFileReader reader) throws IOException {
    try {
      return read(reader);
    } catch (IllegalArgumentException | ArithmeticException | UnknownNameException e) {
      throw new ModelFileException(
          "the parts of '" + file + "' do not fit together: " + e.getMessage(), e);
    } catch (RankingException e) {
      throw new ModelFileException("'" + file + "' cannot be used: " + e.getMessage(), e);
    }
  }

  private static RankingModel read(ModelFileReader reader) throws IOException {
    Json manifest = reader.manifest();
    Plan plan = PlanCodec.read(manifest.path("plan"));
    FeatureEncoder encoder = EncoderCodec.read(manifest.path("encoder"), reader);
    List<TaskOutput> outputs = new ArrayList<>();
    for (Json task : manifest.path("tasks")) {
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

  private static Provenance provenance(Json manifest) {
    Map<String, String> entries = new TreeMap<>();
    Json provenance = manifest.path("provenance");
    for (String name : provenance.names()) {
      Json value = provenance.path(name);
      entries.put(name, value.isText() ? value.text() : value.toString());
    }
    return Provenance.of(entries);
  }
}
