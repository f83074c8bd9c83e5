package io.ranking4j.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.io.AtomicFile;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.TableSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes a trained model as an ONNX file, for hosts that run it with ONNX Runtime or what else
 * reads the format. Immutable and safe to share.
 *
 * <pre>{@code
 * OnnxExport.of(RankingModel.load(path)).write(Path.of("model.onnx"));
 * }</pre>
 *
 * <p>The graph has the network and all that is done to its outputs, but not the encoder: what
 * becomes of a raw value (its row of an embedding table, its standardised number) is the model's
 * {@link io.ranking4j.runtime.input.FeatureEncoder}'s to say, and {@link OnnxInputs} makes the
 * arrays from what it gives. With {@code rows} for the number of impressions, any at each run, the
 * inputs are
 *
 * <ul>
 *   <li>for each feature with one embedding, under its name: its rows of the table, int64 {@code
 *       [rows]};
 *   <li>for each multi-valued feature, under its name: its rows of the table, padded to the same
 *       number for every impression with any row, at least one, int64 {@code [rows, values]}; and
 *       under its name followed by {@code .mask}: 1 for a value, 0 for padding, float {@code [rows,
 *       values]}. Mean and sum are taken in the graph; an impression of padding alone has zeros;
 *   <li>where there are numbers, {@code dense}: the columns of {@link
 *       io.ranking4j.runtime.input.EncodedRows#dense()} of a data set, those of the context first,
 *       float {@code [rows, columns]}.
 * </ul>
 *
 * <p>The outputs are, under the name of each task, its probability after all corrections and its
 * calibrator, float {@code [rows]}. Export {@link RankingModel#uncorrected()} to leave these out. A
 * task whose predictions only Java code knows to make (kinds that are no probability, calibrators
 * of one's own) is refused unless it is {@linkplain #raw asked for raw}.
 *
 * <p>What is computed is what {@link io.ranking4j.runtime.Scorer} computes, up to the rounding of
 * floats. The model's provenance stands in the file's metadata, under the same names.
 */
public final class OnnxExport {
  /** The version of the operators that the graph uses; ONNX Runtime has it since 1.6. */
  public static final int OPSET = 13;

  /** The version of the format, the one that belongs to the operators. */
  public static final int IR_VERSION = 7;

  /** What the file says it was made by. */
  public static final String PRODUCER = "ranking4j";

  /** Most bytes of numbers: protobuf's limit of 2 GiB, with room for all that is not numbers. */
  static final long MAX_BYTES = (1L << 31) - (16L << 20);

  private final RankingModel model;
  private final Set<String> raw;

  private OnnxExport(RankingModel model, Set<String> raw) {
    this.model = model;
    this.raw = raw;
  }

  /** The export of a model. */
  public static OnnxExport of(RankingModel model) {
    return new OnnxExport(model, Set.of());
  }

  /**
   * With the network's own outputs for these tasks, without any correction, float {@code [rows,
   * width of the kind]}: the logit of a probability, or what {@link
   * io.ranking4j.spi.TaskKind#predict} is given of other kinds.
   *
   * @throws UnknownNameException where there is no such task
   */
  public OnnxExport raw(String... tasks) {
    Set<String> more = new TreeSet<>(raw);
    for (String task : tasks) {
      if (!model.tasks().names().contains(task)) {
        throw new UnknownNameException("task", task, model.tasks().names());
      }
      more.add(task);
    }
    return new OnnxExport(model, more);
  }

  /**
   * Writes the file, replacing one that is there: to a temporary file first, synced and renamed, so
   * that {@code file} is never half-written. The same model gives the same bytes. Needs about as
   * much memory again as the model's tables have.
   *
   * @throws IllegalArgumentException where a task has a kind or a calibrator that cannot be
   *     expressed, two inputs or outputs would have the same name, or the numbers are more than the
   *     2 GiB that the format holds
   * @throws IOException where it cannot be written; {@code file} is then as it was
   */
  public void write(Path file) throws IOException {
    AtomicFile.writeStream(file, build()::writeTo);
  }

  private ModelProto build() {
    checkSize(
        model.tables().stream().map(EmbeddingTable::spec).toList(), model.plan().parameterCount());
    OnnxGraph graph = new OnnxGraph();
    InputTranslator inputs = new InputTranslator(graph, model.encoder().layout());
    OutputTranslator outputs = new OutputTranslator(graph, raw);
    inputs.declare();
    outputs.declare(model.outputs());
    StepTranslator steps =
        new StepTranslator(graph, model.plan(), model.parameters(), model.states());
    steps.translate(inputs.translate(model.tables()));
    for (TaskOutput output : model.outputs()) {
      String task = output.task().name();
      outputs.translate(
          output, steps.name(Objects.requireNonNull(model.plan().outputs().get(task))));
    }
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setProducerName(PRODUCER)
            .setDomain("io.ranking4j")
            .setGraph(graph.build());
    model
        .provenance()
        .entries()
        .forEach(
            (key, value) ->
                file.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return file.build();
  }

  /** Refuses what the format cannot hold, before anything is made. */
  static void checkSize(List<TableSpec> tables, long parameters) {
    long floats = parameters;
    for (TableSpec table : tables) {
      floats += (long) table.rows() * table.width();
    }
    long bytes = floats * Float.BYTES;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "an ONNX file holds at most "
              + MAX_BYTES
              + " bytes of embedding tables and parameters, but the model has "
              + bytes
              + ": limit the vocabularies, hash them, or make the embeddings narrower");
    }
  }
}
