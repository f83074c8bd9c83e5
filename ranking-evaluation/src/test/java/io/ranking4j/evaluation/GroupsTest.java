package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {

  private static final int[] ORDER = {4, 3, 2, 1, 0};

  @Test
  void should_bring_rows_of_a_key_together_in_the_order_given() {
    for (Groups groups :
        List.of(
            Groups.of(new int[] {-7, 1_000_000, -7, 5, 5}),
            Groups.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 5, 5}),
            Groups.of(List.of("ann", "zoe", "ann", "bob", "bob")))) {
      assertThat(groups.rows()).isEqualTo(5);
      assertThat(groups.count()).isEqualTo(3);
      int[] arranged = groups.arrange(ORDER);
      List<List<Integer>> parts = new ArrayList<>();
      for (int group = 0; group < 3; group++) {
        parts.add(
            Arrays.stream(arranged, groups.start(group), groups.start(group + 1)).boxed().toList());
      }
      assertThat(parts).containsExactlyInAnyOrder(List.of(2, 0), List.of(1), List.of(4, 3));
    }
  }

  @Test
  void should_have_no_groups_when_there_are_no_rows() {
    assertThat(Groups.of(new int[0]).count()).isZero();
    assertThat(Groups.of(List.of()).count()).isZero();
    assertThat(Groups.single(0).count()).isZero();
  }

  @Test
  void should_name_the_row_when_a_key_is_null() {
    assertThatThrownBy(() -> Groups.of(Arrays.asList("ann", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group keys must not be null, but row 1 was");
  }
}
