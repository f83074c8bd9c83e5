package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LabelEncoderTest {
  private static final Dataset DATA =
      Dataset.builder()
          .column("click", NumericColumn.of(0, 1, 1, 0, 0))
          .column("order", NumericColumn.of(0, 0, 1, 0, 1))
          .column("seen", NumericColumn.of(1, 0, 0.5, 0, 1))
          .build();

  private static EncodedLabels encode(double keepRate, Task... tasks) {
    return new LabelEncoder(TaskGraph.of(tasks), keepRate).encode(DATA, 0);
  }

  @Test
  void should_read_labels_and_weigh_every_row_alike() {
    EncodedLabels encoded = encode(1, Task.binary("click"), Task.binary("buy").label("order"));

    assertThat(encoded.rows()).isEqualTo(5);
    assertThat(encoded.tasks()).isEqualTo(2);
    assertThat(encoded.labels()).containsExactly(0, 0, 1, 0, 1, 1, 0, 0, 0, 1);
    assertThat(encoded.weights()).containsOnly(1);
  }

  @Test
  void should_weigh_negatives_that_were_kept_for_another_task_like_sampled_ones() {
    EncodedLabels encoded = encode(0.25, Task.binary("click"), Task.binary("order"));

    // Rows 0 and 3 were sampled. The order's negative of row 1, and the click's of row 4, were not.
    assertThat(encoded.weights()).containsExactly(1, 1, 1, 0.25f, 1, 1, 1, 1, 0.25f, 1);
  }

  @Test
  void should_take_the_weight_from_the_mask() {
    EncodedLabels encoded = encode(1, Task.binary("click").mask("seen"), Task.binary("order"));

    assertThat(encoded.weights()).containsExactly(1, 1, 0, 1, 0.5f, 1, 0, 1, 1, 1);
  }

  @Test
  void should_multiply_mask_and_sampling_and_see_a_masked_positive() {
    EncodedLabels encoded = encode(0.25, Task.binary("click").mask("seen"), Task.binary("order"));

    // Row 1 was kept for its click, although the click is masked.
    assertThat(encoded.weights()).containsExactly(1, 1, 0, 0.25f, 0.5f, 1, 0, 1, 0.25f, 1);
  }

  @Test
  void should_learn_where_the_other_task_is_positive() {
    EncodedLabels encoded = encode(0.25, Task.binary("click"), Task.binary("order").given("click"));

    // There no row was sampled, so that none is weighted.
    assertThat(encoded.weights()).containsExactly(1, 0, 1, 1, 1, 1, 1, 0, 0.25f, 0);
    assertThat(LabelEncoder.sampled(Task.binary("click"))).isTrue();
    assertThat(LabelEncoder.sampled(Task.binary("order").given("click"))).isFalse();
  }

  @Test
  void should_take_a_missing_mask_for_0_and_not_read_the_label_there() {
    BitSet missing = new BitSet();
    missing.set(1);
    Dataset data =
        Dataset.builder()
            .column("click", NumericColumn.of(0, 7, 1))
            .column("seen", new NumericColumn(new double[] {1, 1, 1}, missing))
            .build();
    TaskGraph tasks = TaskGraph.of(Task.binary("click").mask("seen"));

    EncodedLabels encoded = new LabelEncoder(tasks, 1).encode(data, 0);

    assertThat(encoded.weights()).containsExactly(1, 0, 1);
    assertThat(encoded.label(2, 0)).isEqualTo(1);
    assertThat(encoded.weight(1, 0)).isZero();
  }

  @Test
  void should_not_ask_for_a_label_outside_of_the_label_space() {
    BitSet missing = new BitSet();
    missing.set(1);
    Dataset data =
        Dataset.builder()
            .column("click", NumericColumn.of(1, 0, 1))
            .column("order", new NumericColumn(new double[] {1, 0, 0}, missing))
            .build();
    TaskGraph tasks = TaskGraph.of(Task.binary("click"), Task.binary("order").given("click"));

    EncodedLabels encoded = new LabelEncoder(tasks, 1).encode(data, 0);

    assertThat(encoded.weights()).containsExactly(1, 1, 1, 0, 1, 1);
    assertThat(encoded.labels()).containsExactly(1, 1, 0, 0, 1, 0);
  }
}
