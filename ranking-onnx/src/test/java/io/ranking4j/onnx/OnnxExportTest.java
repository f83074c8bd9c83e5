package io.ranking4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.ranking4j.calibration.PlattCalibrator;
import io.ranking4j.calibration.SegmentedCalibrator;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.onnx.TestModels.SumKind;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file: what it says of itself, how it is written, and what is refused. */
class OnnxExportTest {
  private static final TaskGraph TASKS =
      TaskGraph.of(Task.binary("click"), Task.binary("order").residualFrom("click"));

  @TempDir @Nullable Path temporary;

  private Path folder() {
    return Objects.requireNonNull(temporary);
  }

  private static RankingModel model() {
    return TestModels.random(1, TASKS, layout -> ResFlow.of(4).plan(layout, TASKS))
        .withProvenance("seed", "42")
        .withProvenance("data", "log of May");
  }

  private static RankingModel over(String feature, Task task) {
    FeatureSchema schema = FeatureSchema.builder().candidate(Feature.categorical(feature)).build();
    Dataset data = Dataset.builder().column(feature, CategoricalColumn.of(List.of("a"))).build();
    TaskGraph tasks = TaskGraph.of(task);
    return TestModels.random(
        1, schema, data, tasks, layout -> SharedBottom.of(2).plan(layout, tasks));
  }

  @Test
  void should_describe_its_inputs_and_outputs() throws IOException, OrtException {
    try (Exported exported = Exported.of(OnnxExport.of(model()).raw("order"))) {
      var session = exported.session();
      assertThat(session.getInputNames())
          .containsExactlyInAnyOrder(
              "user",
              "history",
              "history.mask",
              "watched",
              "watched.mask",
              "item",
              "city",
              "tags",
              "tags.mask",
              "level",
              "score",
              "dense");
      assertInput(exported, "user", OnnxJavaType.INT64, -1);
      assertInput(exported, "history", OnnxJavaType.INT64, -1, -1);
      assertInput(exported, "history.mask", OnnxJavaType.FLOAT, -1, -1);
      int dense = model().encoder().layout().denseWidth();
      assertInput(exported, "dense", OnnxJavaType.FLOAT, -1, dense);
      assertThat(session.getOutputNames()).containsExactly("click", "order");
      TensorInfo click = exported.output("click");
      assertThat(click.getShape()).containsExactly(-1);
      TensorInfo order = exported.output("order");
      assertThat(order.getShape()).containsExactly(-1, 1);
    }
  }

  private static void assertInput(Exported exported, String name, OnnxJavaType type, long... shape)
      throws OrtException {
    TensorInfo info = exported.input(name);
    assertThat(info.type).as(name).isEqualTo(type);
    assertThat(info.getShape()).as(name).isEqualTo(shape);
  }

  @Test
  void should_say_where_it_comes_from() throws IOException, OrtException {
    Path file = folder().resolve("model.onnx");
    OnnxExport.of(model()).write(file);
    ModelProto written = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(written.getIrVersion()).isEqualTo(7);
    assertThat(written.getOpsetImportList())
        .singleElement()
        .satisfies(opset -> assertThat(opset.getVersion()).isEqualTo(13));
    try (Exported exported = Exported.of(file)) {
      var metadata = exported.session().getMetadata();
      assertThat(metadata.getProducerName()).isEqualTo("ranking4j");
      assertThat(metadata.getCustomMetadata())
          .containsEntry("seed", "42")
          .containsEntry("data", "log of May")
          .hasSize(2);
    }
  }

  @Test
  void should_have_each_table_once_when_features_share_it() throws IOException {
    Path file = folder().resolve("model.onnx");
    OnnxExport.of(model()).write(file);
    ModelProto written = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(written.getGraph().getInitializerList())
        .filteredOn(tensor -> tensor.getName().startsWith("table."))
        .extracting(tensor -> tensor.getName())
        .containsExactlyInAnyOrder(
            "table.user", "table.item", "table.city", "table.tags", "table.level", "table.score");
  }

