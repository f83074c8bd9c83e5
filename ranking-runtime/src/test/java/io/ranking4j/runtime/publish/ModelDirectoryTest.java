package io.ranking4j.runtime.publish;

import static io.ranking4j.runtime.publish.TestModels.factor;
import static io.ranking4j.runtime.publish.TestModels.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.ModelFileException;
import io.ranking4j.runtime.publish.ModelVersion.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDirectoryTest {
  private final Path temporary;

  ModelDirectoryTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private ModelDirectory directory() {
    return ModelDirectory.of(temporary.resolve("models"));
  }

  private static double current(ModelDirectory directory) throws IOException {
    return factor(directory.current().orElseThrow().load().provenance());
  }

  private static List<Long> numbers(ModelDirectory directory) throws IOException {
    return directory.versions().stream().map(ModelVersion::number).toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void should_have_no_version_when_nothing_was_published() throws IOException {
    assertThat(directory().current()).isEmpty();
    assertThat(directory().versions()).isEmpty();
    assertThatThrownBy(() -> directory().rollback())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to go back to");
  }

  @Test
  void should_serve_the_model_that_was_published_last() throws IOException {
    ModelDirectory directory = directory();
    directory.publish(model(1));
    ModelVersion second = directory.publish(model(2));

    assertThat(current(directory)).isEqualTo(2);
    assertThat(second.file()).hasFileName("model-000002.r4j");
    assertThat(Files.readString(directory.folder().resolve("current")))
        .isEqualTo("model-000002.r4j\nmodel-000001.r4j\n");
    assertThat(directory.versions())
        .extracting(ModelVersion::status)
        .containsExactly(Status.CURRENT, Status.EARLIER);
    assertThat(factor(directory.versions().get(1).provenance())).isEqualTo(1);
  }

  @Test
  void should_go_back_version_by_version_and_never_to_one_that_was_rolled_back()
      throws IOException {
    ModelDirectory directory = directory();
    for (int factor = 1; factor <= 3; factor++) {
      directory.publish(model(factor));
    }

    assertThat(directory.rollback().number()).isEqualTo(2);
    assertThat(current(directory)).isEqualTo(2);
    assertThat(directory.publish(model(4)).number()).isEqualTo(4);
    assertThat(directory.rollback().number()).isEqualTo(2);
    assertThat(directory.rollback().number()).isEqualTo(1);
    assertThatThrownBy(directory::rollback)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model-000001.r4j");
    assertThat(current(directory)).isEqualTo(1);
    assertThat(directory.versions())
        .extracting(ModelVersion::status)
        .containsExactly(Status.UNUSED, Status.UNUSED, Status.UNUSED, Status.CURRENT);
  }

  @Test
  void should_retain_the_newest_and_those_that_serve() throws IOException {
    ModelDirectory directory = directory().retain(2);
    for (int factor = 1; factor <= 4; factor++) {
      directory.publish(model(factor));
    }
    assertThat(numbers(directory)).containsExactly(4L, 3L);

    directory.rollback();
    directory.publish(model(5));
    assertThat(numbers(directory)).as("3 is the one to go back to").containsExactly(5L, 4L, 3L);
    assertThat(directory.rollback().number()).isEqualTo(3);
    assertThatThrownBy(() -> directory.retain(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2");
  }

  @Test
  void should_keep_companions_as_long_as_their_model() throws IOException {
    ModelDirectory directory = directory().retain(2);
    Companion state = new Companion("state", file -> Files.writeString(file, "steps"));
    ModelVersion first = directory.publish(model(1), List.of(state));
    assertThat(first.beside("state")).hasContent("steps").hasFileName("model-000001.state");

    directory.publish(model(2));
    directory.publish(model(3));
    assertThat(first.beside("state")).doesNotExist();
    assertThatThrownBy(() -> new Companion("r4j", file -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Companion("../state", file -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void should_leave_what_serves_when_publishing_fails() throws IOException {
    ModelDirectory directory = directory();
    directory.publish(model(1));
    Companion broken =
        new Companion(
            "state",
            file -> {
              throw new IOException("disk full");
            });

    assertThatThrownBy(() -> directory.publish(model(2), List.of(broken)))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(current(directory)).isEqualTo(1);
    assertThat(directory.publish(model(3)).number()).isEqualTo(2);
  }

  @Test
  void should_delete_what_an_ended_process_left_behind() throws IOException {
    ModelDirectory directory = directory();
    directory.publish(model(1));
    Path half = directory.folder().resolve(".model-000002.r4j.some-id.tmp");
    Files.writeString(half, "half of a model");
    Path whole = directory.folder().resolve("model-000002.r4j");
    model(2).save(whole);

    assertThat(current(directory)).isEqualTo(1);
    assertThat(directory.publish(model(3)).number()).as("2 was used").isEqualTo(3);
    assertThat(half).doesNotExist();
    assertThat(directory.rollback().number()).as("2 was never current").isEqualTo(1);
  }

  @Test
  void should_refuse_a_list_of_versions_that_names_something_else() throws IOException {
    ModelDirectory directory = directory();
    directory.publish(model(1));
    Path current = directory.folder().resolve("current");
    for (String text : List.of("../model-000001.r4j\n", "model-000001.state\n", "", "\n")) {
      Files.writeString(current, text);
      assertThatThrownBy(directory::current).as(text).isInstanceOf(ModelFileException.class);
      assertThatThrownBy(() -> directory.publish(model(2)))
          .as(text)
          .isInstanceOf(ModelFileException.class);
    }
    Files.write(current, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(directory::current).isInstanceOf(ModelFileException.class);
    assertThat(names(directory.folder())).doesNotContain("model-000002.r4j");
  }

  @Test
  void should_leave_a_readable_reason_when_a_model_is_rejected() throws IOException {
    ModelDirectory directory = directory();
    directory.publish(model(1));
    Path reason = directory.reject("auc of click is too low\n", "{\"passed\":false}");

    assertThat(reason).hasContent("auc of click is too low\n");
    Path rejected = directory.folder().resolve("rejected");
    assertThat(reason).hasParent(rejected);
    assertThat(names(rejected)).hasSize(2).allMatch(name -> name.matches(".*(txt|json)"));
    assertThat(current(directory)).isEqualTo(1);
    for (int i = 0; i < 100; i++) {
      directory.reject("again", "{}");
    }
    assertThat(names(rejected)).hasSize(200);
    assertThat(reason).doesNotExist();
  }
}
