package io.ranking4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskLinksTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @Test
  void should_link_each_task_to_the_one_before_when_it_is_a_chain() {
    TaskGraph graph = new TaskLinks.Chain().graph(NAMES, NAMES);
    assertThat(graph.parent("a")).isEmpty();
    assertThat(graph.parent("b").map(Task::name)).contains("a");
    assertThat(graph.parent("c").map(Task::name)).contains("b");
  }

  @Test
  void should_link_as_named_when_parents_are_given() {
    assertThat(TaskLinks.parse("a=c, b=c"))
        .isEqualTo(new TaskLinks.Named(Map.of("a", "c", "b", "c")));
    TaskGraph graph = TaskLinks.parse("a=c").graph(NAMES, NAMES);
    assertThat(graph.parent("a").map(Task::name)).contains("c");
    assertThat(graph.parent("b")).isEmpty();
    assertThat(TaskLinks.parse("none").graph(NAMES, NAMES).parent("b")).isEmpty();
  }

  @Test
  void should_refuse_what_is_no_link_when_parsed() {
    for (String wrong : List.of("", "a", "=a", "a=", "a=b,,", "a=b,a=c")) {
      assertThatThrownBy(() -> TaskLinks.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void should_list_the_tasks_when_a_link_names_another() {
    assertThatThrownBy(() -> TaskLinks.parse("x=a").graph(NAMES, NAMES))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("'x'");
    assertThatThrownBy(() -> TaskLinks.parse("a=x").graph(NAMES, NAMES))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("'x'");
  }
}
