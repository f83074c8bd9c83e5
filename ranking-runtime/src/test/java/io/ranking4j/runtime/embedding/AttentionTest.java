package io.ranking4j.runtime.embedding;

import static io.ranking4j.schema.Feature.categorical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final int ROWS = 20;

  @Test
  void should_weigh_a_list_by_its_likeness_to_the_query() {
    Random random = new Random(5);
    for (int width : new int[] {1, 3, 4, 17}) {
      float[] table = new float[ROWS * width];
      for (int i = 0; i < table.length; i++) {
        table[i] = (float) random.nextGaussian();
      }
      int[] ids = random.ints(12, 0, ROWS).toArray();
      float[] target = new float[width + 2];
      float[] weights = new float[9];
      float scale = 0.7f;

      Attention.pool(table, width, scale, 3, ids, 2, 11, target, 1);
      Attention.weights(table, width, scale, 3, ids, 2, 11, weights);

      double[] exponentials = new double[9];
      double total = 0;
      for (int i = 0; i < 9; i++) {
        double product = 0;
        for (int c = 0; c < width; c++) {
          product += (double) table[3 * width + c] * table[ids[2 + i] * width + c];
        }
        exponentials[i] = Math.exp(scale * product);
        total += exponentials[i];
      }
      for (int i = 0; i < 9; i++) {
        assertThat((double) weights[i]).isCloseTo(exponentials[i] / total, within(1e-5));
      }
      for (int c = 0; c < width; c++) {
        double expected = 0;
        for (int i = 0; i < 9; i++) {
          expected += exponentials[i] / total * table[ids[2 + i] * width + c];
        }
        assertThat((double) target[1 + c]).as("width %d", width).isCloseTo(expected, within(1e-5));
      }
      assertThat(target[0]).isZero();
      assertThat(target[width + 1]).isZero();
    }
  }

  @Test
  void should_not_overflow_when_products_are_large() {
    float[] table = {200, 1, 3, 200};
    float[] target = new float[1];

    Attention.pool(table, 1, 100, 0, new int[] {1, 2, 3, 0}, 0, 4, target, 0);

    assertThat(target[0]).isEqualTo(200);
  }

  @Test
  void should_give_zeros_when_a_list_is_empty() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(
                categorical("seen").multiValued(Pooling.attention("item")).sharingTableWith("item"))
            .candidate(categorical("item").vocabulary(1, 9))
            .build();
    Dataset data =
        Dataset.builder()
            .column("item", CategoricalColumn.of(List.of("a", "b")))
            .column("seen", ListColumn.of(List.of(List.of("a", "b"), List.of())))
            .build();
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, 3);
    EmbeddingTable table = EmbeddingTable.zeros(encoder.layout().tables().get(0));
    java.util.Arrays.fill(table.values(), 2);
    EmbeddingField seen = encoder.layout().embeddings().get(1);
    EncodedRows rows = encoder.encode(data);
    int width = encoder.layout().width();
    float[] input = new float[2 * width];
    InputAssembler assembler = new InputAssembler(encoder.layout(), List.of(table));

    assembler.assemble(Side.CONTEXT, rows, 0, 2, input, 0);
    assembler.assemble(Side.CANDIDATE, rows, 0, 2, input, 0);

    assertThat(encoder.layout().tables()).as("one table for both").hasSize(1);
    assertThat(encoder.layout().contextWidth()).as("the pooled list is the candidate's").isZero();
    assertThat(seen.feature()).isEqualTo("seen");
    assertThat(seen.side()).isEqualTo(Side.CONTEXT);
    assertThat(seen.part()).isEqualTo(Side.CANDIDATE);
    assertThat(input).containsExactly(2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0);
  }
}
