package io.ranking4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnknownNameException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGraphTest {
  private static final Task CLICK = Task.binary("click");
  private static final Task CART = Task.binary("cart").residualFrom("click");
  private static final Task ORDER = Task.binary("order").residualFrom("cart");
  private static final Task LIKE = Task.binary("like");

  @Test
  void should_put_each_task_after_its_parent_when_given_in_any_order() {
    TaskGraph graph = TaskGraph.of(ORDER, LIKE, CART, CLICK);
    assertThat(graph.names()).containsExactly("order", "like", "cart", "click");
    assertThat(graph.tasks()).containsExactly(ORDER, LIKE, CART, CLICK);
    assertThat(graph.parentsFirst()).containsExactly(CLICK, CART, ORDER, LIKE);
    assertThat(graph.size()).isEqualTo(4);
    assertThat(graph).hasToString("TaskGraph[order, like, cart, click]");
    assertThat(TaskGraph.of(List.of(CLICK, CART)).parentsFirst()).containsExactly(CLICK, CART);
  }

  @Test
  void should_find_tasks_and_parents_when_asked_by_name() {
    TaskGraph graph = TaskGraph.of(ORDER, CART, CLICK);
    assertThat(graph.task("cart")).isEqualTo(CART);
    assertThat(graph.parent("order")).contains(CART);
    assertThat(graph.parent("click")).isEmpty();
    assertThatThrownBy(() -> graph.task("clik"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown task 'clik', known are [order, cart, click]");
    assertThatThrownBy(() -> graph.parent("clik")).isInstanceOf(UnknownNameException.class);
  }

  @Test
  void should_name_the_path_when_links_form_a_cycle() {
    assertCycle("a <- a", TaskGraphTest.link("a", "a"));
    assertCycle("a <- b <- a", link("a", "b"), link("b", "a"));
    assertCycle("a <- b <- c <- a", link("a", "b"), link("b", "c"), link("c", "a"));
  }

  private static Task link(String name, String parent) {
    return Task.binary(name).residual(Residual.none(parent));
  }

  private static void assertCycle(String path, Task... tasks) {
    assertThatThrownBy(() -> TaskGraph.of(tasks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("residual links must not form a cycle, but do: " + path);
  }

  @Test
  void should_name_only_the_cycle_when_a_task_beside_it_leads_into_it() {
    assertCycle("a <- b <- a", link("x", "a"), link("a", "b"), link("b", "a"));
  }

  @Test
  void should_refuse_tasks_when_there_is_none_or_one_twice() {
    assertThatThrownBy(() -> TaskGraph.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one task");
    assertThatThrownBy(() -> TaskGraph.of(CLICK, LIKE, CLICK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("task 'click' is given twice");
  }

  @Test
  void should_list_the_known_tasks_when_a_link_or_a_space_names_another() {
    assertThatThrownBy(() -> TaskGraph.of(ORDER, CLICK))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown task 'cart', known are [order, click]");
    assertThatThrownBy(() -> TaskGraph.of(CLICK, LIKE.given("view")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown task 'view', known are [click, like]");
  }

  @Test
  void should_refuse_a_space_when_it_is_not_of_another_binary_task() {
    assertThatThrownBy(() -> TaskGraph.of(CLICK, LIKE.given("like")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "task 'like' learns from the positives of 'like', which must be another, binary task");
    assertThatThrownBy(() -> TaskGraph.of(Task.of("watch", new SecondsKind()), LIKE.given("watch")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "task 'like' learns from the positives of 'watch', which must be another, binary task");
    assertThat(TaskGraph.of(LIKE.given("click"), CLICK).size()).isEqualTo(2);
  }
}
