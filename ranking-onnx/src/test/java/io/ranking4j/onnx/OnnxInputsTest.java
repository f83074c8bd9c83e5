package io.ranking4j.onnx;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The arrays that go in, of data sets and of requests. */
class OnnxInputsTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(
              categorical("hour"), categorical("seen").multiValued(Pooling.SUM), numeric("age"))
          .candidate(
              categorical("item"),
              categorical("tags").multiValued(Pooling.MEAN),
              numeric("price").asIs().required())
          .build();
  private static final Dataset DATA =
      Dataset.builder()
          .column("hour", CategoricalColumn.of(List.of("1", "2", "2", "1")))
          .column(
              "seen",
              ListColumn.of(
                  List.of(List.of("x", "y"), List.of(), List.of("y"), List.of("x", "y", "x"))))
          .column("age", NumericColumn.of(20, 30, 40, 60))
          .column("item", CategoricalColumn.of(List.of("a", "b", "c", "a")))
          .column(
              "tags",
              ListColumn.of(List.of(List.of("s"), List.of("s", "t"), List.of(), List.of("t"))))
          .column("price", NumericColumn.of(1, 2, 3, 4))
          .build();
  private static final TaskGraph TASKS = TaskGraph.of(Task.binary("click"));
  private static final RankingModel MODEL =
      TestModels.random(2, SCHEMA, DATA, TASKS, layout -> SharedBottom.of(4).plan(layout, TASKS));
  private static final FeatureEncoder ENCODER = MODEL.encoder();

  @Test
  void should_pad_lists_and_mask_what_is_padding() {
    OnnxInputs inputs = OnnxInputs.of(ENCODER.encode(DATA));
    assertThat(inputs.rows()).isEqualTo(4);
    assertThat(inputs.shape("item")).containsExactly(4);
    assertThat(inputs.shape("tags")).containsExactly(4, 2);
    assertThat(inputs.shape("tags.mask")).containsExactly(4, 2);
    long s = ENCODER.row("tags", "s");
    long t = ENCODER.row("tags", "t");
    // An empty list is missing, which is row 1 of the table.
    assertThat(inputs.ids().get("tags")).containsExactly(s, 0, s, t, 1, 0, t, 0);
    assertThat(inputs.numbers().get("tags.mask")).containsExactly(1, 0, 1, 1, 1, 0, 1, 0);
    assertThat(inputs.ids().get("hour"))
        .containsExactly(
            ENCODER.row("hour", "1"),
            ENCODER.row("hour", "2"),
            ENCODER.row("hour", "2"),
            ENCODER.row("hour", "1"));
  }

  @Test
  void should_have_the_dense_columns_of_the_context_first() {
    OnnxInputs inputs = OnnxInputs.of(ENCODER.encode(DATA));
    int width = ENCODER.layout().denseWidth();
    assertThat(inputs.shape("dense")).containsExactly(4, width);
    float[] dense = Objects.requireNonNull(inputs.numbers().get("dense"));
    assertThat(dense).hasSize(4 * width);
    for (int r = 0; r < 4; r++) {
      assertThat(dense[(r + 1) * width - 1]).isEqualTo(r + 1); // the price, as it is
    }
  }

  @Test
  void should_give_what_the_scorer_gives_when_of_a_request() throws IOException, OrtException {
    Features context =
        Features.builder().set("hour", "2").set("seen", List.of("x", "y")).set("age", 33).build();
    List<Candidate> candidates =
        List.of(
            candidate("a", 1, "s", "t"), candidate("b", 2, "nobody knows it"), candidate("c", 3));
    EncodedRows rows = ENCODER.encodeCandidates(context, candidates, ENCODER.newCandidateRows());
    OnnxInputs inputs = OnnxInputs.of(ENCODER.encodeContext(context), rows);
    assertThat(inputs.rows()).isEqualTo(3);
    assertThat(inputs.shape("seen")).containsExactly(3, 2);
    try (Exported exported = Exported.of(OnnxExport.of(MODEL));
        Scorer scorer = Scorer.of(MODEL)) {
      Exported.assertClose(
          "click",
          Objects.requireNonNull(exported.run(inputs).get("click")),
          Objects.requireNonNull(scorer.score(context, candidates).get("click")));
    }
  }

  private static Candidate candidate(String item, double price, String... tags) {
    return Candidate.of(
        item,
        Features.builder()
            .set("item", item)
            .set("tags", List.of(tags))
            .set("price", price)
            .build());
  }

  @Test
  void should_pool_to_zeros_when_all_is_padding() throws IOException, OrtException {
    OnnxInputs inputs = OnnxInputs.of(ENCODER.encode(DATA));
    float[] mask = Objects.requireNonNull(inputs.numbers().get("tags.mask"));
    Arrays.fill(mask, 0);
    int table =
        ENCODER.layout().tables().stream().map(spec -> spec.name()).toList().indexOf("tags");
    var tables = new java.util.ArrayList<>(MODEL.tables());
    tables.set(table, EmbeddingTable.zeros(MODEL.tables().get(table).spec()));
    RankingModel blank =
        new RankingModel(
            ENCODER,
            tables,
            MODEL.plan(),
            MODEL.parameters(),
            MODEL.states(),
            MODEL.outputs(),
            MODEL.provenance());
    try (Exported exported = Exported.of(OnnxExport.of(MODEL));
        Scorer scorer = Scorer.of(blank)) {
      Exported.assertClose(
          "click",
          Objects.requireNonNull(exported.run(inputs).get("click")),
          Objects.requireNonNull(scorer.score(DATA).get("click")));
    }
  }

  @Test
  void should_refuse_rows_of_one_side_for_those_of_both() {
    EncodedRows context = ENCODER.newContextRows();
    EncodedRows candidates = ENCODER.newCandidateRows();
    assertThatThrownBy(() -> OnnxInputs.of(context))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the rows must have both sides, but have CONTEXT");
    assertThatThrownBy(() -> OnnxInputs.of(candidates, candidates))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the context must be rows of the CONTEXT side");
    assertThatThrownBy(() -> OnnxInputs.of(context, ENCODER.encode(DATA)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the candidates must be rows of the CANDIDATE side");
  }

  @Test
  void should_name_the_inputs_when_asked_for_another() {
    OnnxInputs inputs = OnnxInputs.of(ENCODER.encode(DATA));
    assertThatThrownBy(() -> inputs.shape("colour"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("tags.mask");
  }
}
