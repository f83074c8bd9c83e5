package io.ranking4j.nn.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.loss.BiasedLoss;
import io.ranking4j.nn.loss.Escm2Options;
import io.ranking4j.nn.loss.Escm2Options.Normaliser;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {
  private static final TaskGraph TASKS =
      TaskGraph.of(Task.binary("like"), Task.binary("click"), Task.binary("follow"));
  private static final Map<String, Double> POSITIVES =
      Map.of("like", 20.0, "click", 500.0, "follow", 3.0);

  private static final Residual NO_CARRY = Residual.none("click");

  static Stream<String> names() {
    return Architectures.names().stream()
        .map(name -> name.equals("domain-towers") ? name + "+domains=a,b" : name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void should_read_what_it_writes_when_any_architecture_is_json(String name) {
    Architecture plain = Architectures.of(name, 8, 4);
    Architecture wrapped = Architectures.of(name + "+cross3+fm+star", 8, 4);

    assertThat(Architectures.fromJson(Architectures.toJson(plain))).isEqualTo(plain);
    assertThat(Architectures.fromJson(Architectures.toJson(wrapped))).isEqualTo(wrapped);
    assertThat(Architectures.fromJson("{\"name\": \"" + name + "\"}"))
        .isEqualTo(Architectures.of(name, 128, 64));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resflow",
        "resflow+features",
        "resflow+features1",
        "resflow+features1+features2+logit",
        "resflow+logit+reversed",
        "resflow+unlinked",
        "esmm-resflow+features+logit",
        "aitm+sparsity",
        "resflow+parents=like:click,follow:like",
        "ple+cross3+fm",
        "mmoe+cross+domains=a,b"
      })
  void should_have_the_name_it_was_made_by(String name) {
    Architecture made = Architectures.of(name, 8, 4);

    assertThat(made.name()).isEqualTo(name);
    assertThat(Architectures.fromJson(Architectures.toJson(made))).isEqualTo(made);
  }

  @Test
  void should_set_what_json_says() {
    assertThat(
            Architectures.fromJson(
                "{\"name\":\"resflow\",\"tower\":{\"widths\":[9],\"batchNorm\":true,\"dropout\":0.1},"
                    + "\"shared\":[7],\"features\":[1],\"logit\":true,\"topology\":\"star\"}"))
        .isEqualTo(
            new Linked(
                new ResFlow(Mlp.of(7), Mlp.of(9).batchNorm(true).dropout(0.1)),
                Optional.of(Topology.Named.STAR),
                Optional.of(Carried.features(1).andLogit())));
    assertThat(
            Architectures.fromJson(
                "{\"name\":\"escm2-dr\",\"tower\":{\"widths\":[9],\"activation\":\"relu\"},"
                    + "\"options\":{\"normaliser\":\"clicks\",\"cvrWeight\":1}}"))
        .isEqualTo(
            new Escm2(
                Mlp.of(9).activation(Activation.RELU),
                true,
                Escm2Options.defaults().normaliser(Normaliser.CLICKS).weights(1, 0.5)));
    assertThat(
            Architectures.fromJson(
                "{\"name\":\"ple\",\"levels\":[[9,8],[7]],\"tower\":[],\"taskExperts\":1}"))
        .isEqualTo(new Ple(1, 2, List.of(Mlp.of(9, 8), Mlp.of(7)), Mlp.of()));
    assertThat(
            Architectures.fromJson(
                "{\"name\":\"domain-towers\",\"tower\":[9],\"domains\":[\"a\",\"b\"],\"cross\":2}"))
        .isEqualTo(
            new DomainTowers(new Interactions(SeparateTowers.of(9), 2, false), List.of("a", "b")));
    assertThat(
            Architectures.fromJson(
                "{\"name\":\"esmm-resflow+logit\",\"tower\":[9],\"features\":true,"
                    + "\"parents\":{\"b\":\"a\"}}"))
        .isEqualTo(Architectures.of("esmm-resflow+features+logit+parents=b:a", 9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"mmmoe\"} | omoe",
        "{\"name\":\"mmoe\",\"expertz\":3} | experts",
        "{\"name\":\"mmoe\",\"expertz\":3} | features",
        "{\"name\":\"mmoe\",\"tower\":{\"width\":[3]}} | batchNorm",
        "{\"name\":\"mmoe\",\"tower\":{\"activation\":\"sin\"}} | PRELU",
        "{\"name\":\"mmoe\",\"experts\":2.5} | 'experts' of an architecture must be a whole number",
        "{\"name\":\"mmoe\",\"experts\":0} | experts must be at least 1",
        "{\"name\":\"mmoe\",\"logit\":true} | esmm-resflow",
        "{\"name\":\"resflow\",\"topology\":\"ring\"} | reversed",
        "{\"name\":\"resflow\",\"features\":[0]} | count from 1",
        "{\"name\":\"domain-towers\"} | domains",
        "{\"tower\":[3]} | \"name\"",
        "[3] | \"name\"",
        "{\"name\":\"dcmt\",\"options\":{\"propensityFloor\":2}} | (0, 0.5]",
      })
  void should_say_what_is_known_when_json_is_wrong(String json, String said) {
    assertThatThrownBy(() -> Architectures.fromJson(json)).hasMessageContaining(said);
  }

  @Test
  void should_list_the_names_when_one_is_unknown() {
    assertThatThrownBy(() -> Architectures.of("mmmoe", 8))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("mmoe");
    assertThatThrownBy(() -> Architectures.of("mmoe+deep", 8))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("cross");
    assertThatThrownBy(() -> Architectures.of("resflow+parents=like", 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("child:parent");
    assertThatThrownBy(() -> Architectures.of("domain-towers", 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("+domains=");
  }

  @Test
  void should_refuse_to_write_what_no_name_builds() {
    Architecture around =
        new Interactions(new DomainTowers(SeparateTowers.of(8), List.of("a", "b")), 1, false);

    assertThatThrownBy(() -> Architectures.toJson(around))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nse+domains=a,b+cross");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resflow | click -> like, like -> follow",
        "resflow+sparsity | click -> like, like -> follow",
        "resflow+reversed | follow -> like, like -> click",
        "resflow+star | click -> like, click -> follow",
        "resflow+parents=follow:like | like -> follow",
        "resflow+given | none",
        "nse+star+cross+fm+domains=a,b | click -> like, click -> follow",
        "esmm | none"
      })
  void should_link_tasks_by_topology(String name, String links) {
    TaskGraph linked = Architectures.of(name, 8).link(TASKS, POSITIVES);

    assertThat(linked.names()).isEqualTo(TASKS.names());
    assertThat(links(linked)).isEqualTo(links);
  }

  static Stream<Architecture> around() {
    Architecture inner = BiasTower.of(Escm2.ipw(8), "position").dropout(0.3);
    return Stream.of(
        inner,
        new WideTerm(inner, List.of()),
        new DomainTowers(inner, List.of("a", "b")),
        new Linked(inner, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("around")
  void should_keep_what_the_architecture_within_says(Architecture architecture) {
    TaskGraph pair = TaskGraph.of(Task.binary("click"), Task.binary("like").residual(NO_CARRY));
    assertThat(architecture.biasInputs().orElseThrow().dropout()).isEqualTo(0.3);
    assertThat(architecture.loss(pair)).isInstanceOf(BiasedLoss.class);
  }

  @ParameterizedTest
  @MethodSource("aroundResFlow")
  void should_link_tasks_as_the_architecture_within_does(Architecture architecture) {
    assertThat(links(architecture.link(TASKS, POSITIVES)))
        .isEqualTo("click -> like, like -> follow");
  }

  static Stream<Architecture> aroundResFlow() {
    Architecture inner = ResFlow.of(8);
    return Stream.of(
        BiasTower.of(inner, "position"),
        new WideTerm(inner, List.of()),
        new Interactions(inner, 1, true),
        new DomainTowers(inner, List.of("a", "b")),
        new Linked(inner, Optional.empty(), Optional.empty()));
  }

  @Test
  void should_refuse_a_bias_tower_within_layers_that_multiply_features() {
    Architecture biased = BiasTower.of(ResFlow.of(8), "position");
    assertThatThrownBy(() -> new Interactions(biased, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but was within them: resflow+bias");
  }

  @Test
  void should_keep_given_links_and_what_they_carry_when_nothing_else_is_said() {
    TaskGraph given =
        TaskGraph.of(
            Task.binary("a").residual(Residual.features("b", 2)),
            Task.binary("b"),
            Task.binary("c").lossWeight(3));
    Map<String, Double> positives = Map.of("a", 9.0, "b", 4.0, "c", 1.0);

    assertThat(ResFlow.of(8).link(given, positives).tasks()).isEqualTo(given.tasks());
    assertThat(Topology.Named.SPARSITY.link(given, positives).tasks())
        .containsExactly(
            Task.binary("a"),
            Task.binary("b").residualFrom("a"),
            Task.binary("c").lossWeight(3).residualFrom("b"));
    assertThat(Topology.Named.REVERSED.link(given, positives).task("a").residual())
        .contains(Residual.features("b", 2));
    assertThat(
            Architectures.of("resflow+features1+logit+star", 8)
                .link(given, positives)
                .task("c")
                .residual())
        .contains(Residual.features("a", 1).andLogit());
  }

  private static String links(TaskGraph tasks) {
    List<String> links =
        tasks.tasks().stream()
            .filter(task -> task.residual().isPresent())
            .map(task -> task.residual().get().parent() + " -> " + task.name())
            .toList();
    return links.isEmpty() ? "none" : String.join(", ", links);
  }
}