  @Test
  void should_write_the_same_bytes_when_written_again() throws IOException {
    Path file = folder().resolve("model.onnx");
    OnnxExport.of(model()).write(file);
    byte[] first = Files.readAllBytes(file);
    OnnxExport.of(model()).write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    assertOnly(file);
  }

  private void assertOnly(Path file) throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void should_refuse_a_folder() {
    assertThatThrownBy(() -> OnnxExport.of(model()).write(Path.of("/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'/' is a folder, not a file");
  }

  @Test
  void should_refuse_a_kind_that_is_no_probability_unless_asked_for_raw()
      throws IOException, OrtException {
    RankingModel model = over("item", Task.of("dwell", new SumKind(2)));
    Path file = folder().resolve("model.onnx");
    assertThatThrownBy(() -> OnnxExport.of(model).write(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "task 'dwell' is of kind 'sum', whose predictions ONNX cannot express, only"
                + " probabilities; export the network's outputs for it with raw(\"dwell\")");
    assertThat(file).doesNotExist();
    try (Exported exported = Exported.of(OnnxExport.of(model).raw("dwell"))) {
      TensorInfo info = exported.output("dwell");
      assertThat(info.getShape()).containsExactly(-1, 2);
    }
  }

  @Test
  void should_refuse_a_calibrator_that_nobody_knows() {
    RankingModel model = over("item", Task.binary("click")).withCalibrator("click", new Squared());
    assertThatThrownBy(() -> OnnxExport.of(model).write(folder().resolve("model.onnx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "task 'click' has a calibrator of type 'squared', of which ONNX can express [platt,"
                + " temperature, beta, isotonic]");
  }

  @Test
  void should_refuse_a_calibrator_with_segments() {
    RankingModel model =
        over("item", Task.binary("click"))
            .withCalibrator(
                "click", new SegmentedCalibrator("item", new PlattCalibrator(1, 0), Map.of()));
    assertThatThrownBy(() -> OnnxExport.of(model).write(folder().resolve("model.onnx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("task 'click' has a calibrator of type 'segmented', of which ONNX");
  }

  private record Squared() implements Calibrator {
    @Override
    public String typeId() {
      return "squared";
    }

    @Override
    public double[] parameters() {
      return new double[0];
    }

    @Override
    public double calibrate(double probability) {
      return probability * probability;
    }
  }

  @Test
  void should_refuse_an_unknown_task_to_be_raw() {
    assertThatThrownBy(() -> OnnxExport.of(model()).raw("buy"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("buy")
        .hasMessageContaining("order");
  }

  @Test
  void should_refuse_two_values_of_one_name() {
    assertThatThrownBy(
            () -> OnnxExport.of(over("price", Task.binary("price"))).write(folder().resolve("m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "inputs and outputs of the graph need names of their own, but 'price' would be both the"
                + " table rows of feature 'price' and the probability of task 'price'");
  }

  @Test
  void should_keep_clear_of_names_that_features_have() throws IOException, OrtException {
    // Every one of these is what something inside of the graph would be called.
    for (String name : List.of("value_1", "table.value_1", "head.click.bias", "bottom.1.weights")) {
      RankingModel model = over(name, Task.binary("click"));
      Dataset data =
          Dataset.builder().column(name, CategoricalColumn.of(List.of("a", "b"))).build();
      Exported.assertAgrees(model, data);
    }
  }

  @Test
  void should_refuse_more_than_the_format_holds() {
    OnnxExport.checkSize(List.of(new TableSpec("a", 33_000_000, 16)), 1_000_000);
    assertThatThrownBy(
            () ->
                OnnxExport.checkSize(
                    List.of(new TableSpec("a", 33_000_000, 16), new TableSpec("b", 400_000, 16)),
                    1_000_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an ONNX file holds at most 2130706432 bytes of embedding tables and parameters, but"
                + " the model has 2141600000: limit the vocabularies, hash them, or make the"
                + " embeddings narrower");
  }
}
